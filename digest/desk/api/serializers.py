"""What goes in and out. Every key is written out here: nothing of a row is shown because it happens to be there."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.roles import may_publish, may_review, may_write
from digest.desk.api.parsing import Number, Strict, Text, YesNo
from digest.desk.cards import NoteCard, note_cards
from digest.editing.checking import Checked, open_findings
from digest.editing.queues import ORDERS, QUEUES, Place, Task
from digest.models import Entry, NoteRevision
from digest.text.languages import LANGUAGES

LONGEST_PAGE = 100


class Cursor(serializers.Field):
    """Where the page before ended, as ``next`` gave it: an order key and a language."""

    default_error_messages = {"invalid": _("Take this from next, as it stands.")}

    def to_internal_value(self, data: str) -> Place:
        key, _dash, language = data.partition("-")
        if not (key.isascii() and key.isdecimal() and len(key) < 13 and language in LANGUAGES):
            self.fail("invalid")
        return Place(int(key), language)


def cursor(place: Place) -> str:
    return f"{place.order_key}-{place.language}"


# -- in -------------------------------------------------------------------------------------------------


class NoParameters(Strict):
    """For addresses that take none."""


class NoteBody(Strict):
    body = Text()
    rev = Number(default=None)
    minor = YesNo(default=False)
    source_rev = Number(default=None, allow_null=True)


class VerbBody(Strict):
    """What a verb may need; each takes its own."""

    rev = Number(default=None)
    comment = Text(default="", max_length=2_000)
    acknowledge = YesNo(default=False)


class QueuePage(Strict):
    """A queue, what part of it, and from where on. ``assignee`` is a username, "me", or "none" for what nobody took."""

    name = serializers.ChoiceField(list(QUEUES))
    language = serializers.ChoiceField(LANGUAGES, default=None)
    digest = serializers.DateField(default=None, error_messages={"invalid": _("Give a date: 2024-10-30.")})
    tag = Text(default="", max_length=200)
    assignee = Text(default="", max_length=150)
    order = serializers.ChoiceField(ORDERS, default="oldest")
    after = Cursor(default=None)
    limit = Number(default=50, min_value=1, max_value=LONGEST_PAGE)


class RevisionPage(Strict):
    before = Number(default=None)
    limit = Number(default=20, min_value=1, max_value=LONGEST_PAGE)


# -- out ------------------------------------------------------------------------------------------------


def person(user: User | None) -> dict[str, str] | None:
    return user and {"username": user.get_username(), "name": user.get_full_name()}


def page(request: Request, results: list[Any], following: dict[str, Any] | None) -> dict[str, Any]:
    """A page of a list; ``next`` is the address of the one after it, or null."""
    following = following and f"{request.path}?{urlencode(following)}"
    return {"results": results, "next": following}


def task(found: Task) -> dict[str, Any]:
    """A text to look at, without the text: that is the pair's."""
    entry, row = found.entry, found.note
    return {
        "entry": entry.pk,
        "url": reverse("admin:digest_entry_change", args=[entry.pk]),
        "digest": entry.digest.date,
        "position": entry.position,
        "title": entry.paper.title,
        "source_language": entry.source_language,
        "language": found.language,
        "missing": list(found.missing),
        "note": row
        and {
            "state": row.state,
            "rev": row.rev,
            "assignee": person(row.assignee),
            "due_on": row.due_on,
            "updated_at": row.updated_at,
        },
    }


def me(user: User, token: ApiToken | None) -> dict[str, Any]:
    """Who calls, and what they may do."""
    return {
        **person(user),
        "roles": sorted(group.name for group in user.groups.all()),
        "grants": [{"role": grant.role, "language": grant.language} for grant in user.grants.order_by("pk")],
        "may": {
            "write": [language for language in LANGUAGES if may_write(user, language)],
            "review": [language for language in LANGUAGES if may_review(user, language)],
            "publish": may_publish(user),
        },
        "zones": {"own": user.time_zone or None, "site": settings.TIME_ZONE},
        "token": token and {"name": token.name, "expires_at": token.expires_at},
    }


def pair(entry: Entry, user: User) -> dict[str, Any]:
    """An entry with its paper and both notes."""
    paper = entry.paper
    return {
        "id": entry.pk,
        "url": reverse("admin:digest_entry_change", args=[entry.pk]),
        "digest": {"id": entry.digest_id, "date": entry.digest.date, "status": entry.digest.status},
        "position": entry.position,
        "source_language": entry.source_language,
        "deleted": entry.deleted_at is not None,
        "tags": [row.tag.name for row in entry.tagged_entries.select_related("tag").order_by("pk")],
        "paper": {
            "id": paper.pk,
            "kind": paper.kind,
            "title": paper.title,
            "authors": list(paper.authorships.order_by("position").values_list("printed_name", flat=True)),
            "abstract": paper.abstract,
            "arxiv_id": paper.arxiv_id,
            "doi": paper.doi,
            "url": paper.url,
            "project_url": paper.project_url,
            "code_url": paper.code_url,
        },
        "notes": {card.language: _note(card, user) for card in note_cards(entry, user)},
    }


def note(entry: Entry, language: str, user: User) -> dict[str, Any]:
    """One note as it stands now."""
    return next(_note(card, user) for card in note_cards(entry, user) if card.language == language)


def _note(card: NoteCard, user: User) -> dict[str, Any]:
    row = card.note
    verbs = [verb for verb, _label in card.buttons]
    if may_write(user, row.language) and not row.entry.deleted_at:
        verbs = ["save", *verbs]
    return {
        "language": row.language,
        "state": row.state,
        "body": row.body,
        "rev": row.rev,
        "sig_rev": row.sig_rev,
        "source_rev": row.source_rev,
        "stale": card.stale,
        "live_rev": card.live_rev,
        "assignee": person(row.assignee),
        "due_on": row.due_on,
        "updated_at": row.updated_at if row.pk else None,
        "verbs": verbs,
        "checks": [_check(one) for one in open_findings(row)] if row.rev else [],
    }


def _check(found: Checked) -> dict[str, str]:
    """Something the checks found and nobody let stand."""
    return {
        "code": found.finding.code,
        "level": found.finding.level,
        "found": found.finding.found,
        "message": found.message,
    }


def revision(row: NoteRevision) -> dict[str, Any]:
    return {
        "rev": row.rev,
        "body": row.body,
        "author": person(row.author),
        "origin": row.origin,
        "minor": row.minor,
        "created_at": row.created_at,
        "live": row.note.live_id == row.pk,
        "reviewed_by": person(row.reviewed_by),
        "reviewed_at": row.reviewed_at,
        "self_review": row.self_review,
    }
