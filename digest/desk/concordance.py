"""How a phrase was translated before: paragraphs of earlier notes that hold it, with what faces them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, FilteredRelation, Q, TextField, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from digest.desk.pages import whole_number
from digest.models import Entry, Note
from digest.text.clean import normalise_line
from digest.text.languages import LANGUAGES, other_language
from digest.text.lengths import paragraphs

MOST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph that holds the phrase, and what faces it: the paragraph of the same number where both notes
    have as many, else the whole other note."""

    entry: Entry
    language: str
    found: str
    other: str

    @property
    def other_language(self) -> str:
        return other_language(self.language)


class PhraseForm(forms.Form):
    """The phrase, as typed or selected."""

    q = forms.CharField(
        label=_("Phrase"),
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return normalise_line(self.cleaned_data["q"])


def earlier_translations(phrase: str, *, without: int = -1) -> list[Pair]:
    """Up to ten pairs of other entries than ``without``, the newest first; letters' case is ignored. One query.

    Looked through are approved texts, else the live ones: a draft is nobody's model. docs/performance.md has the
    time that takes for 40,000 notes.
    """
    # Case costs a database more than the search itself, and Hangul has none.
    holds = "contains" if phrase.lower() == phrase.upper() else "icontains"
    wanted = Q(**{f"ko_text__{holds}": phrase}) | Q(**{f"en_text__{holds}": phrase})
    entries = (
        Entry.objects.alive()
        .exclude(pk=without)
        .annotate(
            **{code: FilteredRelation("notes", condition=Q(notes__language=code)) for code in LANGUAGES}
        )
        .annotate(**{f"{code}_text": _text(code) for code in LANGUAGES})
        .filter(wanted, ko_text__isnull=False, en_text__isnull=False)
        .select_related("digest", "paper")
        .order_by("-order_key")[:MOST_PAIRS]
    )
    return [_pair(entry, phrase) for entry in entries]


def _text(code: str) -> Combinable:
    """A note's approved working copy, else what readers see; NULL for a draft that was never live."""
    approved = When(**{f"{code}__state": Note.State.APPROVED}, then=F(f"{code}__body"))
    return Case(approved, default=F(f"{code}__live__body"), output_field=TextField())


def _pair(entry: Any, phrase: str) -> Pair:
    """Where both languages hold the phrase, it is the source that was looked for."""
    texts = {code: paragraphs(getattr(entry, f"{code}_text")) for code in LANGUAGES}
    order = (entry.source_language, other_language(entry.source_language))
    for code in order:
        mine, theirs = texts[code], texts[other_language(code)]
        for number, text in enumerate(mine):
            if phrase.casefold() in text.casefold():
                other = theirs[number] if len(mine) == len(theirs) else "\n\n".join(theirs)
                return Pair(entry, code, text, other)
    # Found across the blank line between two paragraphs, or by the database's own idea of case.
    return Pair(entry, order[0], "\n\n".join(texts[order[0]]), "\n\n".join(texts[order[1]]))


def pages(site: AdminSite) -> list[URLPattern]:
    """The address of the search; the editor shows its results beside the text."""

    @require_safe
    def concordance(request: HttpRequest) -> HttpResponse:
        """GET ``q`` and, to leave one out, ``entry``."""
        if not request.user.has_perm("digest.view_note"):
            raise PermissionDenied
        form = PhraseForm(request.GET if "q" in request.GET else None)
        pairs = None
        if form.is_valid():
            phrase = form.cleaned_data["q"]
            pairs = earlier_translations(phrase, without=whole_number(request.GET.get("entry")))
        context = {
            **site.each_context(request),
            "title": _("Earlier translations"),
            "form": form,
            "pairs": pairs,
        }
        return TemplateResponse(request, "desk/concordance.html", context)

    return [path("concordance/", site.admin_view(concordance), name="concordance")]
