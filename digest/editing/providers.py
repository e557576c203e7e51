"""Machine translation by an outside service, only where settings name one. docs/settings.md, NARANHI_SUGGESTIONS.

One request to the one configured address: no redirect is followed and no proxy used, so nothing goes elsewhere.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from digest.editing.errors import Refused

TIMEOUT = 20.0  # seconds for the whole answer; a web worker is given 30
MAX_ANSWER = 200_000  # bytes; the longest note is 20,000 characters
NAMES = {"ko": "Korean", "en": "English"}

Glossary = Sequence[tuple[str, str]]


class Provider(Protocol):
    """A service that translates one text."""

    def translate(self, text: str, source: str, target: str, glossary: Glossary) -> str:
        """``text`` from language ``source`` into ``target`` (``"ko"``, ``"en"``), with the glossary's pairs in mind.

        Raises Refused, with a message for the editor, when no usable answer comes.
        """


@dataclass(frozen=True, slots=True)
class ChatProvider:
    """An OpenAI-compatible chat endpoint; ``url`` is the whole address, ``…/v1/chat/completions``."""

    url: str
    model: str
    key: str = field(repr=False)

    def translate(self, text: str, source: str, target: str, glossary: Glossary) -> str:
        rules = (
            f"Translate the user's note from {NAMES[source]} into {NAMES[target]}. It is a comment on a machine-learning "
            "paper. Keep paragraphs, list marks, links, numbers, formulas and [[titles]] as they are. "
            "Answer with the translation alone."
        )
        if glossary:
            rules += " Use these terms: " + "; ".join(f"{word} = {term}" for word, term in glossary) + "."
        messages = [{"role": "system", "content": rules}, {"role": "user", "content": text}]
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        answer = _post(self.url, headers, {"model": self.model, "messages": messages, "temperature": 0})
        return _found(answer, "choices", 0, "message", "content")


@dataclass(frozen=True, slots=True)
class DeepLProvider:
    """DeepL's API; ``url`` is the whole address, ``https://api.deepl.com/v2/translate``."""

    url: str
    key: str = field(repr=False)

    def translate(self, text: str, source: str, target: str, glossary: Glossary) -> str:
        body: dict[str, Any] = {
            "text": [text],
            "source_lang": source.upper(),
            "target_lang": {"ko": "KO", "en": "EN-US"}[target],
            "preserve_formatting": True,
        }
        if glossary:
            # A hint, not an order: DeepL's own glossaries would have to be kept there.
            body["context"] = "; ".join(f"{word} = {term}" for word, term in glossary)
        answer = _post(self.url, {"Authorization": f"DeepL-Auth-Key {self.key}"}, body)
        return _found(answer, "translations", 0, "text")


def configured_provider() -> Provider | None:
    """The service that settings name, or None: suggestions are off."""
    url, key = settings.SUGGESTIONS_URL, settings.SUGGESTIONS_KEY
    if settings.SUGGESTIONS == "openai":
        return ChatProvider(url, settings.SUGGESTIONS_MODEL, key)
    return DeepLProvider(url, key) if settings.SUGGESTIONS == "deepl" else None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as the error it then is: the key must not travel to another address."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _post(url: str, headers: dict[str, str], body: dict[str, Any]) -> Any:
    """The service's JSON answer. Errors are re-raised without their cause, which may hold the request's headers."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 - https, or this machine: settings saw to it
        url,
        data,
        {"Content-Type": "application/json", "Accept": "application/json", **headers},
        method="POST",
    )
    try:
        raw = _read(request)
    except urllib.error.HTTPError as error:
        error.close()
        raise Refused(
            _STATUS.get(error.code, _FAILED), code="provider", params={"status": error.code}
        ) from None
    except TimeoutError:
        raise Refused(_TOO_SLOW, code="provider") from None
    except (OSError, http.client.HTTPException) as error:
        slow = isinstance(getattr(error, "reason", None), TimeoutError)
        raise Refused(_TOO_SLOW if slow else _UNREACHABLE, code="provider") from None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused(_JUNK, code="provider") from None


def _read(request: urllib.request.Request) -> bytes:
    """The answer's bytes. A timeout alone bounds each step, not their sum: a drip could go on for ever."""
    until = time.monotonic() + TIMEOUT
    raw = b""
    with _OPENER.open(request, timeout=TIMEOUT) as response:
        while chunk := response.read1(65_536):
            raw += chunk
            if len(raw) > MAX_ANSWER:
                raise Refused(_TOO_LONG, code="provider")
            if time.monotonic() > until:
                raise TimeoutError
    return raw


def _found(answer: Any, *path: str | int) -> str:
    """The text at that place of the answer."""
    for step in path:
        try:
            answer = answer[step]
        except (LookupError, TypeError):
            raise Refused(_JUNK, code="provider") from None
    if not isinstance(answer, str) or not answer.strip():
        raise Refused(_JUNK, code="provider")
    return answer


_FAILED = _("The suggestion service answered with an error (%(status)d).")
_REJECTED = _("The suggestion service refused our key; tell whoever runs this site.")
_BUSY = _("The suggestion service has too much to do or our quota is used up; try again later.")
_STATUS = {401: _REJECTED, 403: _REJECTED, 429: _BUSY, 456: _BUSY, 503: _BUSY}
_TOO_SLOW = _("The suggestion service took too long; try again later.")
_UNREACHABLE = _("The suggestion service cannot be reached.")
_TOO_LONG = _("The suggestion service answered with far too much.")
_JUNK = _("The suggestion service answered with something that is no translation.")
