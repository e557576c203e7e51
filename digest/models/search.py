"""Rows around search: which index is in use, which words mean the same, what readers did not find."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, ProseField


class SearchIndex(models.Model):
    """The state of one index. Its terms are in tables of their own, numbered by generation (digest/index/).

    A rebuild fills the next generation and then moves ``live`` onto it; 0 means none.
    """

    name = models.CharField(primary_key=True, max_length=10)
    live = models.PositiveIntegerField(default=0)
    # The rules that made the terms; a query made by other rules would look for other terms.
    analyzer = models.CharField(max_length=100, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    building = models.PositiveIntegerField(default=0)
    building_analyzer = models.CharField(max_length=100, blank=True)
    building_done = models.BigIntegerField(default=0)  # every entry up to this primary key is in

    class Meta:
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")
        constraints = [
            models.CheckConstraint(name="searchindex_name_known", condition=Q(name__in=["public", "editor"])),
            models.CheckConstraint(
                name="searchindex_two_generations", condition=Q(live=0) | ~Q(live=F("building"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchTermQuerySet(models.QuerySet):
    def groups(self) -> list[list[str]]:
        """The forms of every row, for ``digest.text.analysis.query.Synonyms``. One query."""
        return [forms.split("\n") for forms in self.order_by("pk").values_list("forms", flat=True)]


class SearchTerm(models.Model):
    """Words that find each other: 배치 크기, batch size, bsz. Readers' queries are widened by them, no text is changed.

    Other than the glossary's terms, these may be spellings that no translator should use.
    """

    forms = ProseField(_("forms"), max_length=1_000, help_text=_("One form a line, two or more."))
    note = LineField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        ordering = ["forms"]
        constraints = [
            models.UniqueConstraint(fields=["forms"], name="searchterm_forms_unique"),
            models.CheckConstraint(name="searchterm_two_forms", condition=Q(forms__contains="\n")),
        ]

    def __str__(self) -> str:
        return self.forms.replace("\n", " · ")

    def clean(self) -> None:
        """The forms without blank lines, repetitions and spare spaces. Raises ValidationError for fewer than two."""
        lines = (" ".join(line.split()) for line in self.forms.splitlines())
        forms = dict.fromkeys(line for line in lines if line)
        if len(forms) < 2:
            raise ValidationError({"forms": _("Give two forms or more, one a line.")}, code="too_few")
        self.forms = "\n".join(forms)


class LostQuery(models.Model):
    """What somebody searched for and did not find: the words and how often, nothing about who."""

    text = LineField(_("searched for"), max_length=200, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_day = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-count", "-last_day", "text"]
        constraints = [
            models.CheckConstraint(name="lostquery_not_empty", condition=~Q(text="")),
            models.CheckConstraint(name="lostquery_count_from_one", condition=Q(count__gte=1)),
        ]
        indexes = [models.Index(fields=["-count", "-last_day", "text"], name="lostquery_most")]

    def __str__(self) -> str:
        return self.text
