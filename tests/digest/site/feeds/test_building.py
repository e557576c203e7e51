"""Ids that never change, and moments that move with what readers see: through the verbs editors use."""

import datetime

import pytest

from digest.editing.arranging import delete_entry
from digest.editing.indexing import index_entries
from digest.editing.tagging import set_tags
from digest.editing.workflow import approve, publish_note, save_note, submit
from digest.models import Digest, Entry, Note
from tests.build import build_entry
from tests.digest.site.feeds.conftest import ATOM, every_feed, scopes

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    """Two entries of one digest and one of another, known to readers as they are."""
    found = [
        build_entry("2024-10-30", title=title, en="A note", tags=["scaling-law"], authors=["Kun Xu"])
        for title in ("First", "Second")
    ]
    found.append(build_entry("2024-10-29", title="Third", en="A note", tags=["moe"], authors=["Kun Xu"]))
    index_entries([entry.pk for entry in found])
    Entry.objects.update(changed_at=None)
    return found


@pytest.fixture
def moments(told):
    """``moments()``: {feed: {id: date_modified}} of every JSON feed."""

    def read():
        return {
            path: {item["id"]: item["date_modified"] for item in told(path)["items"]}
            for path in every_feed()
            if ".json" in path
        }

    return read


def rewrite(entry, by, reviewer, body):
    """A draft, sent to review and approved: nothing of it is public yet."""
    note = Note.objects.get(entry=entry, language="ko")
    note = save_note(entry=entry, language="ko", body=body, by=by, rev=note.rev)
    note = submit(note=note, by=by, rev=note.rev)
    return approve(note=note, by=reviewer, rev=note.rev)


def test_a_live_edit_keeps_every_id_and_moves_its_own_items_alone(entries, moments, minji, rina, paul):
    before = moments()
    note = rewrite(entries[0], minji, rina, "새 노트")
    assert moments() == before
    publish_note(note=note, by=paul, rev=note.rev)
    after = moments()
    assert {path: list(items) for path, items in after.items()} == {
        path: list(items) for path, items in before.items()
    }
    moved = {key for path in after for key in after[path] if after[path][key] != before[path][key]}
    first = entries[0].pk
    editions = ("both", "ko", "en")
    expected = {f"tag:localhost,2026:{edition}/entries/{first}" for edition in editions}
    [author] = scopes()["author_feed"][0]
    places = ("feeds", f"feeds/authors/{author}", "feeds/tags/moe,scaling-law")
    expected |= {
        f"tag:localhost,2026:{edition}/{place}/digests/2024-10-30" for edition in editions for place in places
    }
    expected |= {
        f"tag:localhost,2026:{edition}/feeds/search/digests?q=note/2024-10-30" for edition in editions
    }
    assert moved == expected
    assert all(after[path][key] > before[path][key] for path in after for key in moved & set(after[path]))


def test_the_feed_moves_with_its_newest_item(entries, atom, minji, rina, paul):
    before = atom("/feeds/papers.atom").findtext(f"{ATOM}updated")
    note = rewrite(entries[2], minji, rina, "새 노트")
    publish_note(note=note, by=paul, rev=note.rev)
    root = atom("/feeds/papers.atom")
    updated = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert root.findtext(f"{ATOM}updated") == updated[2] > before == updated[0]


def test_new_tags_of_one_entry_move_no_other(entries, moments, paul):
    before = moments()["/ko/feeds/papers.json"]
    set_tags(entries[1], ["scaling-law", "agents"], by=paul)
    after = moments()["/ko/feeds/papers.json"]
    second = f"tag:localhost,2026:ko/entries/{entries[1].pk}"
    assert {key for key in after if after[key] != before[key]} == {second}


def test_an_entry_that_leaves_moves_its_digest_and_the_feed(entries, moments, atom, paul):
    before = moments()["/feeds/digests.json"]
    delete_entry(entry=entries[0], by=paul)
    after = moments()["/feeds/digests.json"]
    assert {key.rpartition("/")[2] for key in after if after[key] != before[key]} == {"2024-10-30"}
    left = Digest.objects.get(date="2024-10-30").changed_at
    updated = atom("/feeds/papers.atom").findtext(f"{ATOM}updated")
    assert datetime.datetime.fromisoformat(updated) == left


def test_one_id_in_all_formats_and_another_in_every_language_and_feed(entries, client, told, atom):
    for path in ("/ko/feeds/papers", "/feeds/digests", "/en/feeds/tags/moe/digests"):
        ids = [item["id"] for item in told(f"{path}.json")["items"]]
        assert [entry.findtext(f"{ATOM}id") for entry in atom(f"{path}.atom").iter(f"{ATOM}entry")] == ids
        rss = client.get(f"{path}.rss").content.decode()
        assert [guid.split("</guid>")[0] for guid in rss.split('isPermaLink="false">')[1:]] == ids
    feeds = {path: atom(path).findtext(f"{ATOM}id") for path in every_feed() if ".atom" in path}
    assert len(set(feeds.values())) == len(feeds) == 24
    items = {
        path: {item["id"] for item in told(f"{path}.json")["items"]}
        for path in (
            "/feeds/papers",
            "/ko/feeds/papers",
            "/en/feeds/papers",
            "/feeds/digests",
            "/ko/feeds/digests",
        )
    }
    items["tag"] = {item["id"] for item in told("/feeds/tags/moe/digests.json")["items"]}
    assert sum(map(len, items.values())) == len(set().union(*items.values()))


def test_who_follows_two_tags_gets_a_paper_once(entries, told, paul):
    set_tags(entries[0], ["moe", "scaling-law"], by=paul)
    found = [told(f"/feeds/tags/{tag}/papers.json")["items"] for tag in ("moe", "scaling-law")]
    assert found[0][0] == found[1][0]


def test_ids_outlive_a_move_of_the_site(entries, told, settings):
    before = [item["id"] for item in told("/feeds/papers.json")["items"]]
    settings.SITE_URL = "https://elsewhere.example"
    [first, *_] = found = told("/feeds/papers.json")["items"]
    assert [item["id"] for item in found] == before
    assert first["url"].startswith("https://elsewhere.example/papers/")
