"""Kept answers: what is kept, for whom, how long, and that nobody ever reads an old one. The team is in tests/conftest.py."""

import datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.search_terms import delete_search_terms, save_search_term
from digest.editing.tagging import rename_tag
from digest.editing.versioning import move_public_version
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Note, SearchTerm, Tag, public_version
from digest.site.byte_cache import LARGEST, ByteCache, Kept, Shelf
from tests.build import build_entry

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 1, 3, 20, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(minutes=30)
DAY = "/digests/2024-10-30/"


@pytest.fixture
def entry(paul):
    """Public by the verbs, which is what moves the version."""
    entry = build_entry("2024-10-30", title="Batch size", public=False, tags=["moe"])
    Note.objects.update(state="approved")
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    return Entry.objects.get()


@pytest.fixture
def reader(settings):
    """A browser of a site that keeps its pages."""
    settings.NARANHI_PAGE_CACHE_MB = 1
    return Client(headers={"host": "localhost"})


def queries(reader, path, **options):
    with CaptureQueriesContext(connection) as found:
        response = reader.get(path, **options)
    return len(found), response


def test_a_page_costs_its_rows_once(entry, reader):
    first, made = queries(reader, DAY)
    again, kept = queries(reader, DAY)
    assert first > 3
    assert again == 1  # the version
    assert (kept.content, dict(kept.headers)) == (made.content, dict(made.headers))


def test_compressed_and_plain_answers_are_kept_apart(entry, reader):
    packed = reader.get(DAY, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in reader.get(DAY)
    count, again = queries(reader, DAY, headers={"accept-encoding": "br, gzip"})
    assert (count, again.content) == (1, packed.content)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_page_gets_304_even_first(entry, reader, encoding):
    plain = Client(headers={"host": "localhost"}).get(DAY, headers={"accept-encoding": encoding})
    headers = {"accept-encoding": encoding, "if-none-match": plain["ETag"]}
    first = reader.get(DAY, headers=headers)
    count, second = queries(reader, DAY, headers=headers)
    assert [(answer.status_code, answer.content) for answer in (first, second)] == [(304, b"")] * 2
    assert (count, second["ETag"], second["Cache-Control"]) == (1, plain["ETag"], plain["Cache-Control"])
    whole = reader.get(DAY, headers={"accept-encoding": encoding})
    assert whole.status_code == 200
    assert sum(len(f"{name}: {value}") + 2 for name, value in second.items()) < 300


def test_every_public_change_is_seen_at_once(entry, reader, paul):
    assert b"Batch size" in reader.get(DAY).content
    rename_tag(tag=Tag.objects.get(), name="mixture", by=paul)
    assert b"mixture" in reader.get(DAY).content
    unpublish_digest(digest=entry.digest, by=paul)
    assert reader.get(DAY).status_code == 404
    publish_digest(digest=Digest.objects.get(), by=paul, acknowledge=True)
    assert reader.get(DAY).status_code == 200


def test_a_change_that_is_taken_back_leaves_the_number(entry, paul):
    before = public_version()
    with transaction.atomic():
        unpublish_digest(digest=entry.digest, by=paul)
        transaction.set_rollback(True)
    assert public_version() == before


def test_a_draft_moves_nothing(entry, minji):
    before = public_version()
    note = entry.notes.get(language="ko")
    save_note(entry=entry, language="ko", body="다른 글", by=minji, rev=note.rev)
    assert public_version() == before


def test_search_terms_move_it(boss):
    before = public_version()
    term = save_search_term(term=SearchTerm(forms="노트\nnote"), by=boss)
    changed = public_version()
    delete_search_terms(terms=[term], by=boss)
    assert before < changed < public_version()


def test_the_clock_opens_and_closes(settings, paul, reader):
    time_machine = pytest.importorskip("time_machine", reason="pip install -r requirements-dev.txt")
    with time_machine.travel(NOW, tick=False) as clock:
        entry = build_entry("2024-10-30", public=False)
        Note.objects.update(state="approved")
        publish_digest(
            digest=entry.digest,
            by=paul,
            publish_at=LATER,
            unpublish_at=LATER + datetime.timedelta(minutes=5),
            acknowledge=True,
        )
        assert [shown(reader), shown(reader)] == [(False, 404)] * 2
        clock.move_to(LATER)
        assert [shown(reader), shown(reader)] == [(True, 200)] * 2
        clock.shift(datetime.timedelta(minutes=5))
        assert [shown(reader), shown(reader)] == [(False, 404)] * 2


def shown(reader):
    """Whether the front page names the digest, which is kept either way, and what its own address answers."""
    return DAY.encode() in reader.get("/").content, reader.get(DAY).status_code


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/api/v1/desk/", "/static/site/site.css", "/digests/1995-01-01/"]
)
def test_what_is_not_everybodys_or_not_there_is_never_kept(entry, reader, path):
    reader.get(path)
    count, _again = queries(reader, path)
    middleware = next_cache(reader)
    assert count != 1 or path.startswith("/static/") or path == "/digests/1995-01-01/"
    assert [key for key in middleware.shelf.kept if key[0] == path] == []


def next_cache(reader):
    """The middleware object of a client's handler."""
    chain = reader.handler._middleware_chain
    while not isinstance(chain, ByteCache):
        chain = chain.__wrapped__ if hasattr(chain, "__wrapped__") else chain.get_response
    return chain


def test_a_foreign_host_is_refused_as_ever(entry, reader):
    reader.get(DAY)
    assert reader.get(DAY, headers={"host": "evil.example"}).status_code == 400


def test_a_signed_in_editor_leaves_no_trace(entry, reader, paul):
    reader.force_login(paul)
    made = reader.get(DAY)
    assert "Set-Cookie" not in made.headers
    assert queries(Client(headers={"host": "localhost"}), DAY)[1].content == made.content


def test_other_methods_pass_by(entry, reader):
    reader.get(DAY)
    assert reader.post(DAY).status_code == 405
    count, head = queries(reader, DAY)
    assert (count, head.status_code) == (1, 200)


def kept(size):
    return Kept(200, (), b"x" * size)


def test_the_shelf_keeps_what_was_asked_for_last():
    shelf = Shelf(room=4_000)
    for name in "abc":
        shelf.put((name, False), kept(300), 1, LATER)
    assert shelf.get(("a", False), 1, NOW)
    shelf.put(("d", False), kept(300), 1, LATER)
    assert [name for name, _ in shelf.kept] == ["c", "a", "d"]
    assert shelf.size == 3 * 1_300
    shelf.put(("a", False), kept(100), 1, LATER)
    assert shelf.size == 3 * 1_300 - 200


def test_the_shelf_is_of_one_version_and_one_moment():
    shelf = Shelf(room=10_000)
    shelf.put(("a", False), kept(1), 2, LATER)
    shelf.put(("old", False), kept(1), 1, LATER)
    shelf.put(("large", False), kept(LARGEST), 2, LATER)
    assert list(shelf.kept) == [("a", False)]
    assert shelf.get(("a", False), 3, NOW) is None
    assert shelf.get(("a", False), 2, LATER) is None
    shelf.put(("b", False), kept(1), 3, LATER)
    assert list(shelf.kept) == [("b", False)]


def test_the_number_begins_with_the_first_change(db):
    assert public_version() == 0
    move_public_version()
    move_public_version()
    assert public_version() == 2
