"""One suite for both backends: run it on SQLite and on PostgreSQL. What a query means is said in plain Python (reference.py)."""

import datetime
import random

import pytest
from django.db import connection
from django.utils import timezone

from digest.index import open_index
from digest.index.asking import first_letter_range
from digest.index.base import CAPS, IndexRow
from digest.models import Entry
from digest.text.analysis.documents import TermDoc, term_doc
from digest.text.analysis.query import Clause, Filters, Phrase, Query, parse_query
from tests.build import build_entry
from tests.digest.text.analysis import reference

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
TITLES = [
    "Scaling laws",
    "Batch size scaling",
    "Mixture of Experts",
    "c++ kernels",
    "Pre-training with 1.5B",
    "학습률 스케줄",
]
AUTHORS = ["Jane Doe", "John Smith", "Petar Veličković", "김민지"]
NOTES = [
    "배치 크기를 키우면 학습이 빨라진다",
    "학습률 스케줄링과 배치크기의 관계",
    "https://arxiv.org/abs/2408.16357 의 상호작용을 줄였다",
    "LR과 모델 크기, 프리트레이닝",
]
ENGLISH = [
    "scaling the batch size",
    "laws of scaling",
    "experts don't mix",
    "see arXiv:2408.16357v2",
    "c++ and c#",
]
TAGS = ["moe", "scaling-law", "배치"]
WORDS = [
    *[
        "scaling",
        "batch",
        "size",
        "laws",
        "law",
        "experts",
        "배치",
        "크기",
        "학습률",
        "학습",
        "스케줄",
        "모델",
        "상호작용",
        "작용",
        "c++",
        "c",
        "2408.16357",
        "veličković",
    ]
]
OPERATORS = [
    "tag:moe",
    "-tag:moe",
    "tag:scaling-law",
    "author:doe",
    'author:"john smith"',
    "year:2024",
    "lang:en",
    "lang:ko",
]
OPERATORS += [
    "before:2024-02",
    "after:2023",
    "arxiv:2408.16357",
    '"batch size"',
    '"배치 크기"',
    '"scaling laws"',
    "-scaling",
    "-배치",
]


def fresh(name="public"):
    return open_index(name)


def put(entry, texts=None, *, index="public", words=(), **facts):
    texts = texts or {"title": entry.paper.title}
    row = IndexRow(entry.pk, entry.order_key, term_doc(texts), words=tuple(words), **facts)
    fresh(index).put([row])
    return row


def found(text, *, index="public", **options):
    return fresh(index).search(parse_query(text), **options).ids


@pytest.fixture
def corpus(db):
    """Forty entries with random texts and facts: {entry id: what the reference knows of it}."""
    rng = random.Random(7)
    known, rows = {}, []
    for number in range(40):
        date = datetime.date(2022 + number % 3, 1 + number % 12, 1 + number % 28)
        entry = build_entry(date, title=f"t{number}", ko="")
        texts = {
            "title": rng.choice(TITLES),
            "authors": "\n".join(rng.sample(AUTHORS, 2)),
            "note_ko": rng.choice(NOTES) if rng.random() < 0.7 else "",
            "note_en": rng.choice(ENGLISH) if rng.random() < 0.6 else "",
            "abstract": rng.choice([*ENGLISH, ""]),
        }
        languages = tuple(code for code in ("ko", "en") if texts[f"note_{code}"])
        tags = tuple(rng.sample(TAGS, rng.randrange(3)))
        texts["tags"] = " ".join(tags)
        doc = term_doc(texts)
        rows.append(IndexRow(entry.pk, entry.order_key, doc, tags=tags, languages=languages))
        known[entry.pk] = reference.Row(doc, date, tags, languages)
    fresh().put(rows)
    return known


def test_random_queries_find_what_the_reference_finds(corpus):
    rng = random.Random(11)
    hits = 0
    for _ in range(250):
        pieces = rng.sample(WORDS, rng.choice([0, 1, 1, 2])) + rng.sample(OPERATORS, rng.choice([0, 1, 1, 2]))
        text = " ".join(pieces)
        expected = reference.search(corpus, parse_query(text))
        assert set(found(text, limit=100)) == expected, text
        hits += len(expected)
    assert hits > 1_000


def test_random_trees_find_what_the_reference_finds(corpus):
    """Also trees that no parser makes: negated phrases, phrases over further terms, terms of odd characters."""
    rng = random.Random(13)
    terms = sorted(
        {term for row in corpus.values() for name in TermDoc.__slots__ for term in getattr(row.doc, name)}
    )
    for _ in range(250):
        clauses = [
            Clause(
                tuple(
                    Phrase(tuple(rng.choice(terms) for _ in range(rng.choice([1, 1, 2]))), rng.random() < 0.5)
                    for _ in range(rng.choice([1, 2]))
                ),
                rng.random() < 0.3,
            )
            for _ in range(rng.choice([1, 2, 3]))
        ]
        query = Query(tuple(clauses))
        assert set(fresh().search(query, limit=100).ids) == reference.search(corpus, query), query


def test_pages_in_both_orders_are_pieces_of_one_list(corpus):
    query = parse_query("scaling")
    for sort in ("relevance", "newest"):
        whole = fresh().search(query, sort=sort, limit=100)
        pages = [
            fresh().search(query, sort=sort, offset=start, limit=3).ids for start in range(0, whole.total, 3)
        ]
        assert [pk for page in pages for pk in page] == whole.ids
        assert len(set(whole.ids)) == whole.total > 6
    newest = Entry.objects.filter(pk__in=whole.ids).order_by("-order_key").values_list("pk", flat=True)
    assert fresh().search(query, sort="newest", limit=100).ids == list(newest)


def test_a_title_counts_more_than_a_note_and_a_new_entry_more_than_an_old_one():
    today = timezone.localdate()
    texts = [
        {"title": "sparse attention", "note_en": "other words"},
        {"title": "other words", "note_en": "sparse attention"},
        {"title": "other words", "note_en": "words other", "abstract": "sparse attention"},
    ]
    ids = []
    for number, text in enumerate(texts):
        entry = build_entry("2020-01-0" + str(number + 1))
        put(entry, text)
        ids.append(entry.pk)
    recent = build_entry(today)
    put(recent, texts[0])
    assert found("sparse") == [recent.pk, *ids]


def test_facets_ignore_their_own_filter_and_count_what_is_there(corpus):
    for text in (
        "scaling",
        "scaling tag:moe",
        "scaling tag:moe year:2024 author:doe lang:en",
        "year:2023",
        "-scaling",
    ):
        query = parse_query(text)
        facets = fresh().facets(query)
        for own, counted, values in (
            ("tags", facets.tags, lambda row: row.tags),
            ("years", facets.years, lambda row: [row.date.year]),
            ("languages", facets.languages, lambda row: row.languages),
        ):
            without = {name: getattr(query.filters, name) for name in Filters.__slots__} | {own: ()}
            asked = Query(query.clauses, Filters(**without))
            everything = asked == Query()
            rows = [row for row in corpus.values() if everything or reference.matches(row, asked)]
            expected = {}
            for row in rows:
                for value in values(row):
                    expected[value] = expected.get(value, 0) + 1
            assert dict(counted) == expected, (text, own)
            assert [count for _value, count in counted] == sorted(expected.values(), reverse=True)


def test_no_further_than_among(db):
    for day in range(1, 6):
        put(build_entry(f"2024-01-0{day}", title="Sparse"))
    query = parse_query("sparse")
    everything = fresh().search(query, sort="newest")
    for sort in ("newest", "relevance"):
        hits = fresh().search(query, sort=sort, among=2)
        assert (hits.ids, hits.total, hits.capped) == (everything.ids[:2], 2, True)
    assert fresh().search(query, among=9) == fresh().search(query)


def test_author_facet_counts_people_not_names():
    for number in (1, 2):
        put(build_entry(f"2024-01-0{number}", title="Sparse"), author_ids=(7, 7 + number))
    assert fresh().facets(parse_query("sparse")).authors == [(7, 2), (8, 1), (9, 1)]


def test_more_hits_than_are_ranked_are_said_to_be_more(monkeypatch):
    monkeypatch.setitem(CAPS, connection.vendor, 2)
    entries = [build_entry(f"2024-01-0{number}", title="Sparse") for number in (1, 2, 3)]
    for entry in entries:
        put(entry, tags=("moe",))
    hits = fresh().search(parse_query("sparse"))
    assert (set(hits.ids), hits.total, hits.capped) == ({entries[1].pk, entries[2].pk}, 2, True)
    facets = fresh().facets(parse_query("sparse"))
    assert (facets.tags, facets.capped) == ([("moe", 2)], True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kernals", ["kernels"]),
        ("KERNLES", ["kernels"]),
        ("스케쥴러", ["스케줄러"]),
        ("간중치들", ["가중치들"]),
    ],
)
def test_a_slip_finds_the_words_meant_that_begin_with_its_letter(typed, meant):
    entry = build_entry()
    put(
        entry,
        words=[
            "jernels",
            "kernels",
            "lernels",
            "쓰케줄러",
            "스케줄러",
            "즈케줄러",
            "가중치들",
            "까중치들",
            "나중치들",
        ],
    )
    assert fresh().near_terms(typed) == meant


@pytest.mark.parametrize(
    ("word", "first", "last"), [("agent", "a", "a"), ("Étude", "e", "e"), ("가중치", "가", "깋"), ("힘껏", "하", "힣")]
)  # fmt: skip
def test_a_first_letter_is_a_range_of_words(word, first, last):
    assert first_letter_range(word) == (first, last + "\U0010ffff")


@pytest.mark.parametrize(
    "text",
    ["", "   ", '"', '""', "*", "AND", "a AND", "NEAR(", "NEAR(a b, 3)", 'a"b', "title:x", "-", "--", "^a", "a*", "{title}:x",
     "' OR 1=1 --", "'; DROP TABLE x", "\\", "a:b", "!", "&", "|", "<->", "a <-> b", ":*", "(", ")", "%s", "%", "{row}", "\0", "a\0b",
     "ㅋㅋㅋ", "한ㄱ", "\u1112\u1161\u11ab", "x" * 10_000, "가" * 10_000, "c++ c# f#", "😀", "\u202e", "İ", "year:0000",
     "year:9999", "before:0001", "after:9999", "tag:\"'", "author:'", "tag:%s", "\ud800", "a" + "\u0301" * 300, "don't", "1,000.5"],
)  # fmt: skip
def test_hostile_text_is_only_words(corpus, text):
    query = parse_query(text)
    assert set(found(text, limit=100)) == reference.search(corpus, query)
    fresh().facets(query)
    fresh().near_terms(text)
    fresh().terms_between([(text.replace("\0", ""), text.replace("\0", "") + "\U0010ffff")] * 100)
