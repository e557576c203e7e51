"""A rebuild beside the index in use: same result, nothing lost that changes meanwhile, nothing old left."""

import pytest

from digest.editing import reindexing
from digest.editing.indexing import index_entries
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.reindexing import Difference, compare, rebuild, retire_others
from digest.index import NAMES, open_index
from digest.models import Entry, Note, SearchIndex, TaggedEntry
from digest.text.analysis.query import parse_query
from tests.build import build_entry

pytestmark = pytest.mark.django_db


def found(text, name="public"):
    return set(open_index(name).search(parse_query(text), limit=100).ids)


def entries(number=7):
    return [build_entry(f"2024-10-{n + 1:02}", title=f"Sparse {n}", tags=["moe"]) for n in range(number)]


def run(name="public", **options):
    return list(rebuild(name, engine="rules", **options))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 3)


@pytest.mark.parametrize("name", NAMES)
def test_rebuild_of_rows_that_no_verb_wrote(name):
    made = entries()
    assert compare(name) == Difference(trouble="missing")
    assert run(name) == [0, 3, 6, 7]
    assert found("sparse", name) == {entry.pk for entry in made}
    assert (open_index(name).state(), compare(name)) == ("ready", Difference())
    retire_others(name)
    assert open_index(name).generations() == (2, 0)
    assert run(name) == [0, 3, 6, 7]
    assert open_index(name).generations() == (1, 0)


def test_rebuilding_gives_the_words_that_publishing_gave():
    index_entries([entry.pk for entry in entries()])
    before = (open_index("public").terms_between([("a", "z")], 100), open_index("public").stats().words)
    run()
    assert (
        open_index("public").terms_between([("a", "z")], 100),
        open_index("public").stats().words,
    ) == before


def test_readers_search_the_old_index_until_the_new_one_is_whole():
    index_entries([entry.pk for entry in entries()])
    for _done in rebuild("public", engine="rules"):
        assert len(found("sparse")) == 7


def test_what_changes_during_a_rebuild_is_in_both(paul):
    made = entries()
    index_entries([entry.pk for entry in made])
    hidden = build_entry("2023-01-01", title="Sparse hidden", public=False)
    Note.objects.filter(entry=hidden).update(state="approved")
    steps = rebuild("public", engine="rules")
    assert [next(steps), next(steps)] == [0, 3]
    unpublish_digest(digest=made[0].digest, by=paul)  # in the new generation already
    unpublish_digest(digest=made[6].digest, by=paul)  # not yet
    publish_digest(digest=hidden.digest, by=paul, acknowledge=True)
    made[1].paper.title = "Dense"
    made[1].paper.save()
    index_entries([made[1].pk])
    expected = {entry.pk for entry in made[2:6]} | {hidden.pk}
    assert (found("sparse"), found("dense")) == (expected, {made[1].pk})
    list(steps)
    assert (found("sparse"), found("dense")) == (expected, {made[1].pk})
    assert compare("public") == Difference()


def test_a_text_saved_between_analysis_and_storing_is_the_one_that_is_stored(monkeypatch):
    entry = entries(1)[0]

    def late(texts, *, engine, real=reindexing.analyse):
        type(entry.paper).objects.update(title="Dense")
        return real(texts, engine)

    monkeypatch.setattr(reindexing, "analyse", late)
    run()
    assert (found("dense"), found("sparse")) == ({entry.pk}, set())


def test_interrupted_rebuild_goes_on_where_it_was():
    entries()
    steps = rebuild("public", engine="rules")
    assert [next(steps), next(steps)] == [0, 3]
    steps.close()
    assert open_index("public").state() == "building"
    assert run() == [3, 6, 7]
    assert compare("public") == Difference()


def test_comparison_finds_every_kind_of_difference():
    made = entries()
    run()
    Entry.objects.filter(pk=made[0].pk).update(publish_at=None)
    new = build_entry("2023-01-01")
    Note.objects.filter(pk=made[1].notes.get().pk).update(live=None, live_at=None)
    TaggedEntry.objects.filter(content_object=made[2]).delete()
    assert compare("public") == Difference(missing=1, surplus=1, changed=2)
    assert found("sparse") == {entry.pk for entry in made[1:]}
    assert new.pk not in found("노트")
    SearchIndex.objects.update(analyzer="0-rules")
    assert compare("public") == Difference(trouble="other_analyzer")


def test_rebuild_with_other_rules_takes_their_place(monkeypatch):
    index_entries([entry.pk for entry in entries(3)])
    pytest.importorskip("MeCab")
    list(rebuild("public", engine="mecab"))
    assert open_index("public").engine() == "mecab"
    entry = build_entry("2023-01-01", title="Sparse", ko="모델크기를 키운다")
    index_entries([entry.pk])
    query = parse_query("모델 크기", engine="mecab")
    assert open_index("public").search(query).ids == [entry.pk]
