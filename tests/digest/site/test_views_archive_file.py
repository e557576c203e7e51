import io
from email.utils import parsedate_to_datetime
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils import timezone

from digest.editing.publishing import publish_digest, unpublish_digest
from digest.models import Digest, Entry
from digest.reading.archive_offer import CURRENT, current_offer
from tests.build import build_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(settings, tmp_path, paul):
    """An archive of one public digest, built a moment ago."""
    settings.NARANHI_ARCHIVE_DIR = str(tmp_path)
    build_entry("2024-10-30", tags=["moe"])
    publish_digest(digest=Digest.objects.get(), by=paul, acknowledge=True)
    call_command("build_archive", stdout=io.StringIO())
    return current_offer()


def body(answer):
    return b"".join(answer.streaming_content)


def test_whole_file_with_what_a_client_needs_to_keep_it(client, offer):
    answer = client.get("/archive.zip", HTTP_ACCEPT_ENCODING="gzip, br")
    data = body(answer)
    assert (answer.status_code, data) == (200, offer.path.read_bytes())
    assert ZipFile(io.BytesIO(data)).testzip() is None
    headers = answer.headers
    assert headers["ETag"] == f'"{offer.sha256}"'
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Length"] == str(offer.size)
    assert (
        headers["Content-Disposition"]
        == f'attachment; filename="naranhi-{timezone.localdate(offer.changed)}.zip"'
    )
    assert headers["Cache-Control"] == "public, no-cache"
    assert headers["Accept-Ranges"] == "bytes"
    assert parsedate_to_datetime(headers["Last-Modified"]) == offer.written
    assert "Content-Encoding" not in headers
    assert not {"Set-Cookie"} & set(headers)
    assert "Cookie" not in headers.get("Vary", "")


def test_head_says_the_same_and_sends_nothing(client, offer):
    answer, whole = client.head("/archive.zip"), client.get("/archive.zip")
    body(whole)
    names = ("ETag", "Content-Length", "Content-Type", "Last-Modified", "Accept-Ranges", "Cache-Control")
    assert [answer[name] for name in names] == [whole[name] for name in names]
    assert (answer.status_code, answer.content) == (200, b"")


def test_repeat_is_answered_with_304(client, offer):
    for condition in (
        {"HTTP_IF_NONE_MATCH": f'"{offer.sha256}"'},
        {"HTTP_IF_MODIFIED_SINCE": client.head("/archive.zip")["Last-Modified"]},
    ):
        answer = client.get("/archive.zip", **condition)
        assert (answer.status_code, answer.content) == (304, b"")
    assert client.get("/archive.zip", HTTP_IF_MATCH='"other"').status_code == 412


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=10-999999999", 10, None),
        ("bytes=0-0", 0, 0),
    ],
)
def test_a_part(client, offer, asked, first, last):
    data = offer.path.read_bytes()
    first = first % offer.size if first < 0 else first
    last = offer.size - 1 if last is None else last
    answer = client.get("/archive.zip", HTTP_RANGE=asked)
    assert (answer.status_code, body(answer)) == (206, data[first : last + 1])
    assert answer["Content-Range"] == f"bytes {first}-{last}/{offer.size}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["ETag"] == f'"{offer.sha256}"'


def test_all_parts_together_are_the_file(client, offer):
    parts = [
        body(client.get("/archive.zip", HTTP_RANGE=f"bytes={n}-{n + 999}"))
        for n in range(0, offer.size, 1_000)
    ]
    assert b"".join(parts) == offer.path.read_bytes()


@pytest.mark.parametrize(
    "asked",
    ["bytes=9-5", "bytes=-", "bytes=0-1,3-4", "lines=0-9", "bytes=x-9", "", "bytes=0-", f"bytes={'9' * 20}-"],
)
def test_what_is_no_part_gets_the_whole(client, offer, asked):
    answer = client.get("/archive.zip", HTTP_RANGE=asked)
    assert (answer.status_code, len(body(answer))) == (200, offer.size)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_beyond_the_end(client, offer, asked):
    answer = client.get("/archive.zip", HTTP_RANGE=asked)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (
        416,
        f"bytes */{offer.size}",
        b"",
    )


def test_the_rest_of_another_file_is_never_given(client, offer):
    modified = client.head("/archive.zip")["Last-Modified"]
    for condition, status in (
        (f'"{offer.sha256}"', 206),
        (modified, 206),
        ('"other"', 200),
        ("yesterday", 200),
    ):
        answer = client.get("/archive.zip", HTTP_RANGE="bytes=0-9", HTTP_IF_RANGE=condition)
        body(answer)
        assert answer.status_code == status, condition


def nothing(client):
    answer = client.get("/archive.zip")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.status_code, "There is no archive to download" in answer.content.decode()


def test_none_was_built(client, settings, tmp_path):
    assert nothing(client) == (404, True)
    settings.NARANHI_ARCHIVE_DIR = str(tmp_path)
    assert nothing(client) == (404, True)
    assert client.post("/archive.zip").status_code == 405


def test_an_unpublished_digest_takes_the_archive_away_at_once(client, offer, paul):
    unpublish_digest(digest=Digest.objects.get(), by=paul)
    for condition in ({}, {"HTTP_IF_NONE_MATCH": f'"{offer.sha256}"'}, {"HTTP_RANGE": "bytes=0-9"}):
        assert client.get("/archive.zip", **condition).status_code == 404
    assert client.head("/archive.zip").status_code == 404
    publish_digest(digest=Digest.objects.get(), by=paul, acknowledge=True)
    assert nothing(client) == (404, True)
    call_command("build_archive", stdout=io.StringIO())
    assert body(client.get("/archive.zip"))


def test_a_file_that_went_missing_is_none(client, offer):
    offer.path.unlink()
    assert nothing(client) == (404, True)


@pytest.mark.parametrize("edition", ["/", "/ko/", "/en/"])
def test_about_names_it_while_it_is_there(client, offer, edition):
    page = client.get(f"{edition}about/").content.decode()
    assert 'href="/archive.zip"' in page
    assert f"{timezone.localdate(offer.changed):%Y.%m.%d}" in page
    Entry.objects.update(publish_at=None)
    assert "/archive.zip" not in client.get(f"{edition}about/").content.decode()


def test_about_asks_nothing_of_the_database_where_none_is_built(
    client, settings, tmp_path, django_assert_num_queries
):
    settings.NARANHI_ARCHIVE_DIR = str(tmp_path)
    assert not (tmp_path / CURRENT).exists()
    with django_assert_num_queries(0):
        client.get("/about/")
