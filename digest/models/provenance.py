"""Where imported text came from: what each file last said, so that the next import knows who changed what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, ProseField

FIELD_CHOICES = [
    ("title", _("title")),
    ("authors", _("authors")),
    ("abstract", _("abstract")),
    ("ko", _("Korean note")),
    ("en", _("English note")),
    ("tags", _("tags")),
]


class ImportRun(models.Model):
    """One run of the importer, with its counts."""

    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    as_draft = models.BooleanField(_("as draft"), default=False)
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class SourceFile(models.Model):
    """A seed file as last imported, whole: an untouched digest is exported byte for byte as it came."""

    name = models.CharField(_("file"), max_length=255, unique=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    digest = models.OneToOneField("digest.Digest", models.PROTECT, related_name="source_file")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")

    def __str__(self) -> str:
        return self.name


class ImportBase(models.Model):
    """What the file last said of one field: the base of the three-way comparison."""

    entry = models.ForeignKey("digest.Entry", models.CASCADE, related_name="import_bases")
    field = models.CharField(max_length=10, choices=FIELD_CHOICES)
    text = ProseField(blank=True)
    source_file = models.ForeignKey(SourceFile, models.PROTECT, related_name="bases")
    line = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="import_base_entry_field_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"


class ImportConflict(models.Model):
    """A field that both an editor and the file changed. Ours stays; theirs waits here until someone decides."""

    class Resolution(models.TextChoices):
        OURS = "ours", _("kept ours")
        INCOMING = "incoming", _("took the file's")
        MERGED = "merged", _("merged")

    entry = models.ForeignKey(
        "digest.Entry", models.CASCADE, related_name="conflicts", verbose_name=_("entry")
    )
    field = models.CharField(_("field"), max_length=10, choices=FIELD_CHOICES)
    base = ProseField(_("last imported"), blank=True)
    ours = ProseField(_("ours"), blank=True)
    incoming = ProseField(_("in the file"), blank=True)
    source_file = models.ForeignKey(
        SourceFile, models.PROTECT, related_name="conflicts", verbose_name=_("file")
    )
    line = models.PositiveIntegerField(_("line"))
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolution = models.CharField(_("resolution"), max_length=10, choices=Resolution, blank=True)

    class Meta:
        verbose_name = _("import conflict")
        verbose_name_plural = _("import conflicts")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "field"],
                name="import_conflict_one_open",
                condition=Q(resolved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="import_conflict_resolution_and_at",
                condition=Q(resolved_at__isnull=True, resolution="")
                | (Q(resolved_at__isnull=False) & ~Q(resolution="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.field}"


class ImportFlag(models.Model):
    """A place the grammar could not read with certainty; imported as it seemed, and shown to an editor."""

    source_file = models.ForeignKey(SourceFile, models.CASCADE, related_name="flags", verbose_name=_("file"))
    line = models.PositiveIntegerField(_("line"))
    reason = LineField(_("reason"), max_length=500)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import flag")
        verbose_name_plural = _("import flags")
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "line", "reason"], name="import_flag_place_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_file}:{self.line}: {self.reason}"
