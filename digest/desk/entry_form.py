"""THE form: an entry's two notes facing each other, its tags, paper and source language."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import may_write
from digest.desk.fields import NamesField, NoteField, TagsField, tags_as_text
from digest.editing.errors import StaleRevision
from digest.models import EditSession, Entry, Note
from digest.text.clean import normalise_line
from digest.text.languages import LANGUAGES, other_language
from papers.fields import validate_characters
from papers.forms import ProseFormField

LANGUAGE_NAMES = {"ko": "한국어", "en": "English"}
NEW_PAPER = ("new_title", "new_authors", "new_abstract")


class HiddenNumber(forms.IntegerField):
    """A number the page was rendered with. Never counts as an edit, or a save of nothing would be one."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=2_000_000_000)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EntryForm(forms.ModelForm):
    """What one user may change of one entry. The admin sets ``request`` on a subclass made for each request.

    ``problems`` holds what the verbs refused in a first attempt, by field: the form is then shown again with
    everything typed, and with the revision a deliberate second save starts from.
    """

    request: HttpRequest
    problems: dict[str, ValidationError] = {}
    # Unsaved texts that the user chose to go on with, by language; they stand where the stored texts would.
    drafts: dict[str, EditSession] = {}

    new_title = forms.CharField(
        label=_("Title"), required=False, max_length=500, validators=[validate_characters]
    )
    new_authors = NamesField(label=_("Authors"), help_text=_("One name per line."))
    new_abstract = ProseFormField(label=_("Abstract"), max_length=20_000)
    tag_names = TagsField(
        label=_("Tags"),
        required=False,
        help_text=_("#scaling-law #moe, or separated by commas."),
        show_hidden_initial=True,
    )
    ko = NoteField("ko", label=LANGUAGE_NAMES["ko"])
    en = NoteField("en", label=LANGUAGE_NAMES["en"])
    ko_minor = forms.BooleanField(label=_("Minor edit: translations stay valid"), required=False)
    en_minor = forms.BooleanField(label=_("Minor edit"), required=False)
    ko_rev = HiddenNumber()
    en_rev = HiddenNumber()
    # The significant revision of the source that a translator had in view.
    source_seen = HiddenNumber()
    # The serial of the autosaved draft that the text grew from; saving the text ends that draft.
    ko_draft = HiddenNumber()
    en_draft = HiddenNumber()

    class Meta:
        model = Entry
        fields = ["digest", "paper", "source_language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adding = self.instance.pk is None
        user = self.request.user
        self.languages = [language for language in LANGUAGES if may_write(user, language)]
        self.notes = {} if adding else {note.language: note for note in self.instance.notes.all()}
        self._drop_fields(adding, may_catalogue=adding or user.has_perm("digest.change_entry"))
        for name in ("paper", "source_language"):
            if name in self.fields:
                # Only what this user changed is written, not what a colleague changed meanwhile.
                self.fields[name].show_hidden_initial = not adding
        if adding and "paper" in self.fields:
            self.fields["paper"].required = False
        self._set_initial(adding)
        self._refuse_odd_numbers()
        self._take_merges()
        if self.problems and self.is_bound:
            self._move_to_present()

    def _drop_fields(self, adding: bool, *, may_catalogue: bool) -> None:
        dropped = {"tag_names", "paper", "source_language"} if not may_catalogue else set()
        if not adding:
            dropped |= {"digest", *NEW_PAPER}
        if not (adding and self.request.user.has_perm("papers.add_paper")):
            dropped |= set(NEW_PAPER)
        for language in set(LANGUAGES) - set(self.languages):
            dropped |= {language, f"{language}_minor", f"{language}_rev", f"{language}_draft"}
        for name in dropped:
            self.fields.pop(name, None)

    def _set_initial(self, adding: bool) -> None:
        for language in self.languages:
            note = self.notes.get(language)
            self.initial[language] = note.body if note else ""
            self.initial[f"{language}_rev"] = note.rev if note else 0
        if not adding:
            source = self.notes.get(self.instance.source_language)
            self.initial["source_seen"] = source.sig_rev if source else 0
            rows = self.instance.tagged_entries.select_related("tag").order_by("pk")
            self.initial["tag_names"] = tags_as_text([row.tag.name for row in rows])
            self._take_drafts()

    def _take_drafts(self) -> None:
        """Each draft with the revisions it was begun from, so that saving it meets what happened since."""
        for language, draft in self.drafts.items():
            if language in self.languages:
                self.initial[language] = draft.body
                self.initial[f"{language}_rev"] = draft.base_rev
                self.initial[f"{language}_draft"] = draft.serial
                if language != self.instance.source_language and draft.source_rev is not None:
                    self.initial["source_seen"] = draft.source_rev

    def _refuse_odd_numbers(self) -> None:
        """Django's chooser fails, instead of refusing, where a posted choice is no number."""
        for name in {"digest", "paper"} & self.data.keys():
            choice = self.data[name]
            if not (choice.isascii() and choice.isdecimal() and len(choice) < 18):
                self.data = self.data.copy()
                self.data[name] = ""

    def _take_merges(self) -> None:
        """The conflict panel's tick without script: save the merged text in place of the typed one."""
        for language in self.languages:
            if f"{language}_take" in self.data and f"{language}_merged" in self.data:
                self.data = self.data.copy()
                self.data[language] = self.data[f"{language}_merged"]
                self.data[f"{language}_rev"] = self.data.get(f"{language}_merged_rev", "")

    def _move_to_present(self) -> None:
        """Where both sides changed, the next save starts from what is stored now: it is then deliberate."""
        self.data = self.data.copy()
        for language, error in self.problems.items():
            if isinstance(error, StaleRevision):
                self.data[self.add_prefix(f"{language}_rev")] = str(error.note.rev)
                if error.note.is_source:
                    self.data[self.add_prefix("source_seen")] = str(error.note.sig_rev)

    def clean_new_title(self) -> str:
        return normalise_line(self.cleaned_data["new_title"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk is None and "paper" not in self.errors:
            given = [bool(cleaned.get("paper")), bool(cleaned.get("new_title"))]
            if given == [False, False]:
                self.add_error("paper", _("Choose a paper, or type the title of a new one."))
            elif given == [True, True]:
                self.add_error("new_title", _("Choose a paper or type a new one, not both."))
        for name, error in self.problems.items():
            self.add_error(name if name in self.fields else None, error)
        return cleaned

    def base_tags(self) -> list[str]:
        """The tags as they were when the page was rendered."""
        field = self.fields["tag_names"]
        return field.to_python(self.data.get(self["tag_names"].html_initial_name, ""))

    def edited_languages(self) -> list[str]:
        """The languages whose text this user changed; the source first, so that a translation renders it."""
        source = self.cleaned_data.get("source_language") or self.instance.source_language
        order = (source, other_language(source))
        return [
            language for language in order if language in self.languages and language in self.changed_data
        ]

    def foreign_texts(self) -> list[str]:
        """Languages that were posted with another text although this user may not write them."""
        found = []
        for language in set(LANGUAGES) - set(self.languages):
            note = self.notes.get(language) or Note(language=language)
            if language in self.data and NoteField(language).has_changed(note.body, self.data[language]):
                found.append(LANGUAGE_NAMES[language])
        return found
