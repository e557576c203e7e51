"""What arXiv says of a paper, asked by its id. Off unless ARXIV_API names the service.

Source: https://info.arxiv.org/help/api/user-manual.html (Atom; no more than one request in three seconds).
"""

import http.client
import time
import unicodedata
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote, urlencode

# Enough here: read_answer() refuses a document type, and without one there are no entities to expand.
from xml.etree import ElementTree

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from papers.identifiers import arxiv_url, normalise_arxiv_id

TIMEOUT = 10  # seconds for a connection or a read, and for the whole answer to arrive
PAUSE = 3  # seconds between two requests, for all processes that share the cache
MAX_BYTES = 2_000_000
_TURN = "papers.arxiv.turn"
_ATOM = "{http://www.w3.org/2005/Atom}"
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class ArxivPaper:
    """A paper as arXiv prints it, each text on one line. ``abstract`` keeps its TeX."""

    arxiv_id: str
    title: str
    authors: tuple[str, ...]
    abstract: str

    @property
    def url(self) -> str:
        return arxiv_url(self.arxiv_id)


class ArxivFailed(Exception):
    """Nothing was learnt; the message says why, for the editor who asked."""


def is_on() -> bool:
    """True if the site may ask arXiv."""
    return bool(settings.ARXIV_API)


def fetch_paper(arxiv_id: str) -> ArxivPaper:
    """Ask for one paper by its normalised id. Raises ArxivFailed, within about twice TIMEOUT, for whatever goes wrong."""
    if not is_on():
        raise ArxivFailed(_("This site does not ask arXiv."))
    if not cache.add(_TURN, 1, PAUSE):
        raise ArxivFailed(_("arXiv was asked a moment ago; wait three seconds and try again."))
    request = urllib.request.Request(  # noqa: S310 - settings accept http and https alone
        f"{settings.ARXIV_API}?{urlencode({'id_list': arxiv_id, 'max_results': 1})}",
        headers={"User-Agent": f"{quote(settings.SITE_NAME)} ({settings.SITE_URL})"},
    )
    try:
        with _opener().open(request, timeout=TIMEOUT) as response:
            answer = _read(response)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.client.BAD_REQUEST:  # how arXiv answers an id that it cannot read
            raise ArxivFailed(_unknown(arxiv_id)) from error
        raise ArxivFailed(_("arXiv answered with an error (%(code)d).") % {"code": error.code}) from error
    except (OSError, http.client.HTTPException) as error:
        raise ArxivFailed(_("arXiv did not answer.")) from error
    return read_answer(answer, arxiv_id)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other error: only the configured address is ever asked."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    """HTTP and HTTPS alone: no proxy from the environment, no file or FTP, no redirect."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirect(),
    ):
        opener.add_handler(handler)
    return opener


def _read(response: IO[bytes]) -> bytes:
    """The body; a server that sends byte by byte is given up like one that is silent."""
    deadline = time.monotonic() + TIMEOUT
    body = b""
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise ArxivFailed(_("arXiv's answer is too long."))
        if time.monotonic() > deadline:
            raise TimeoutError
    return body


def read_answer(answer: bytes, arxiv_id: str) -> ArxivPaper:
    """The paper in an Atom answer. Raises ArxivFailed if it is not there or the answer cannot be read."""
    try:
        text = answer.decode()
    except UnicodeDecodeError as error:
        raise ArxivFailed(_("arXiv's answer cannot be read.")) from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ArxivFailed(_("arXiv's answer cannot be read."))
    try:
        entries = ElementTree.fromstring(text).findall(f"{_ATOM}entry")  # noqa: S314 - see the import
    except (ElementTree.ParseError, ValueError) as error:
        raise ArxivFailed(_("arXiv's answer cannot be read.")) from error
    for entry in entries:
        # An error is an entry too, with an address of its own as id.
        if normalise_arxiv_id(_text(entry, "id")) == arxiv_id and _text(entry, "title"):
            names = [_text(author, "name") for author in entry.findall(f"{_ATOM}author")]
            return ArxivPaper(
                arxiv_id, _text(entry, "title"), tuple(filter(None, names)), _text(entry, "summary")
            )
    raise ArxivFailed(_unknown(arxiv_id))


def _text(element: ElementTree.Element, name: str) -> str:
    """The text of a child on one line: Atom breaks titles and abstracts where they were typed."""
    return " ".join(unicodedata.normalize("NFC", element.findtext(f"{_ATOM}{name}") or "").split())


def _unknown(arxiv_id: str) -> str:
    return _("arXiv knows no paper %(id)s.") % {"id": arxiv_id}
