"""Looking through the newest entries without an index: the same language as far as whole words go."""

import pytest

from digest.reading import search_plain
from digest.reading.search_plain import plain_hits
from digest.text.analysis.query import parse_query
from tests.build import build_entry, build_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(db):
    build_entry(
        "2024-10-30",
        title="Critical Batch Size",
        ko="배치 크기를 찾아",
        tags=["scaling-law"],
        authors=["Henry Jones"],
        arxiv_id="2410.21676",
    )
    build_entry("2024-05-29", title="Warmup", ko="배치", en="About steps", tags=["비디오-생성"])
    draft = build_entry("2023-01-01", title="Older", ko="배치", abstract="Size of steps")
    build_note(draft, "en", "zqdraft", live=False)
    build_entry("2023-01-02", title="Hidden", ko="배치 크기", public=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("배치", ["Critical Batch Size", "Warmup", "Older"]),
        ("배치 크기", ["Critical Batch Size"]),
        ("steps", ["Warmup", "Older"]),
        ('"batch size"', ["Critical Batch Size"]),
        ('"size batch"', []),
        ("배치 -크기", ["Warmup", "Older"]),
        ('배치 -"size of"', ["Critical Batch Size", "Warmup"]),
        ("jones", ["Critical Batch Size"]),
        ("배치 author:henry", ["Critical Batch Size"]),
        ("tag:scaling-law", ["Critical Batch Size"]),
        ("배치 -tag:scaling-law", ["Warmup", "Older"]),
        ("배치 year:2023", ["Older"]),
        ("배치 year:0000", []),
        ("배치 lang:en", ["Warmup"]),
        ("배치 after:2023", ["Critical Batch Size", "Warmup"]),
        ("배치 before:2024-10-30", ["Warmup", "Older"]),
        ("arxiv:2410.21676v2", ["Critical Batch Size"]),
        ("배치 -arxiv:2410.21676", ["Warmup", "Older"]),
        ("비디오", ["Warmup"]),
        ("zqdraft", []),
        ("100%", []),
    ],
)
def test_what_is_found(entries, text, found):
    hits = plain_hits(text, parse_query(text)).values_list("paper__title", flat=True)
    assert list(hits) == found


def test_only_the_newest_are_looked_at(entries, monkeypatch):
    monkeypatch.setattr(search_plain, "LOOKED_AT", 2)
    assert plain_hits("배치", parse_query("배치")).count() == 2
