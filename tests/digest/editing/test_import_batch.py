"""New digests stored together leave what one by one leaves, on every table there is."""

import datetime
import random
from pathlib import Path

import pytest
from django.db import transaction

from digest.editing.importing import Importer
from digest.editing.indexing import index_entries
from digest.editing.reindexing import compare
from digest.index import NAMES, open_index
from digest.management.corpus.writing import make_files
from digest.models import Digest, Entry, ImportRun, Reference, SearchIndex, SourceFile, Tag
from digest.text.seeds import parse_seed
from papers.models import Author, Paper
from tests.build import build_entry
from tests.rows import all_rows

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).resolve().parents[3] / "seeds"
NOW = datetime.datetime(2026, 5, 1, 3, 0, tzinfo=datetime.UTC)


class OneByOne(Importer):
    """Every digest field by field, as those that the database knows."""

    def _may_be_new(self, file):
        return False


def imported(kind, files, **options):
    importer = kind(now=NOW, **options)
    reports = list(importer.run(files))
    importer.finish()
    return reports


def both(files, *, before=lambda: None, **options):
    """(reports and rows one by one, reports and rows together)."""
    results = []
    for kind in (OneByOne, Importer):
        with transaction.atomic():
            before()
            results.append((imported(kind, files, **options), all_rows(NOW)))
            transaction.set_rollback(True)
    return results


def assert_same(files, **options):
    (reports, rows), (together, rows_together) = both(files, **options)
    assert together == reports
    counts = [{name: len(found) for name, found in tables.items()} for tables in (rows, rows_together)]
    assert counts[1] == counts[0]
    assert [name for name in rows if rows_together[name] != rows[name]] == []
    return reports, rows


def seed_files():
    files = [(path.name, path.read_bytes()) for path in SEEDS.glob("*.txt")]
    return sorted(files, key=lambda file: parse_seed(file[1]).digest.date)


def corpus(count, seed=7):
    return [(name, content) for name, content, _ in make_files(count, seed)]


@pytest.mark.parametrize("options", [{}, {"as_draft": True}], ids=["live", "draft"])
@pytest.mark.parametrize("files", [seed_files(), corpus(25)], ids=["seeds", "corpus"])
def test_together_leaves_what_one_by_one_leaves(files, options):
    reports, rows = assert_same(files, **options)
    assert {report.status for report in reports} == {"created"}
    assert len(rows["Reference"]) > 5
    assert len(rows["editor terms"]) == len(rows["Entry"])
    assert bool(rows["Related"]) == bool(rows["public terms"]) == (not options)


def test_fingerprints_and_hashes_are_those_of_the_rows():
    """What the batch works out from memory, worked out again from what is stored."""
    imported(Importer, [*corpus(10), *seed_files()])
    stored = list(Entry.objects.order_by("pk").values_list("pk", "public_hash", "changed_at"))
    assert {changed for _pk, _hash, changed in stored} == {None}
    assert len({public_hash for _pk, public_hash, _changed in stored}) == len(stored)
    assert [compare(name) for name in NAMES if compare(name)] == []
    index_entries(Entry.objects.values_list("pk", flat=True))
    assert list(Entry.objects.order_by("pk").values_list("pk", "public_hash", "changed_at")) == stored


def test_a_site_without_an_index_gets_none():
    SearchIndex.objects.update(live=0)
    imported(Importer, corpus(5))
    SearchIndex.objects.update(live=1)
    assert [open_index(name).stats().rows for name in NAMES] == [0, 0]
    assert Entry.objects.exclude(public_hash="").count() == Entry.objects.count() > 5


def test_an_index_of_rules_that_are_not_here_is_distrusted():
    SearchIndex.objects.update(analyzer="0-unknown")
    imported(Importer, corpus(3))
    assert set(SearchIndex.objects.values_list("analyzer", flat=True)) == {""}
    assert Entry.objects.count() > 3


def test_one_digest_that_the_table_refuses_does_not_take_others_with_it(monkeypatch):
    """The plan believes in a tag that the table knows under another address."""
    Tag.objects.create(name="taken", slug="something-else")
    files = [seed(1, SECOND), seed(2, FIRST.replace("#moe", "#taken")), seed(3, SECOND)]
    (reports, _rows), (together, _again) = both(files)
    assert [report.status for report in together] == ["created", "refused", "created"]
    assert together == reports


def test_each_batch_is_its_own_transaction(monkeypatch):
    """A failure in the second batch leaves the first whole."""
    monkeypatch.setattr("digest.editing.importing.BATCH_FILES", 4)
    calls = iter([None, RuntimeError("power cut")])

    def fail(*args):
        if error := next(calls):
            raise error

    monkeypatch.setattr("digest.editing.import_batch.lock_relations", fail)
    with pytest.raises(RuntimeError):
        imported(Importer, corpus(10))
    assert (Digest.objects.count(), SourceFile.objects.count(), ImportRun.objects.count()) == (4, 4, 1)
    assert Paper.objects.filter(entries=None).count() == Author.objects.filter(authorships=None).count() == 0


def test_scheduled_entries_keep_the_batch_out_of_memory_but_in_step():
    """Beside a scheduled entry the related papers are worked out from the rows, each digest as if it were the last."""

    def scheduled():
        opening = datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)
        build_entry("2090-01-01", title="Waiting", tags=["moe"], publish_at=opening)
        Digest.objects.update(publish_at=opening)

    assert_same(corpus(15), before=scheduled)


def test_a_dry_run_says_the_same_and_writes_nothing():
    files = [*corpus(6), *ODD["twice in a digest"], *ODD["another abstract"][:1]]
    files = list(dict(files).items())
    dry = imported(Importer, files, dry_run=True)
    assert not any(model.objects.exists() for model in (Digest, Paper, Author, Tag, ImportRun, SourceFile))
    assert dry == imported(Importer, files)


def test_comparison_sees_one_changed_row():
    files = corpus(5)
    with transaction.atomic():
        imported(Importer, files)
        rows = all_rows(NOW)
        Reference.objects.filter(pk=Reference.objects.earliest("pk").pk).update(url="https://other.example/")
        changed = all_rows(NOW)
        transaction.set_rollback(True)
    assert [name for name in rows if rows[name] != changed[name]] == ["Reference"]


def seed(day, *entries):
    return f"{day}.txt", "\n".join([f"2024-10-{day:02}", *entries]).encode()


FIRST = "First Paper\n(Ann Lee, Kun Xu, Kun Xu)\nAn abstract, https://github.com/a/b.\n첫 노트 [[Second]].\n#moe #c++"
SECOND = "Second\n둘째 노트 https://arxiv.org/abs/2408.16357.\nAn English note.\n#MoE #agent"
ODD = {
    "again": [seed(1, FIRST), seed(2, FIRST.replace("첫", "다시 첫"), SECOND)],
    "another abstract": [
        seed(1, FIRST),
        seed(2, FIRST.replace("An abstract", "Another abstract")),
        seed(3, SECOND),
    ],
    "abstract filled in": [seed(1, "First Paper\n첫.\n#moe"), seed(2, FIRST)],
    "other people": [seed(1, FIRST), seed(2, FIRST.replace("Ann Lee, Kun Xu, Kun Xu", "Bo Kim, Cho Park"))],
    "some people": [seed(1, FIRST), seed(2, FIRST.replace("Kun Xu, Kun Xu", "Kun Xu"))],
    "title in capitals": [seed(1, FIRST), seed(2, FIRST.replace("First Paper", "FIRST PAPER"))],
    "twice in a digest": [seed(1, SECOND), seed(2, FIRST, FIRST), seed(3, FIRST)],
    "no tags, no authors": [seed(1, "Bare\n노트.\n#"), seed(2, "Barer\n#")],
    "doubtful": [seed(1, "Title\n한국어.\nEnglish text here.\n다시 한국어.")],
    "unreadable": [seed(1, SECOND), (("bad.txt", b"\xff\xfe")), seed(3, FIRST)],
    "one date twice": [seed(1, FIRST), ("again.txt", seed(1, SECOND)[1]), seed(2, SECOND)],
    "no such address": [seed(1, FIRST.replace("github.com/a/b", "a.b_c/")), seed(2, SECOND)],
    "a name that grows": [seed(1, FIRST.replace("Ann Lee", "ﷺ" * 30 + " Lee")), seed(2, SECOND)],
    "a tag that grows": [seed(1, FIRST.replace("#moe", "#" + "ﷺ" * 30)), seed(2, SECOND)],
    "latest first": [seed(3, SECOND), seed(2, FIRST), seed(1, "Third\n셋째.\n#agent")],
}


@pytest.mark.parametrize("files", ODD.values(), ids=ODD)
def test_what_asks_for_a_decision_is_decided_the_same(files):
    assert_same(files)


def desk():
    """What editors have: a merged tag, a person renamed, a paper with its id, a digest of the same day."""
    tag = Tag.objects.create(name="mixture", slug="mixture", label_ko="혼합")
    tag.aliases.create(slug="moe")
    Author.objects.create(name="Dr. Ann Lee", name_key="ann lee")
    build_entry("2023-01-01", title="Second", arxiv_id="2408.16357", tags=["agent"])
    build_entry("2024-10-02", title="By hand", ko="손으로")
    Paper.objects.create(title="First paper", title_key="first paper", kind="post")


def test_what_editors_have_made_of_it_holds():
    assert_same([seed(1, FIRST), seed(2, SECOND), seed(3, SECOND)], before=desk)


@pytest.mark.parametrize("number", range(6))
def test_any_order_and_mixture_of_files_gives_the_same(number):
    rng = random.Random(number)
    files = corpus(12, seed=number) + [file for name in rng.sample(sorted(ODD), 3) for file in ODD[name][:2]]
    files = list(dict(files).items())
    rng.shuffle(files)
    assert_same(files, as_draft=number == 5)
