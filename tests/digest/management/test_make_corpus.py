"""The invented corpus: its shape, that it is the same every time, and that an import takes it whole."""

import os
import statistics
import subprocess
import sys
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from digest.editing.importing import Importer
from digest.management.corpus import shape
from digest.management.corpus.prose import Term
from digest.management.corpus.topics import SPELLINGS, other_spellings, tag_names
from digest.management.corpus.writing import make_files
from digest.models import Digest, Entry, Note, Tag
from digest.text.seeds import format_digest, parse_seed
from digest.text.tags import tag_slug
from papers.identifiers import find_arxiv_ids
from papers.models import Author, Paper


@pytest.fixture(scope="module")
def files():
    return list(make_files(1_300, seed=1))


@pytest.fixture(scope="module")
def entries(files):
    return [entry for _, _, digest in files for entry in digest.entries]


def share(entries, condition):
    return sum(map(bool, map(condition, entries))) / len(entries)


def test_every_file_is_read_without_a_problem_and_written_back(files):
    for name, content, digest in files:
        parsed = parse_seed(content)
        assert (parsed.digest, parsed.problems) == (digest, ()), name
    for _, _, digest in files[::10]:
        assert parse_seed(format_digest(digest)).digest == digest


def test_files_are_one_a_day_over_nine_years_oldest_first(files):
    dates = [digest.date for _, _, digest in files]
    assert dates == sorted(set(dates))
    assert {date.year for date in dates} == set(range(2017, 2027))
    assert [name for name, _, _ in files] == [f"{date}.txt" for date in dates]


def test_totals_have_the_size_of_the_real_corpus(files):
    totals = shape.count_totals(digest for _, _, digest in files)
    assert totals.digests == 1_300
    assert 3_700 <= totals.entries <= 4_100
    assert 0 < totals.entries - totals.papers < 80
    assert 13_000 <= totals.authors <= 17_000
    assert 320 <= totals.tags <= 345


def test_bylines_have_a_long_tail_homonyms_and_every_sort_of_name(entries):
    bylines = [entry.authors for entry in entries if entry.authors]
    assert 5 <= statistics.median(map(len, bylines)) <= 7
    assert 80 < max(map(len, bylines)) <= 194
    assert sum(len(set(names)) < len(names) for names in bylines) >= 5
    seen = Counter(name for names in bylines for name in names)
    assert seen.most_common(1)[0][1] >= 30
    assert 0.6 < sum(count == 1 for count in seen.values()) / len(seen) < 0.8
    text = " ".join(seen)
    assert all(sort in text for sort in ("ø", "ễ", "Ł", "서지안", "Research Team", ", Inc.", "O'Connor"))


def test_tags_fall_off_and_some_have_two_spellings(entries):
    used = Counter(tag for entry in entries for tag in entry.tags)
    spellings = Counter(tag_slug(name) for name in used)
    assert 350 <= len(used) <= SPELLINGS
    assert 20 <= sum(count > 1 for count in spellings.values()) <= 29
    assert set(spellings.values()) <= {1, 2}
    counts = sorted(used.values(), reverse=True)
    assert counts[0] > 5 * counts[20] > 15 * counts[-1]
    assert len(tag_names()) + len(other_spellings(tag_names())) == SPELLINGS


def test_parts_are_missing_as_often_as_in_the_real_corpus(entries):
    assert 0.08 < share(entries, lambda entry: not entry.tags) < 0.10
    assert 0.10 < share(entries, lambda entry: not entry.authors) < 0.18
    assert 0.12 < share(entries, lambda entry: not entry.abstract) < 0.20
    assert 0.62 < share(entries, lambda entry: not entry.en) < 0.72
    assert 0.02 < share(entries, lambda entry: not entry.ko) < 0.06
    assert share(entries, lambda entry: entry.ko or entry.en) == 1


def test_english_starts_on_a_day_and_comes_first_from_another(files):
    for _, content, digest in files:
        english = any(entry.en for entry in digest.entries)
        assert not english or digest.date >= shape.ENGLISH_FROM
        assert all(entry.ko for entry in digest.entries) or digest.date >= shape.ENGLISH_FIRST_FROM
        if digest.date >= shape.ENGLISH_FIRST_FROM:
            assert all(entry.en for entry in digest.entries)
            assert b"[en] " in content


def test_texts_hold_mathematics_markup_lists_links_and_paragraphs(entries):
    abstracts = [entry.abstract for entry in entries if entry.abstract]
    assert 0.10 < share(abstracts, lambda text: "$" in text) < 0.14
    assert 0.02 < share(abstracts, lambda text: "\\text" in text or "\\emph" in text) < 0.10
    assert 0.1 < share(abstracts, lambda text: "https://" in text) < 0.3
    notes = [entry.ko for entry in entries if entry.ko]
    assert 0.04 < share(notes, lambda text: "\n- " in text or "\n* " in text or "\n1. " in text) < 0.12
    assert 0.02 < share(notes, lambda text: text.splitlines()[-1].startswith("https://")) < 0.10
    assert 0.4 < share(notes, lambda text: "\n\n" in text) < 0.9


def test_some_papers_are_cited_again_and_again(entries):
    cited = Counter(arxiv_id for entry in entries for arxiv_id in find_arxiv_ids(entry.ko or entry.en))
    assert len(cited) > 300
    assert cited.most_common(1)[0][1] > 40
    assert 0.2 < share(entries, lambda entry: find_arxiv_ids(entry.ko or entry.en)) < 0.32


def test_same_numbers_same_bytes_other_seed_other_bytes():
    first, again, other = (list(make_files(40, seed)) for seed in (5, 5, 6))
    assert first == again
    assert {content for _, content, _ in first} & {content for _, content, _ in other} == set()


def test_a_denser_corpus_has_longer_digests_of_the_same_shape():
    plain, dense = ([d for _, _, d in make_files(30, 5, density)] for density in (1, 10))
    sizes = [sum(len(digest.entries) for digest in found) for found in (plain, dense)]
    assert 7 * sizes[0] < sizes[1] < 13 * sizes[0]
    assert max(len(digest.entries) for digest in dense) <= 10 * 8
    for density in (0, shape.MOST_DENSITY + 1):
        with pytest.raises(ValueError, match="density"):
            next(shape.make_digests(1, 1, density))


def test_other_processes_write_the_same_bytes():
    """A set of strings has another order in every process."""
    program = "from digest.management.corpus.writing import make_files as m; import hashlib\n"
    program += "print(hashlib.sha256(b''.join(c for _, c, _ in m(40, 5))).hexdigest())"
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1


@pytest.mark.parametrize("digests", [0, -1, shape.MOST_DIGESTS + 1])
def test_more_digests_than_working_days_are_refused(digests):
    with pytest.raises(ValueError, match="one a working day"):
        next(shape.make_digests(digests, 1))


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("모델", "은", "모델은"),
        ("코드", "은", "코드는"),
        ("Attention", "이", "Attention이"),
        ("Loss", "을", "Loss를"),
        ("모델", "으로", "모델로"),
        ("학습", "으로", "학습으로"),
        ("데이터", "에서", "데이터에서"),
        ("데이터", "", "데이터"),
    ],
)
def test_a_term_takes_the_particle_that_fits(word, particle, expected):
    assert f"{Term(word):{particle}}" == expected


def test_import_comes_to_the_totals(db):
    files = list(make_files(40, seed=2))
    reports = list(Importer().run((name, content) for name, content, _ in files))
    assert {report.status for report in reports} == {"created"}
    totals = shape.count_totals(digest for _, _, digest in files)
    assert totals == shape.Totals(
        digests=Digest.objects.published().count(),
        entries=Entry.objects.published().count(),
        papers=Paper.objects.count(),
        authors=Author.objects.count(),
        tags=Tag.objects.count(),
        korean=Note.objects.published().filter(language="ko").count(),
        english=Note.objects.published().filter(language="en").count(),
    )


def test_command_writes_the_files_and_says_the_totals(tmp_path):
    out = StringIO()
    call_command("make_corpus", out=tmp_path / "new" / "corpus", digests=3, seed=2, stdout=out)
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "corpus").iterdir()}
    assert written == {name: content for name, content, _ in make_files(3, 2)}
    totals = shape.count_totals(shape.make_digests(3, 2))
    assert out.getvalue().startswith(f"3 digests, {totals.entries} entries, {totals.papers} papers, ")


def test_command_never_mixes_with_what_is_there(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty") as error:
        call_command("make_corpus", out=tmp_path, digests=3)
    assert error.value.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(CommandError) as error:
        call_command("make_corpus", out=tmp_path / "mine.txt", digests=3)
    assert error.value.returncode == 2


def test_command_refuses_a_number_it_cannot_fill(tmp_path):
    for wrong in ({"digests": 100_000}, {"digests": 1, "density": 0}):
        with pytest.raises(CommandError, match=r"one a working day|--density") as error:
            call_command("make_corpus", out=tmp_path / "new", **wrong)
        assert error.value.returncode == 2
    assert not (tmp_path / "new").exists()
