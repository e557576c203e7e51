"""The paper form: identifiers pasted in any shape, and the byline as one name per line."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from papers.fields import validate_characters
from papers.identifiers import normalise_arxiv_id, normalise_doi
from papers.matching import byline
from papers.models import Author, Paper

LONGEST_NAME = Author._meta.get_field("name").max_length


def one_line(text: str) -> str:
    """NFC, white space folded: how lines of a seed are stored, too."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class ProseFormField(forms.CharField):
    """Text of several paragraphs, compared as it is stored, so that a browser's CRLF is never taken for an edit.

    The browser never cuts it short: too long is an error, with the text kept.
    """

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"required": False, "strip": False, "validators": [validate_characters], **kwargs}
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}

    def to_python(self, value: Any) -> str:
        return self.normalise(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.normalise(initial or "") != self.normalise(data or "")

    def normalise(self, text: str) -> str:
        """The text as it would be stored."""
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class BylineField(ProseFormField):
    """One name per line."""

    def normalise(self, text: str) -> str:
        return "\n".join(filter(None, map(one_line, super().normalise(text).split("\n"))))


class PaperForm(forms.ModelForm):
    arxiv_id = forms.CharField(
        label=_("arXiv id"), required=False, help_text=_("2408.16357, or the address of its arXiv page.")
    )
    doi = forms.CharField(label=_("DOI"), required=False, help_text=_("10.1000/182, or its doi.org address."))
    abstract = ProseFormField(
        label=_("Abstract"),
        max_length=20_000,
        help_text=_("TeX is kept verbatim."),
    )
    authors = BylineField(label=_("Authors"), required=False, help_text=_("One name per line, as printed."))

    class Meta:
        model = Paper
        # The admin adds the rest, its links with https where no scheme is typed.
        fields = ["title", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["authors"] = "\n".join(byline(self.instance))

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_arxiv_id(self) -> str | None:
        return self._identifier("arxiv_id", normalise_arxiv_id, _("This is not an arXiv id or address."))

    def clean_doi(self) -> str:
        return self._identifier("doi", normalise_doi, _("This is not a DOI.")) or ""

    def _identifier(self, field: str, normalise: Any, refusal: Any) -> str | None:
        typed = self.cleaned_data[field]
        if not typed:
            return None
        found = normalise(typed)
        if found is None:
            raise ValidationError(refusal, code="invalid")
        return found

    def clean_authors(self) -> list[str]:
        names = self.cleaned_data["authors"].split("\n") if self.cleaned_data["authors"] else []
        for name in names:
            validate_characters(name)
            if len(name) > LONGEST_NAME:
                raise ValidationError(
                    _("“%(name)s…” is too long for a name."), code="max_length", params={"name": name[:40]}
                )
        return names
