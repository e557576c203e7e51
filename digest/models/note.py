"""The commentary: a note per entry and language, its immutable revisions, and the links they cite."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.models.window import in_window
from papers.fields import LineField, ProseField

MAX_NOTE = 20_000
LANGUAGE_CHOICES = [("ko", "한국어"), ("en", "English")]


class NoteQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """Notes with a live revision on an entry that readers may see at ``now``."""
        return self.filter(in_window(now, "entry__"), live__isnull=False)

    def stale(self) -> Self:
        """Translations made before the last significant change of their source."""
        source = Note.objects.filter(entry=OuterRef("entry"), language=OuterRef("entry__source_language"))
        return self.exclude(language=F("entry__source_language")).filter(
            source_rev__lt=Subquery(source.values("sig_rev")[:1])
        )


class Note(models.Model):
    """Commentary on an entry in one language: a working copy, and a pointer to the revision readers see.

    There is no foreign key to the source note: it is the sibling in ``entry.source_language``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")  # being written; nobody else is asked for anything
        REVIEW = "review", _("in review")  # waits for someone other than its author
        CHANGES = "changes", _("changes requested")  # the reviewer wants another round
        APPROVED = "approved", _("approved")  # may be published as it stands

    entry = models.ForeignKey("digest.Entry", models.CASCADE, related_name="notes", verbose_name=_("entry"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    body = ProseField(_("text"), max_length=MAX_NOTE, blank=True)
    # The number of the last revision, 0 before the first; the lock token of every write, because the text
    # an editor started from can always be looked up by it.
    rev = models.PositiveIntegerField(default=0, editable=False)
    sig_rev = models.PositiveIntegerField(default=0, editable=False)  # last significant revision
    # The significant revision of the source that this translation renders; NULL: written, not translated.
    source_rev = models.PositiveIntegerField(null=True, blank=True, editable=False)
    live = models.ForeignKey(
        "digest.NoteRevision", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    live_at = models.DateTimeField(null=True, blank=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_notes",
        verbose_name=_("assignee"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        permissions = [
            ("write_note", "Can write notes in the granted languages"),
            ("review_note", "Can review notes in the granted languages"),
            ("self_review_note", "Can approve their own notes"),
            ("assign_note", "Can assign notes to others"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "language"], name="note_entry_language_unique"),
            models.CheckConstraint(name="note_language_known", condition=Q(language__in=["ko", "en"])),
            models.CheckConstraint(
                name="note_state_known", condition=Q(state__in=["draft", "review", "changes", "approved"])
            ),
            models.CheckConstraint(name="note_not_draft_not_empty", condition=Q(state="draft") | ~Q(body="")),
            models.CheckConstraint(name="note_sig_rev_at_most_rev", condition=Q(sig_rev__lte=F("rev"))),
            models.CheckConstraint(
                name="note_live_and_live_at",
                condition=Q(live__isnull=True, live_at__isnull=True)
                | Q(live__isnull=False, live_at__isnull=False),
            ),
        ]
        indexes = [
            # The desk's queues (editing/queue_rows.py), answered without reading the texts: which translations are
            # missing or behind their source; what waits in which state; what is mine. Two are not partial, because
            # SQLite sees a condition as a parameter and then uses no partial index.
            models.Index(fields=["entry", "language", "rev", "sig_rev", "source_rev"], name="note_texts"),
            models.Index(fields=["state", "language", "entry", "rev", "live"], name="note_states"),
            models.Index(fields=["assignee", "state"], name="note_mine", condition=Q(assignee__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.language})"

    @property
    def is_source(self) -> bool:
        return self.language == self.entry.source_language


class NoteRevision(models.Model):
    """One saved text of a note; numbered from 1, never changed but for its review."""

    class Origin(models.TextChoices):
        EDIT = "edit", _("edit")
        IMPORT = "import", _("import")
        SUGGESTION = "suggestion", _("suggestion")
        RESTORE = "restore", _("restore")
        MERGE = "merge", _("merge")

    note = models.ForeignKey(Note, models.CASCADE, related_name="revisions", verbose_name=_("note"))
    rev = models.PositiveIntegerField(_("revision"))
    body = ProseField(_("text"), max_length=MAX_NOTE, blank=True)
    # NULL: imported, nobody of the team wrote it.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.EDIT)
    minor = models.BooleanField(_("minor edit"), default=False)
    created_at = models.DateTimeField(_("saved at"), default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    self_review = models.BooleanField(_("own review"), default=False)

    class Meta:
        verbose_name = _("note revision")
        verbose_name_plural = _("note revisions")
        ordering = ["note_id", "-rev"]
        constraints = [
            models.UniqueConstraint(fields=["note", "rev"], name="revision_note_rev_unique"),
            models.CheckConstraint(name="revision_from_one", condition=Q(rev__gte=1)),
            models.CheckConstraint(
                name="revision_origin_known",
                condition=Q(origin__in=["edit", "import", "suggestion", "restore", "merge"]),
            ),
            models.CheckConstraint(
                name="revision_four_eyes",
                condition=Q(reviewed_by__isnull=True)
                | Q(author__isnull=True)
                | ~Q(reviewed_by=F("author"))
                | Q(self_review=True),
            ),
            models.CheckConstraint(
                name="revision_reviewed_by_and_at",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(name="revision_first_not_minor", condition=Q(rev__gt=1) | Q(minor=False)),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} r{self.rev}"


class ReferenceQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """What the words cite that readers may see at ``now``: live revisions on published entries.

        By way of the notes that point at a revision: of a comparison of two columns (is this the revision its note
        points at?) PostgreSQL believes that hardly a row passes, and then reads and sorts all of them for a page.
        """
        return self.filter(Exists(Note.objects.published(now).filter(live=OuterRef("revision"))))


class Reference(models.Model):
    """What one revision of a note cites: a link, or a paper by its title. Rebuilt whenever a revision is made."""

    class Kind(models.TextChoices):
        ARXIV = "arxiv", "arXiv"
        URL = "url", "URL"
        TITLE = "title", _("title")

    revision = models.ForeignKey(NoteRevision, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=5, choices=Kind)
    arxiv_id = LineField(max_length=20, blank=True)
    title_key = LineField(max_length=500, blank=True)
    url = LineField(max_length=2_000, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.CheckConstraint(
                name="reference_kind_matches",
                condition=(Q(kind="arxiv", title_key="") & ~Q(arxiv_id=""))
                | Q(kind="url", arxiv_id="", title_key="")
                | (Q(kind="title", arxiv_id="") & ~Q(title_key="")),
            ),
        ]
        # "Mentioned in" asks by arXiv id and by title; most references have neither.
        indexes = [
            models.Index(fields=["arxiv_id"], name="reference_arxiv", condition=~Q(arxiv_id="")),
            models.Index(fields=["title_key"], name="reference_title", condition=~Q(title_key="")),
        ]

    def __str__(self) -> str:
        return self.url or self.title_key
