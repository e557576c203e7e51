"""What readers can find, and editors, after every verb; and that nothing hidden leaves a trace in the index."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digest.editing import indexing
from digest.editing.arranging import (
    add_entry,
    arrange_entries,
    change_entry,
    delete_entry,
    move_digest,
    undelete_entry,
)
from digest.editing.errors import Refused
from digest.editing.importing import Importer
from digest.editing.indexing import index_drafts, index_entries
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.reindexing import rebuild
from digest.editing.tagging import merge_tags, rename_tag, set_tags
from digest.editing.versioning import move_public_version
from digest.editing.workflow import approve, publish_note, save_note, submit, unpublish_note
from digest.index import open_index
from digest.models import Digest, Entry, Note, SearchIndex, Tag
from digest.text.analysis.query import parse_query
from papers.models import Paper
from tests.build import build_digest, build_entry, build_note, build_paper

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
CANARY = "zqcanaryzq"


def found(text, name="public"):
    return set(open_index(name).search(parse_query(text)).ids)


def traces(name="public"):
    """Every question that could give the canary away, and what the database's own tables hold of it."""
    index = open_index(name)
    facets = index.facets(parse_query("-nothing"))
    answers = [
        index.search(parse_query(CANARY)).ids,
        [value for value, _count in facets.tags if CANARY in value],
        index.terms_between([(CANARY, CANARY + "z")]),
        index.near_terms(CANARY[:-1] + "x"),
    ]
    return [answer for answer in answers if answer]


def stored(name="public"):
    """True if any table of the index holds the canary, FTS5's own segments included."""
    names = [table for table in connection.introspection.table_names() if table.startswith(f"search_{name}_")]
    with connection.cursor() as cursor:
        for table in names:
            cursor.execute(f"SELECT * FROM {table}")
            cells = (cell for row in cursor.fetchall() for cell in row)
            if any(CANARY.encode() in (c if isinstance(c, bytes) else str(c).encode()) for c in cells):
                return True
    return False


def canary(**fields):
    fields = {
        "title": f"Title {CANARY}",
        "ko": f"노트 {CANARY}",
        "tags": [CANARY],
        "authors": [f"A {CANARY}"],
        **fields,
    }
    return build_entry(**fields)


def later(seconds=3600):
    return timezone.now() + datetime.timedelta(seconds=seconds)


def test_published_entry_is_found_by_every_field(paul):
    entry = build_entry(
        "2024-10-30",
        public=False,
        title="Sparse attention",
        authors=["Petar Veličković"],
        ko="배치 크기를 키운다",
        en="larger kernels",
        tags=["scaling-law"],
        abstract="We study optimizers.",
        arxiv_id="2408.16357",
    )
    Note.objects.update(state="approved")
    Tag.objects.update(label_ko="스케일링 법칙")
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    words = [
        "sparse",
        "velickovic",
        "배치 크기",
        "kernel",
        "scaling law",
        "스케일링 법칙",
        "optimizer",
        "2408.16357",
    ]
    words += ["tag:scaling-law", "author:veličković", "year:2024", "lang:ko", "lang:en", "arxiv:2408.16357v2"]
    assert {word for word in words if found(word) == {entry.pk}} == set(words)
    assert open_index("public").terms_between([("kernel", "kernelz")]) == ["kernels"]
    assert open_index("public").near_terms("kernals") == ["kernels"]


@pytest.mark.parametrize("kind", ["draft", "deleted", "later draft"])
def test_what_was_never_public_leaves_no_trace(kind, paul, minji):
    if kind == "draft":
        entry = canary(public=False)
        index_entries([entry.pk])
    elif kind == "deleted":
        entry = canary(public=False)
        delete_entry(entry=entry, by=paul)
    else:
        entry = build_entry(ko="공개된 글")
        index_entries([entry.pk])
        save_note(entry=entry, language="ko", body=f"고친 글 {CANARY}", by=minji, rev=1)
        assert found("공개") == {entry.pk}
    assert traces() == []
    assert not stored()
    assert found(CANARY, "editor") == {entry.pk}


def unpublish_whole(entry, by):
    unpublish_digest(digest=entry.digest, by=by)


def unpublish_its_note(entry, by):
    unpublish_note(note=entry.notes.get(), by=by)


def delete_it(entry, by):
    delete_entry(entry=entry, by=by)


@pytest.mark.parametrize("take_away", [unpublish_whole, unpublish_its_note, delete_it])
def test_what_is_taken_away_is_gone_at_once_also_from_the_tables(take_away, paul):
    others = [build_entry("2024-10-29", title=f"Other {number}") for number in range(3)]
    entry = canary()
    index_entries([entry.pk, *(other.pk for other in others)])
    assert len(traces()) == 4
    assert stored()
    take_away(entry, paul)
    assert traces() == []
    assert not stored()
    assert found("other") == {other.pk for other in others}


def test_scheduled_entry_appears_and_ends_by_the_clock_alone(paul, monkeypatch):
    entry = canary(public=False)
    Note.objects.update(state="approved")
    hour = datetime.timedelta(hours=1)
    start = timezone.now() + hour
    publish_digest(
        digest=entry.digest, by=paul, publish_at=start, unpublish_at=start + hour, acknowledge=True
    )
    assert traces() == []
    for moment, shown in ((start + hour / 2, 4), (start + 2 * hour, 0)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert len(traces()) == shown


def test_words_of_an_entry_whose_hour_came_are_counted_with_the_next_writing(paul, monkeypatch):
    entry = canary(public=False)
    Note.objects.update(state="approved")
    publish_digest(digest=entry.digest, by=paul, publish_at=later(), acknowledge=True)
    assert open_index("public").stats().words == 0
    other = build_entry("2024-10-01", title="Other words")
    moment = later(7200)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert len(traces()) == 4
    index_entries([other.pk])
    assert len(traces()) == 4
    assert open_index("public").stats().words > 4
    delete_entry(entry=entry, by=paul)
    assert traces() == []
    assert not stored()


def test_an_edit_is_found_by_editors_at_once_and_by_readers_when_published(minji, rina, paul):
    entry = build_entry(ko="처음 글")
    index_entries([entry.pk])
    note = save_note(entry=entry, language="ko", body="임베딩 이야기", by=minji, rev=1)
    assert (found("임베딩"), found("임베딩", "editor")) == (set(), {entry.pk})
    submit(note=note, by=minji, rev=2, acknowledge=True)
    publish_note(note=approve(note=note, by=rina, rev=2), by=paul, rev=2)
    assert (found("임베딩"), found("처음"), found("처음", "editor")) == ({entry.pk}, set(), set())


def test_order_date_and_paper_follow(paul, boss):
    entries = [build_entry("2024-10-30", title=f"Sparse {number}") for number in range(3)]
    index_entries([entry.pk for entry in entries])
    digest = Digest.objects.get()

    def newest():
        return open_index("public").search(parse_query("sparse"), sort="newest").ids

    arrange_entries(digest, entries[::-1], by=boss)
    assert newest() == [entry.pk for entry in entries[::-1]]
    move_digest(digest=digest, date=datetime.date(2023, 1, 2), by=boss)
    assert (found("year:2024"), len(found("year:2023"))) == (set(), 3)
    change_entry(entry=entries[0], paper=build_paper("Dense"), source_language="ko", by=boss)
    assert (found("dense"), len(found("sparse"))) == ({entries[0].pk}, 2)
    delete_entry(entry=entries[1], by=boss)
    undelete_entry(entry=entries[1], by=boss)
    assert len(found("sparse")) == 2


def test_tags_follow(boss):
    entry = build_entry(tags=["moe"])
    index_entries([entry.pk])
    set_tags(entry, ["moe", "sparsity"], by=boss)
    assert found("tag:sparsity") == {entry.pk}
    rename_tag(tag=Tag.objects.get(slug="moe"), name="experts", by=boss)
    assert (found("tag:moe"), found("tag:experts")) == (set(), {entry.pk})
    target = Tag.objects.create(name="mixture", slug="mixture")
    merge_tags(source=Tag.objects.get(slug="experts"), target=target, by=boss)
    assert (found("tag:experts"), found("tag:mixture")) == (set(), {entry.pk})
    assert open_index("public").facets(parse_query("tag:mixture")).tags == [("mixture", 1), ("sparsity", 1)]


SEED = "2024년 10월 {day}일\nSparse Attention\n(Jane Doe)\n{abstract}\n노트 {day}\n#moe\n"


def test_import_indexes_its_digest_and_every_entry_on_a_paper_it_changed():
    def run(day, abstract):
        file = (f"{day}.txt", SEED.format(day=day, abstract=abstract).encode())
        return [report.status for report in Importer().run([file])]

    assert run(10, "We study optimizers.") == run(20, "We study optimizers.") == ["created"]
    assert len(found("optimizer")) == len(found("optimizer", "editor")) == 2
    assert run(20, "We study schedules.") == ["updated"]
    assert (len(found("optimizer")), len(found("schedule"))) == (0, 2)


def test_new_entry_is_found_by_editors_alone(boss):
    entry = add_entry(build_digest(), build_paper("Sparse"), by=boss)
    assert (found("sparse"), found("sparse", "editor")) == (set(), {entry.pk})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_editors_of_one_entry_wait_for_nobody_and_both_texts_are_found():
    entry = build_entry(ko="처음", en="first", public=False)
    list(rebuild("editor", engine="rules"))
    holds, done = threading.Event(), threading.Event()

    def other():
        with transaction.atomic():
            Note.objects.filter(entry=entry, language="ko").update(body="임베딩")
            index_drafts([entry.pk])
            holds.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert holds.wait(10)
    with transaction.atomic():
        Note.objects.filter(entry=entry, language="en").update(body="kernels")
        index_drafts([entry.pk])  # the other one holds the entry
        done.set()
    thread.join()
    assert [found(word, "editor") for word in ("임베딩", "kernels")] == [{entry.pk}] * 2
    assert found("first", "editor") == set()


def test_queries_do_not_grow_with_the_entries():
    move_public_version()  # the first time makes its row
    counts = []
    for day in (1, 2):
        entries = [build_entry(f"2024-10-0{day}", title=f"Sparse {n}") for n in range(1 if day == 1 else 20)]
        with CaptureQueriesContext(connection) as queries:
            index_entries([entry.pk for entry in entries])
        counts.append(len([q for q in queries if not q["sql"].startswith("INSERT")]))
    assert counts[0] == counts[1] < 40
    with CaptureQueriesContext(connection) as queries:
        index_entries([entry.pk for entry in entries])
    # For each index: the bookkeeping row (three times), its two tables, entries, notes, tags, people, hashes; the
    # fingerprints.
    assert [q["sql"] for q in queries if not q["sql"].lstrip().startswith("SELECT")] == []


def test_what_did_not_change_is_not_analysed(monkeypatch):
    entry = build_entry(title="Sparse")
    index_entries([entry.pk])
    monkeypatch.setattr(indexing, "analyse", None)
    index_entries([entry.pk])
    assert found("sparse") == {entry.pk}


def test_published_text_is_analysed_once_for_both_indexes(monkeypatch):
    calls = []
    monkeypatch.setattr(
        indexing, "analyse", lambda *a, real=indexing.analyse, **k: calls.append(1) or real(*a, **k)
    )
    index_entries([build_entry(title="Sparse").pk])
    assert len(calls) == 1
    entry = build_entry(title="Sparse")
    build_note(entry, "en", "not yet", live=False)
    index_entries([entry.pk])
    assert len(calls) == 3


def test_without_an_index_nothing_is_written_and_nothing_fails():
    SearchIndex.objects.all().delete()
    entry = build_entry(title="Sparse")
    index_entries([entry.pk])
    index_drafts([])
    assert (found("sparse"), open_index("public").state()) == (set(), "missing")


def test_index_of_other_rules_forgets_what_changes_and_is_not_trusted_again():
    entry = build_entry(title="Sparse")
    index_entries([entry.pk])
    SearchIndex.objects.update(analyzer="0-rules")
    index_entries([entry.pk])
    assert open_index("public").stats().rows == 0
    assert set(SearchIndex.objects.values_list("analyzer", flat=True)) == {""}
    assert open_index("public").engine() is None


def test_broken_index_takes_the_change_back_with_a_reason(boss, monkeypatch):
    entry = build_entry(title="Sparse", tags=["moe"])
    index_entries([entry.pk])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_public_1_row RENAME TO elsewhere")
        with pytest.raises(Refused, match="rebuild_search"), transaction.atomic():
            set_tags(entry, ["other"], by=boss)
        transaction.set_rollback(True)
    assert [tag.slug for tag in Entry.objects.get().tags.all()] == ["moe"]
    assert Paper.objects.count() == 1
