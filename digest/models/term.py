"""The glossary: how this desk says a thing in Korean and in English."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, ProseField


class Term(models.Model):
    """A pair of words that translations keep to. One Korean word may have several English ones, each its own row."""

    ko = LineField(_("Korean"), max_length=100)
    en = LineField(_("English"), max_length=100)
    note = LineField(_("note"), max_length=300, blank=True)
    # One form a line, in either language: words that must not stand for this term.
    forbidden = ProseField(_("forbidden forms"), max_length=1_000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["ko", "en"]
        constraints = [
            models.UniqueConstraint(Lower("ko"), Lower("en"), name="term_ko_en_unique"),
            models.CheckConstraint(name="term_not_empty", condition=~Q(ko="") & ~Q(en="")),
        ]

    def __str__(self) -> str:
        return f"{self.ko} · {self.en}"
