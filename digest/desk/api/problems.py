"""Why a request was refused, as application/problem+json (RFC 9457), in the language the caller reads."""

from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import ValidationError as RefusedByVerb
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from digest.editing.errors import NotAllowed, StaleRevision
from digest.text.compare import merge_paragraphs

TITLES = {
    400: gettext_lazy("The request is not valid"),
    401: gettext_lazy("Sign in or send a token"),
    403: gettext_lazy("Not permitted"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("No such method here"),
    409: gettext_lazy("It has changed meanwhile"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Send JSON"),
    422: gettext_lazy("Refused"),
    428: gettext_lazy("Say which revision you mean"),
    429: gettext_lazy("Too many requests"),
}
# What DRF says in its own words, which have no Korean.
DETAILS = {
    "not_authenticated": gettext_lazy("This needs a token, or a session of the desk."),
    "permission_denied": gettext_lazy("Your roles do not allow this."),
    "not_found": gettext_lazy("There is nothing here."),
    "method_not_allowed": gettext_lazy("The header Allow names the methods."),
    "unsupported_media_type": gettext_lazy("The body must be application/json."),
    "throttled": gettext_lazy("The header Retry-After says when to try again."),
}
FIELD_MESSAGES = {
    "required": gettext_lazy("This is missing."),
    "null": gettext_lazy("This must not be null."),
    "null_characters_not_allowed": gettext_lazy("Null characters are not allowed."),
    "surrogate_characters_not_allowed": gettext_lazy("Half characters (surrogates) are not allowed."),
    "invalid_choice": gettext_lazy("This is not one of the choices."),
}
# Refusals that are not about what was sent but about where the note stands now: read it again, then decide.
OF_THE_STATE = {
    "stale_revision",
    "moved_on",
    "unknown_revision",
    "wrong_state",
    "digest_not_published",
    "entry_deleted",
    "not_live",
    "not_a_translation",
}


class Problem(exceptions.APIException):
    """A refusal with its status, a code for programs, a sentence for people, and members of its own."""

    def __init__(self, status: int, code: str, detail: Any, **members: Any) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.members = members


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler; None, and so a 500, for what nobody foresaw."""
    known = _as_api_exception(error)
    if known is None:
        return None
    status = known.status_code
    body = {"type": "about:blank", "title": str(TITLES.get(status, "")), "status": status, **_told(known)}
    headers = {}
    if getattr(known, "auth_header", None):
        headers["WWW-Authenticate"] = known.auth_header
    if getattr(known, "wait", None):
        headers["Retry-After"] = str(int(known.wait) + 1)
    return Response(body, status=status, headers=headers, content_type="application/problem+json")


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, DjangoPermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RefusedByVerb):
        return refusal(error)
    return None


def refusal(error: RefusedByVerb) -> Problem:
    """What a verb said: 403 for the person, 409 for the state of the note, else 422 for what was sent."""
    first = error.error_list[0] if hasattr(error, "error_list") else error
    code = getattr(error, "code", None) or first.code or "invalid"
    detail = " ".join(error.messages)
    if isinstance(error, NotAllowed):
        return Problem(403, code, detail)
    if isinstance(error, StaleRevision):
        return Problem(409, code, detail, **_texts(error))
    members = {"reasons": list(error.messages)} if len(error.messages) > 1 else {}
    return Problem(409 if code in OF_THE_STATE else 422, code, detail, **members)


def _texts(error: StaleRevision) -> dict[str, Any]:
    """All three texts, so that nothing typed is lost, and the merge by paragraph where there is one."""
    return {
        "language": error.note.language,
        "base_rev": error.base_rev,
        "rev": error.note.rev,
        "base": error.base,
        "theirs": error.theirs,
        "mine": error.mine,
        "merged": merge_paragraphs(error.base, error.mine, error.theirs),
    }


def _told(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return {
            "detail": _("Look at the fields named in errors."),
            "code": "invalid",
            "errors": [
                {"field": field, "code": one.code, "detail": str(FIELD_MESSAGES.get(one.code, one))}
                for field, found in error.detail.items()
                for one in found
            ],
        }
    code = error.detail.code
    plain = code == error.default_code and code in DETAILS
    members = getattr(error, "members", {})
    return {"detail": str(DETAILS[code] if plain else error.detail), "code": code, **members}
