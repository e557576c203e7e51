"""The whole public site as a download that can be gone on with, for as long as all of it may be seen."""

import re
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from digest.reading.archive_offer import Offer, current_offer
from digest.site.rendering import ERROR_AGE, public_page

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
NOTHING = """\
지금은 내려받을 기록 파일이 없습니다. 매일 밤 새로 만들며, 그사이 내린 글이 있으면 다시 만들 때까지 제공하지 않습니다.

There is no archive to download at the moment. It is made anew every night, and it is not offered from the moment a
text in it is withdrawn until it has been made again.
"""


@public_page
def archive_file(request: HttpRequest) -> HttpResponseBase:
    """Asked again each time it is used (``no-cache``), so that no cache keeps what is not public any more."""
    offer = current_offer()
    if offer is None:
        return _nothing()
    headers = _headers(offer)
    modified = int(offer.written.timestamp())
    plain = HttpResponse(content_type="application/zip", headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], last_modified=modified, response=plain)
    if answer is not None and answer is not plain:
        return answer
    first, last = _part_asked_for(request, offer)
    if first > last:
        plain.status_code = 416
        plain["Content-Range"] = f"bytes */{offer.size}"
        return plain
    if last - first + 1 < offer.size:
        plain.status_code = 206
        plain["Content-Range"] = f"bytes {first}-{last}/{offer.size}"
    plain["Content-Length"] = last - first + 1
    return plain if request.method == "HEAD" else _send(request, plain, offer, first)


class Part:
    """So many bytes of an open file, read as they are asked for."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self.file, self.left = file, length

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()


def _nothing() -> HttpResponse:
    headers = {"Cache-Control": f"public, max-age={ERROR_AGE}"}
    return HttpResponse(NOTHING, "text/plain; charset=utf-8", status=404, headers=headers)


def _headers(offer: Offer) -> dict[str, str]:
    return {
        "ETag": f'"{offer.sha256}"',
        "Last-Modified": http_date(offer.written.timestamp()),
        "Cache-Control": "public, no-cache",
        "Accept-Ranges": "bytes",
        "Content-Disposition": f'attachment; filename="naranhi-{timezone.localdate(offer.changed)}.zip"',
        "X-Robots-Tag": "noindex",
    }


def _part_asked_for(request: HttpRequest, offer: Offer) -> tuple[int, int]:
    """First and last byte; the first behind the last if there is no such part. Several parts are not given."""
    whole = 0, offer.size - 1
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    same = request.headers.get("If-Range") in (
        None,
        f'"{offer.sha256}"',
        http_date(offer.written.timestamp()),
    )
    if match is None or not same or not (match[1] or match[2]):
        return whole
    if not match[1]:  # the last so many
        length = int(match[2])
        return (max(0, offer.size - length), whole[1]) if length else (1, 0)
    first, last = int(match[1]), int(match[2] or 10**15)
    if last < first:
        return whole
    return (first, min(last, whole[1])) if first < offer.size else (1, 0)


def _send(request: HttpRequest, plain: HttpResponse, offer: Offer, first: int) -> HttpResponseBase:
    try:
        file = offer.path.open("rb")
    except FileNotFoundError:  # replaced by the next one a moment ago
        return _nothing()
    file.seek(first)
    headers = dict(plain.items())
    body = Part(file, int(headers["Content-Length"]))
    # GZipMiddleware would compress the zip again and drop its length.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    content_type = headers.pop("Content-Type")
    return FileResponse(body, content_type=content_type, status=plain.status_code, headers=headers)
