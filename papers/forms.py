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


class GuardedForm(forms.ModelForm):
    """A form in which two editors of one row never undo each other's work.

    Each field carries the value it was shown with. What this editor did not touch is left as it is stored now;
    where both changed one field differently, the form comes back with both, and a second save is deliberate.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for field in self.fields.values():
                field.show_hidden_initial = True

    def present_value(self, stored: Any, name: str) -> Any:
        """What the row says now, in the form the field shows it."""
        return getattr(stored, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk:
            stored = type(self.instance)._default_manager.select_for_update().get(pk=self.instance.pk)
            for name in set(self.fields) - set(self.errors):
                self._meet_present(name, self.present_value(stored, name), cleaned)
        return cleaned

    def _meet_present(self, name: str, present: Any, cleaned: dict[str, Any]) -> None:
        bound = self[name]
        if name not in self.changed_data:
            if hasattr(self.instance, name):
                cleaned[name] = present
            return
        shown, mine, now = (
            bound.field.to_python(text) or ""
            for text in (self.data.get(bound.html_initial_name), bound.data, present)
        )
        if now not in (shown, mine):
            self.data = self.data.copy()
            self.data[bound.html_initial_name] = now
            self.add_error(
                name,
                ValidationError(
                    _(
                        "Someone else changed this meanwhile to “%(present)s”. Save again to replace it with yours."
                    ),
                    code="stale",
                    params={"present": now},
                ),
            )


class PaperForm(GuardedForm):
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

    def present_value(self, stored: Paper, name: str) -> Any:
        return "\n".join(byline(stored)) if name == "authors" else super().present_value(stored, name)

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
