"""The desk for programs. Every view checks what was sent, calls one verb or one question, and answers JSON."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.models import User
from digest.desk.api import serializers
from digest.desk.api.authentication import DeskMember, DeskSession, TokenAuthentication
from digest.desk.api.parsing import ObjectParser, read, read_query
from digest.desk.api.problems import Problem, problem_response
from digest.desk.verbs import NOTE_VERBS
from digest.editing.queues import NOBODY, Filter, counts, tasks
from digest.editing.revisions import source_sig_rev
from digest.editing.workflow import save_note
from digest.models import Entry, Note, NoteRevision
from digest.text.languages import LANGUAGES
from digest.text.tags import tag_slug


class PersonThrottle(UserRateThrottle):
    """For load, not for guessing: a key cannot be guessed, and passwords are not taken here."""

    scope = "desk"

    def get_rate(self) -> str:
        return settings.NARANHI_API_RATE


class JsonOnly(DefaultContentNegotiation):
    """There is one form of an answer, whatever Accept says."""

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class DeskView(APIView):
    """What every resource has: who may come in, JSON, problems, the caller's language, and no copy in any cache."""

    authentication_classes = [TokenAuthentication, DeskSession]
    permission_classes = [DeskMember]
    throttle_classes = [PersonThrottle]
    renderer_classes = [JSONRenderer]
    parser_classes = [ObjectParser]
    content_negotiation_class = JsonOnly

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Our addresses are outside /en/ and mostly outside /admin/: the caller's header decides, here alone.
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Accept-Language"])
        return response

    def get_exception_handler(self) -> Any:
        return problem_response

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The methods, in the header Allow."""
        return Response(status=204)


class Nothing(DeskView):
    """Any other address below the API's: who may not come in learns nothing of what exists."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404

    post = put = patch = delete = options = get


class Me(DeskView):
    def get(self, request: Request) -> Response:
        read_query(serializers.NoParameters, request)
        return Response(serializers.me(request.user, request.auth))


class Queue(DeskView):
    """What waits, a page at a time; the same queues as on the desk's first page."""

    def get(self, request: Request) -> Response:
        asked = read_query(serializers.QueuePage, request)
        where, limit = _filter(asked, request.user), asked["limit"]
        found = tasks(asked["name"], request.user, where, after=asked["after"], limit=limit + 1)
        following = None
        if len(found) > limit:
            following = request.query_params.dict() | {"after": serializers.cursor(found[limit - 1].place)}
        return Response(
            serializers.page(request, [serializers.task(one) for one in found[:limit]], following)
        )


class QueueCounts(DeskView):
    """How much waits in each queue that is open to the caller."""

    def get(self, request: Request) -> Response:
        read_query(serializers.NoParameters, request)
        return Response(counts(request.user, Filter()))


class EntryPair(DeskView):
    """An entry with both notes facing each other: what the editor's page shows."""

    def get(self, request: Request, pk: int) -> Response:
        read_query(serializers.NoParameters, request)
        return Response(serializers.pair(entry_or_404(pk), request.user))


class NoteText(DeskView):
    """The text of one note."""

    def put(self, request: Request, pk: int, language: str) -> Response:
        """Save a text as the next revision, if the note still is the one the caller read."""
        entry, language = entry_or_404(pk), known_language(language)
        sent = read(serializers.NoteBody, request.data)
        note = save_note(
            entry=entry,
            language=language,
            body=sent["body"],
            by=request.user,
            rev=revision_meant(request, sent),
            minor=sent["minor"],
            source_rev=_source_seen(entry, sent["source_rev"]),
        )
        return Response(serializers.note(note.entry, language, request.user))


class NoteVerb(DeskView):
    """One step of the workflow, from the same table as the desk's buttons."""

    def post(self, request: Request, pk: int, language: str, verb: str) -> Response:
        entry, language = entry_or_404(pk), known_language(language)
        if verb not in NOTE_VERBS:
            raise Http404
        note = get_object_or_404(Note.objects.select_related("entry__digest"), entry=entry, language=language)
        sent = read(serializers.VerbBody, request.data)
        # As a form has them: a box that is not ticked is not there.
        fields = {"comment": sent["comment"]} | ({"acknowledge": "1"} if sent["acknowledge"] else {})
        NOTE_VERBS[verb](note, request.user, revision_meant(request, sent), fields)
        return Response(serializers.note(entry, language, request.user))


class NoteRevisions(DeskView):
    """Every saved text, newest first; ``before`` is the last number of the page before."""

    def get(self, request: Request, pk: int, language: str) -> Response:
        entry, language = entry_or_404(pk), known_language(language)
        asked = read_query(serializers.RevisionPage, request)
        found = NoteRevision.objects.filter(note__entry=entry, note__language=language)
        if asked["before"] is not None:
            found = found.filter(rev__lt=asked["before"])
        limit = asked["limit"]
        rows = list(found.select_related("author", "reviewed_by", "note").order_by("-rev")[: limit + 1])
        following = {"before": rows[limit - 1].rev, "limit": limit} if len(rows) > limit else None
        return Response(
            serializers.page(request, [serializers.revision(row) for row in rows[:limit]], following)
        )


def _filter(asked: dict[str, Any], user: User) -> Filter:
    assignee: int | str | None = asked["assignee"] or None
    if assignee == "me":
        assignee = user.pk
    elif assignee not in (None, NOBODY):
        assignee = User.objects.filter(username=assignee).values_list("pk", flat=True).first()
        if assignee is None:
            raise ValidationError({"assignee": [_("Nobody here has this name.")]})
    tag = tag_slug(asked["tag"]) or None
    if asked["tag"] and tag is None:
        raise ValidationError({"tag": [_("This cannot be a tag.")]})
    return Filter(asked["language"], asked["digest"], tag, assignee, asked["order"])


def entry_or_404(pk: int) -> Entry:
    return get_object_or_404(Entry.objects.select_related("digest", "paper"), pk=pk)


def known_language(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def revision_meant(request: Request, sent: dict[str, Any]) -> int:
    """The lock token: ``rev`` of the body or If-Match: "3". Without one nothing is written (428)."""
    header, rev = request.headers.get("If-Match"), sent["rev"]
    if header is None and rev is None:
        raise Problem(428, "rev_required", _("Send rev, or If-Match, with the revision you started from."))
    if header is None:
        return rev
    digits = header[1:-1]
    if header != f'"{digits}"' or not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Problem(400, "if_match", _('If-Match must be a revision number between quotes: "3".'))
    if rev not in (None, int(digits)):
        raise Problem(400, "if_match", _("If-Match and rev name two revisions."))
    return int(digits)


def _source_seen(entry: Entry, seen: int | None) -> int | None:
    """At most the present revision of the source: nobody has seen a later one."""
    present = source_sig_rev(entry)
    return None if seen is None or present is None else min(seen, present)
