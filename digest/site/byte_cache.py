"""Ready answers of the public pages, kept in each process and good for one state of what readers may see.

The first middleware behind SecurityMiddleware: a hit is one look at one row and no more. An answer is kept whole, with
the headers of every middleware below, compressed as it was; it never holds a cookie, because no public page sets one.

What is kept is dropped when the public version has moved (``digest.models.public_version``, written in the transaction
of the change) or when an entry's window opens or closes, which only the clock says. So no process shows an old byte
after a change is committed, however many there are and without telling each other.
"""

import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from digest.models import next_opening, public_version

Handler = Callable[[HttpRequest], HttpResponse]
Key = tuple[str, bool]
# Never kept: what is somebody's own, and what is not made of rows.
PRIVATE = ("/admin/", "/api/v1/desk/", settings.STATIC_URL)
KEPT_STATUSES = (200, 301, 302)
LONGEST_ADDRESS = 1_000
# Of one answer; a longer one is made anew each time rather than pushing a hundred others out.
LARGEST = 2_000_000
OVERHEAD = 1_000  # what an answer's headers and its place cost, about, in bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, as it goes out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content) + OVERHEAD

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, status=self.status, headers=dict(self.headers))


@dataclass(slots=True)
class Shelf:
    """The answers of one process by address, the least recently asked for first; at most ``room`` bytes."""

    room: int
    version: int = -1
    until: datetime.datetime | None = None
    size: int = 0
    kept: OrderedDict[Key, Kept] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Key, version: int, now: datetime.datetime) -> Kept | None:
        """What is kept under ``key`` for this version at this moment."""
        with self.lock:
            if version != self.version or self.until is None or now >= self.until:
                return None
            found = self.kept.get(key)
            if found is not None:
                self.kept.move_to_end(key)
            return found

    def put(self, key: Key, answer: Kept, version: int, until: datetime.datetime) -> None:
        """Keep ``answer``, made while ``version`` was the version. A later one empties the shelf first."""
        with self.lock:
            if version < self.version or answer.size > LARGEST:
                return
            if (version, until) != (self.version, self.until):
                self.kept.clear()
                self.version, self.until, self.size = version, until, 0
            old = self.kept.pop(key, None)
            self.size += answer.size - (old.size if old else 0)
            self.kept[key] = answer
            while self.size > self.room:
                self.size -= self.kept.popitem(last=False)[1].size


class ByteCache:
    """The middleware. ``NARANHI_PAGE_CACHE_MB`` is its room in each process; 0 takes it out."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.NARANHI_PAGE_CACHE_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf(settings.NARANHI_PAGE_CACHE_MB * 1_000_000)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        try:
            version = public_version()
        except DatabaseError:
            return self.get_response(request)
        now = timezone.now()
        kept = self.shelf.get(key, version, now)
        if kept is None:
            return self._made(request, key, version, now)
        request.get_host()  # a host that is not ours is refused here as everywhere
        return _conditional(request, kept.response())

    def _made(self, request: HttpRequest, key: Key, version: int, now: datetime.datetime) -> HttpResponse:
        """Make the answer whole, whatever the client has already, and keep it if it is everybody's."""
        asked = {
            name: request.META.pop(name, None) for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
        }
        until = next_opening(now)
        response = self.get_response(request)
        request.META |= {name: value for name, value in asked.items() if value is not None}
        if request.method == "GET" and keepable(response):
            kept = Kept(response.status_code, tuple(response.items()), response.content)
            self.shelf.put(key, kept, version, until)
        return _conditional(request, response)


def key_of(request: HttpRequest) -> Key | None:
    """The address and whether the answer may be compressed; None for what is never kept."""
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(PRIVATE):
        return None
    address = request.get_full_path()
    if len(address) > LONGEST_ADDRESS:
        return None
    return address, "gzip" in request.headers.get("Accept-Encoding", "")


def keepable(response: HttpResponse) -> bool:
    """Whole answers that are everybody's: those that say so, set no cookie and depend on nothing but the address."""
    control = response.headers.get("Cache-Control", "")
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")} - {""}
    return (
        response.status_code in KEPT_STATUSES
        and not response.streaming
        and "public" in control
        and "no-store" not in control
        and "no-cache" not in control
        and not response.cookies
        and vary <= {"accept-encoding"}
    )


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 without a body for who has these bytes."""
    if response.status_code != 200:
        return response
    return get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
