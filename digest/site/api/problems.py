"""Why a request was refused, as application/problem+json (RFC 9457), in English and Korean at once.

Both languages stand in every answer, so nothing has to be negotiated and everyone gets the same bytes.
"""

import json
import math
from typing import Any, NamedTuple, TypeVar

from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

Answer = TypeVar("Answer", bound=HttpResponse)
PROBLEM_JSON = "application/problem+json"
PREFIX, DESK = "/api/v1/", "/api/v1/desk/"


class Said(NamedTuple):
    """A sentence in both languages."""

    en: str
    ko: str


TITLES = {
    400: Said("The request is not valid", "요청이 올바르지 않습니다"),
    403: Said("Not permitted", "허용되지 않습니다"),
    404: Said("Not found", "찾을 수 없습니다"),
    405: Said("No such method here", "이 주소에는 그런 메서드가 없습니다"),
    406: Said("Only JSON is here", "JSON만 제공합니다"),
    429: Said("Too many requests", "요청이 너무 많습니다"),
    500: Said("Something broke", "문제가 생겼습니다"),
}
DETAILS = {
    400: Said("The request cannot be read.", "요청을 읽을 수 없습니다."),
    403: Said("This is not open to you.", "열람할 수 없습니다."),
    404: Said("There is nothing here that readers may see.", "독자에게 공개된 것이 없습니다."),
    405: Said("The header Allow names the methods.", "가능한 메서드는 Allow 헤더에 있습니다."),
    406: Said("Accept application/json, or send no Accept at all.", "Accept에 application/json을 넣거나 Accept를 보내지 마세요."),
    429: Said("The header Retry-After says when to try again.", "다시 시도할 때는 Retry-After 헤더에 있습니다."),
    500: Said("It is not your request's fault; we have a record of it.", "요청의 잘못이 아니며 기록되었습니다."),
}  # fmt: skip
CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    429: "throttled",
    500: "server_error",
}
LOOK = Said("Look at the parameters named in errors.", "errors에 적힌 매개변수를 확인하세요.")
TWICE = Said("Give this once.", "한 번만 적으세요.")
# How long a shared cache may keep an error. What depends on who or how one asks is kept nowhere.
AGES = {400: 60, 404: 10}


class Refused(exceptions.APIException):
    """400 with the parameters that are wrong; each has a code and a sentence."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__()
        self.errors = errors


def fault(parameter: str, code: str, said: Said) -> dict[str, str]:
    """One of ``errors``."""
    return {"parameter": parameter[:100], "code": code, "detail": said.en, "detail_ko": said.ko}


def unknown(parameter: str, known: list[str]) -> dict[str, str]:
    """A parameter that is not there, with those that are."""
    names = ", ".join(known)
    said = Said(
        f"There is no such parameter; known: {names}.", f"그런 매개변수가 없습니다. 가능한 것: {names}."
    )
    return fault(parameter, "unknown", said)


def below_api(path: str) -> bool:
    """Whether an address belongs to the readers' API, also where nothing answers to it."""
    return path.startswith(PREFIX) and not path.startswith(DESK)


def problem_page(status: int) -> HttpResponse:
    """For Django's own handlers, where no view of the API was reached or one broke."""
    body = json.dumps(_body(status), ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, status=status, content_type=PROBLEM_JSON)
    return with_cache_headers(response)


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler; None, and so Django's handler for 500, for what nobody foresaw."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if not isinstance(error, exceptions.APIException):
        return None
    status = error.status_code if error.status_code in TITLES else 400
    response = Response(_body(status, getattr(error, "errors", None)), status, content_type=PROBLEM_JSON)
    if getattr(error, "wait", None) is not None:
        response.headers["Retry-After"] = str(max(math.ceil(error.wait), 1))
    return response


def _body(status: int, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    detail = LOOK if errors else DETAILS[status]
    told = {"errors": errors} if errors else {}
    return {
        "type": "about:blank",
        "title": TITLES[status].en,
        "title_ko": TITLES[status].ko,
        "status": status,
        "detail": detail.en,
        "detail_ko": detail.ko,
        "code": "invalid" if errors else CODES[status],
        **told,
    }


def allow_other_sites(response: HttpResponse) -> None:
    """Scripts of other sites may read an answer, as nothing in it depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def with_cache_headers(response: Answer) -> Answer:
    """What every answer says of itself to caches and search engines."""
    age = AGES.get(response.status_code)
    response.headers.setdefault("Cache-Control", f"public, max-age={age}" if age else "no-store")
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Language"] = "ko, en"
    return response
