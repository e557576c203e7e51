"""Who may use the verbs that ask for one plain right, whoever calls them."""

import datetime

import pytest

from digest.editing.arranging import (
    add_digest,
    add_entry,
    arrange_entries,
    change_entry,
    delete_entry,
    move_digest,
    undelete_entry,
)
from digest.editing.errors import NotAllowed
from digest.editing.tagging import merge_tags, rename_tag, set_tags
from digest.models import Digest, Entry, Event, Tag
from tests.build import build_entry, build_paper

DAY = datetime.date(2023, 1, 2)
VERBS = {
    "add digest": lambda e, by: add_digest(date=DAY, by=by),
    "add entry": lambda e, by: add_entry(e.digest, build_paper(), by=by),
    "change entry": lambda e, by: change_entry(entry=e, paper=build_paper(), source_language="ko", by=by),
    "arrange": lambda e, by: arrange_entries(e.digest, list(e.digest.entries.order_by("-position")), by=by),
    "delete": lambda e, by: delete_entry(entry=e, by=by),
    "undelete": lambda e, by: undelete_entry(entry=e, by=by),
    "move": lambda e, by: move_digest(digest=e.digest, date=DAY, by=by),
    "tag": lambda e, by: set_tags(e, ["other"], by=by),
    "rename tag": lambda e, by: rename_tag(tag=Tag.objects.get(slug="moe"), name="experts", by=by),
    "merge tags": lambda e, by: merge_tags(
        source=Tag.objects.get(slug="moe"), target=Tag.objects.get(slug="llm"), by=by
    ),
}
WRITERS_TOO = {"add digest", "add entry", "change entry", "arrange", "move", "tag"}


def state():
    return (
        sorted(Digest.objects.values_list("date", "publish_at")),
        sorted(Entry.objects.values_list("pk", "order_key", "paper", "deleted_at")),
        sorted(Tag.objects.values_list("slug", flat=True)),
        Event.objects.count(),
    )


@pytest.fixture
def entry(db):
    build_entry()
    return build_entry(tags=["moe", "llm"])


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["stranger", "tom", "minji", "paul"])
def test_verb_asks_for_its_right(entry, request, who, verb):
    user = request.getfixturevalue(who)
    before = state()
    if who == "paul" or (who == "minji" and verb in WRITERS_TOO):
        VERBS[verb](entry, user)
        assert state() != before or verb == "undelete"
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](entry, user)
        assert state() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_deactivated_publisher_may_nothing(entry, paul, verb):
    paul.is_active = False
    with pytest.raises(NotAllowed):
        VERBS[verb](entry, paul)
