"""Form fields that compare texts as they are stored, so that a browser's CRLF is never taken for an edit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from digest.models import MAX_NOTE
from digest.text.clean import normalise_line, normalise_note
from digest.text.tags import MAX_TAG, parse_tags
from papers.fields import validate_characters
from papers.forms import ProseFormField


class NoteField(ProseFormField):
    """The text of a note in one language."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"lang": language, "rows": 16})
        super().__init__(max_length=MAX_NOTE, widget=widget, **kwargs)

    def normalise(self, text: str) -> str:
        return normalise_note(text)


class NamesField(ProseFormField):
    """Names, one per line; the cleaned value is a list."""

    def to_python(self, value: Any) -> list[str]:
        lines = (normalise_line(line) for line in super().to_python(value).split("\n"))
        return [line for line in lines if line]

    def run_validators(self, value: list[str]) -> None:
        for name in value:
            super().run_validators(name)
            if len(name) > 200:
                raise ValidationError(
                    _("“%(name)s…” is too long for a name."), code="max_length", params={"name": name[:40]}
                )


class TagsField(forms.CharField):
    """Tags as an editor types them (``#a #b``, or ``a, b``); the cleaned value is a list of names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=True, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "vTextField"}

    def to_python(self, value: Any) -> list[str]:
        return parse_tags(super().to_python(value))

    def run_validators(self, value: list[str]) -> None:
        for name in value:
            validate_characters(name)
            if len(name) > MAX_TAG:
                raise ValidationError(
                    _("The tag “%(tag)s…” is too long; at most %(limit)d characters."),
                    code="max_length",
                    params={"tag": name[:40], "limit": MAX_TAG},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, list) else parse_tags(initial or "")
        return before != parse_tags(data or "")


def tags_as_text(names: list[str]) -> str:
    """Names in the form the field takes: ``#scaling-law #moe``."""
    return " ".join(f"#{name}" for name in names)
