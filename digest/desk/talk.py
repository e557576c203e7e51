"""Comments and assignment: what the editor's page shows of them, and the addresses behind their small forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import LanguageGrant, User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.verbs import attempt
from digest.editing.assigning import assign, may_assign, may_take
from digest.editing.commenting import add_comment, may_comment, reopen_comment, resolve_comment
from digest.models import Comment, Entry, Note

MOST_COMMENTS = 100
MOST_PEOPLE = 200


class AssignForm(forms.Form):
    """Who a note is for and by when; ``was`` is whom the page showed."""

    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label=_("Assignee"), required=False
    )
    due_on = forms.DateField(label=_("Due on"), required=False)
    was = forms.ModelChoiceField(User.objects.all(), required=False)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A note's assignee, and whom this user may give it to; no ``people`` where they may give it to nobody."""

    note: Note
    label: str
    people: list[User]
    may_clear: bool


def talk_context(user: User, entry: Entry, notes: Mapping[str, Note]) -> dict[str, Any]:
    """Comments of both notes, open ones first, and who is to do what. Two queries besides those for rights."""
    shown = Comment.objects.filter(note__entry=entry).select_related(
        "note", "revision", "author", "resolved_by"
    )
    comments = list(shown.order_by(F("resolved_at").asc(nulls_first=True), "-pk")[:MOST_COMMENTS])
    may = {language: may_comment(user, note) for language, note in notes.items()}
    for comment in comments:
        comment.may_settle = may[comment.note.language]
    people = people_by_language()
    return {
        "comments": comments,
        "open_comments": sum(comment.resolved_at is None for comment in comments),
        "commentable": [
            (language, LANGUAGE_NAMES[language])
            for language, note in notes.items()
            if may[language] and note.rev
        ],
        "assignments": [_assignment(user, note, people) for note in notes.values()],
    }


def people_by_language() -> dict[str, list[User]]:
    """Those with a grant in each language, by name. One query."""
    grants = LanguageGrant.objects.filter(user__is_active=True).select_related("user")
    found: dict[str, dict[int, User]] = {language: {} for language in LANGUAGE_NAMES}
    for grant in grants.order_by("user__username")[:MOST_PEOPLE]:
        found[grant.language][grant.user_id] = grant.user
    return {language: list(users.values()) for language, users in found.items()}


def _assignment(user: User, note: Note, people: Mapping[str, list[User]]) -> Assignment:
    chosen = {user.pk: user} if may_take(user, note) else {}
    if user.has_perm("digest.assign_note"):
        chosen |= {person.pk: person for person in people[note.language]}
    if chosen and note.assignee and note.assignee_id not in chosen:
        chosen = {note.assignee_id: note.assignee, **chosen}
    may_clear = note.assignee_id is None or may_assign(user, note, None)
    return Assignment(note, LANGUAGE_NAMES[note.language], list(chosen.values()), may_clear)


class TalkPages:
    """Mixed into the entry's admin: the addresses of comments and assignment. Each takes a POST and goes back."""

    def talk_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        comment = "<int:pk>/comments/"
        return [
            path(comment, wrap(self.comment_view), name="digest_entry_comment"),
            path(
                f"{comment}<int:number>/<str:do>/", wrap(self.settle_view), name="digest_entry_comment_settle"
            ),
            path(
                "<int:pk>/notes/<str:language>/assign/",
                wrap(self.assign_view),
                name="digest_entry_note_assign",
            ),
        ]

    @method_decorator(require_POST)
    def comment_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add a comment on the note in ``language``."""
        note = self.note_or_404(request, pk, request.POST.get("language", ""))
        body, quote = request.POST.get("body", ""), request.POST.get("quote", "")
        verb = partial(add_comment, note=note, by=request.user, body=body, quote=quote)
        attempt(request, verb, _("Comment added."))
        return self.to_editor(request, pk, "#comments")

    @method_decorator(require_POST)
    def settle_view(self, request: HttpRequest, pk: int, number: int, do: str) -> HttpResponse:
        """Resolve a comment, or reopen it."""
        entry = self.object_or_404(request, pk)
        verbs = {"resolve": (resolve_comment, _("Resolved.")), "reopen": (reopen_comment, _("Reopened."))}
        comment = Comment.objects.filter(note__entry=entry, pk=number).first()
        if comment is None or do not in verbs:
            raise Http404
        verb, done = verbs[do]
        attempt(request, partial(verb, comment=comment, by=request.user), done)
        return self.to_editor(request, pk, "#comments")

    @method_decorator(require_POST)
    def assign_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Give the note to someone, or to nobody."""
        note = self.note_or_404(request, pk, language)
        form = AssignForm(request.POST)
        if form.is_valid():
            verb = partial(assign, note=note, by=request.user, **form.cleaned_data)
            attempt(request, verb, _("Assigned.") if form.cleaned_data["assignee"] else _("Given back."))
        else:
            for text in {text for texts in form.errors.values() for text in texts}:
                messages.error(request, text)
        return self.to_editor(request, pk, "#assignment")
