"""Papers and the people on their bylines. A paper is public only through a published entry (digest/)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, ProseField
from papers.identifiers import title_key


class Paper(models.Model):
    """Any discussed work. ``title_key`` is the natural key at import: NFKC, folded spaces, casefold.

    It is not unique: two different works may carry one title ("Technical Report"); papers.matching tells
    them apart by their bylines.
    """

    class Kind(models.TextChoices):
        PAPER = "paper", _("paper")
        POST = "post", _("post")
        RELEASE = "release", _("release")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PAPER)
    title = LineField(_("title"), max_length=500)
    title_key = LineField(max_length=500, editable=False, db_index=True)
    abstract = ProseField(_("abstract"), max_length=20_000, blank=True, help_text=_("TeX is kept verbatim."))
    arxiv_id = LineField(
        _("arXiv id"),
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Without version: 2408.16357. Leave empty if unknown."),
    )
    doi = LineField(_("DOI"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    project_url = models.URLField(_("project page"), max_length=500, blank=True)
    code_url = models.URLField(_("code"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.CheckConstraint(
                name="paper_kind_known", condition=Q(kind__in=["paper", "post", "release", "other"])
            ),
            models.CheckConstraint(name="paper_title_not_empty", condition=~Q(title="")),
            models.CheckConstraint(name="paper_arxiv_id_not_empty", condition=~Q(arxiv_id="")),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An empty arXiv id is NULL, so that many papers may lack one; the key follows the title."""
        self.arxiv_id = self.arxiv_id or None
        self.title_key = title_key(self.title)


class Author(models.Model):
    """A person. Equal names across papers share a row; the k-th equal name in one byline is homonym k."""

    name = LineField(_("name"), max_length=200)
    name_key = LineField(max_length=200, editable=False)
    homonym = models.PositiveSmallIntegerField(_("homonym"), default=1)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(fields=["name_key", "homonym"], name="author_name_homonym_unique"),
            models.CheckConstraint(name="author_name_not_empty", condition=~Q(name="")),
            models.CheckConstraint(name="author_homonym_from_one", condition=Q(homonym__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name if self.homonym == 1 else f"{self.name} ({self.homonym})"


class Authorship(models.Model):
    """An author's place on one paper, with the name as printed there."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="authorships", verbose_name=_("paper"))
    author = models.ForeignKey(Author, models.PROTECT, related_name="authorships", verbose_name=_("author"))
    position = models.PositiveSmallIntegerField(_("position"))
    printed_name = LineField(_("name as printed"), max_length=200)

    class Meta:
        verbose_name = _("authorship")
        verbose_name_plural = _("authorships")
        ordering = [F("paper_id"), F("position")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="authorship_paper_position_unique"),
            models.UniqueConstraint(fields=["paper", "author"], name="authorship_paper_author_unique"),
            models.CheckConstraint(name="authorship_position_from_one", condition=Q(position__gte=1)),
        ]

    def __str__(self) -> str:
        return self.printed_name
