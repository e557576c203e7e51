"""The list of entries: columns in constant queries, and bulk verbs that name what they act on before acting."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from digest.desk.cards import stale_languages
from digest.desk.entry_search import find_entries
from digest.desk.fields import TagsField
from digest.desk.filters import Deleted, EntryYear, MissingLanguage, NoteState, UsedTag
from digest.desk.saving import add_tags
from digest.desk.verbs import DONE, LABELS, NOTE_VERBS, attempt
from digest.editing.transitions import TRANSITIONS
from digest.models import Entry, Note, TaggedEntry


class EntryListMixin:
    """Mixed into the entry's admin."""

    list_display = ["digest", "position", "title", "korean", "english", "tag_names"]
    list_display_links = ["title"]
    list_filter = [NoteState, MissingLanguage, UsedTag, EntryYear, Deleted]
    search_fields = ["paper__title", "paper__arxiv_id"]
    ordering = ["-order_key"]
    sortable_by: list[str] = []
    show_full_result_count = False
    list_per_page = 50
    actions = ["submit_notes", "approve_notes", "publish_notes", "tag_entries"]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page's rows with what the columns show, in two more queries."""
        changelist = super().get_changelist_instance(request)
        tagged = TaggedEntry.objects.select_related("tag").order_by("pk")
        changelist.result_list = changelist.result_list.prefetch_related(
            "notes", Prefetch("tagged_entries", tagged)
        )
        return changelist

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """Titles alone where no index can answer."""
        found = find_entries(queryset, search_term) if search_term else None
        return (
            (found, False)
            if found is not None
            else super().get_search_results(request, queryset, search_term)
        )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Django's own deletion would remove rows; an entry is only ever taken out by its verb."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("title"))
    def title(self, obj: Entry) -> str:
        return obj.paper.title

    @admin.display(description="한국어")
    def korean(self, obj: Entry) -> str:
        return note_state(obj, "ko")

    @admin.display(description="English")
    def english(self, obj: Entry) -> str:
        return note_state(obj, "en")

    @admin.display(description=_("tags"))
    def tag_names(self, obj: Entry) -> str:
        return " ".join(f"#{row.tag.name}" for row in obj.tagged_entries.all())

    # -- bulk verbs -------------------------------------------------------------------------------------

    def has_write_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("digest.write_note")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("digest.review_note")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("digest.publish_digest")

    def has_tag_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("digest.change_entry")

    @admin.action(description=_("Submit notes for review"), permissions=["write"])
    def submit_notes(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse:
        return self._note_action(request, queryset, "submit")

    @admin.action(description=_("Approve notes"), permissions=["review"])
    def approve_notes(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse:
        return self._note_action(request, queryset, "approve")

    @admin.action(description=_("Publish approved notes"), permissions=["publish"])
    def publish_notes(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse:
        return self._note_action(request, queryset, "publish")

    @admin.action(description=_("Add tags"), permissions=["tag"])
    def tag_entries(self, request: HttpRequest, queryset: QuerySet[Entry]) -> HttpResponse | None:
        try:
            names = TagsField(label=_("Tags")).clean(request.POST["tags"]) if "tags" in request.POST else []
        except ValidationError as error:
            return self._ask(request, queryset, "tag_entries", _("Add tags"), problems=error.messages)
        if not names:
            return self._ask(request, queryset, "tag_entries", _("Add tags"))
        for entry in queryset:
            attempt(request, partial(add_tags, entry, names, request.user), str(_("Tags added.")), str(entry))
        return None

    def _note_action(self, request: HttpRequest, queryset: QuerySet[Entry], verb: str) -> HttpResponse | None:
        """First show the texts that the verb is for, with their revisions; then act on exactly those."""
        notes = [note for note in _notes_of(queryset) if (note.state, verb) in TRANSITIONS]
        if verb == "publish":
            notes = [note for note in notes if note.live is None or note.live.rev != note.rev]
        if not notes:
            messages.warning(request, _("None of the chosen notes waits for this."))
            return None
        shown = dict(pair.split(":", 1) for pair in request.POST.getlist("note") if ":" in pair)
        if "confirmed" not in request.POST:
            return self._ask(request, queryset, f"{verb}_notes", LABELS[verb], notes=notes)
        act = NOTE_VERBS[verb]
        for note in notes:
            rev = shown.get(str(note.pk), "")
            if rev.isdecimal() and len(rev) < 10:
                attempt(request, partial(act, note, request.user, int(rev), {}), str(DONE[verb]), str(note))
        return None

    def _ask(
        self, request: HttpRequest, queryset: QuerySet[Entry], action: str, title: Any, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
            "action": action,
            "entries": list(queryset),
            **more,
        }
        return TemplateResponse(request, "admin/digest/entry/bulk.html", context)


def _notes_of(queryset: QuerySet[Entry]) -> list[Note]:
    notes = Note.objects.filter(entry__in=queryset.values("pk"), entry__deleted_at__isnull=True, rev__gt=0)
    return list(
        notes.select_related("entry__digest", "entry__paper", "live").order_by(
            "-entry__order_key", "-language"
        )
    )


def note_state(entry: Entry, language: str) -> str:
    """The state in words, with a class for its colour; what is missing or left behind says so."""
    notes = {note.language: note for note in entry.notes.all() if note.rev}
    note = notes.get(language)
    if note is None:
        return format_html('<span class="desk-state desk-missing">{}</span>', _("missing"))
    if language in stale_languages(notes, entry.source_language):
        return format_html('<span class="desk-state desk-stale">{}</span>', _("source changed"))
    label = note.get_state_display()
    if note.live_id:
        label = format_html("{} · {}", label, _("published"))
    return format_html('<span class="desk-state desk-{}">{}</span>', note.state, label)
