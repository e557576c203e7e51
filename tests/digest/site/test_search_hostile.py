"""A thousand queries meant to break something, through every door of the search: no answer of 5xx, none slow."""

import random
import time

import pytest

from digest.models import SearchTerm
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db

_PARTS = (
    "\" ' * ( ) [ ] { } : ; | & ! ^ ~ < > = + - -- # % _ \\ / ? . , @ $ ` “ ” ‘ 「 » \0 \x01 \x7f \r \n \t \ufeff \u202e \u200b \ud7a3 \uffff "
    'AND OR NOT NEAR NEAR( NEAR/5 a"b title:x note_ko:배치 rowid:1 -" "- "" \'\' ;-- /* */ %s %(x)s %% {0} {{x}} ${x} <b> </script> '
    'tag: tag:# tag:a,b -tag:x author: author:" author:** year: year:0000 year:99999 year:2024 before:2024-02-31 after:0001-01-01 '
    "before:9999-12 lang:xx lang:ko arxiv: arxiv:2410.21676v9 arxiv:x/0000000 unknown:x https://arxiv.org/abs/2410.21676 "
    "ㄱ ㅏ ㅎㅎ 스켖 가 힣 배치 크기 ᄒ ᅡ ᆫ 한글 각\u0301 é ﬁ ﷺ İ ß 𝔘 ٣ 一 😀 👨‍👩‍👧 a ab moe c++ c# f# .net 1,000 1e999 -0 0x7f scaling-laws \\alpha $x^2$"
)
LONG = (
    "a" * 10_000,
    "가" * 10_000,
    '"' * 5_000,
    "(" * 5_000,
    "a-" * 4_000,
    "-a " * 4_000,
    "\u0301" * 5_000,
    "ㄱ" * 5_000,
    "9" * 400,
)
PARTS = _PARTS.split(" ")
HOW_MANY = 1_000


def queries():
    rng = random.Random(5)
    yield from (*PARTS, *LONG)
    while True:
        glue = rng.choice(("", " ", "  "))
        yield glue.join(rng.choice(PARTS) for _ in range(rng.randint(1, 14)))


def test_a_thousand_hostile_queries(client, db):
    for _ in range(12):
        build_entry(
            "2024-10-30",
            ko="배치 크기 c++ moe " * 20,
            en="scaling laws " * 20,
            tags=["moe"],
            authors=["Kun Xu"],
        )
    SearchTerm.objects.create(forms="moe\nmixture of experts")
    build_indexes("public")
    doors = ("/search/", "/en/search/", "/search/suggest/", "/api/v1/search/")
    bad, times = [], []
    for number, query in zip(range(HOW_MANY), queries(), strict=False):
        given = (
            {"q": query}
            if number % 3
            else {"q": query, "tag": query, "year": query, "page": query, "author": query}
        )
        start = time.perf_counter()
        answer = client.get(doors[number % 4], given)
        times.append(time.perf_counter() - start)
        if answer.status_code not in (200, 400) or (answer.status_code == 400 and number % 4 != 3):
            bad.append((answer.status_code, query[:80]))
    assert bad == []
    times.sort()
    assert times[HOW_MANY * 99 // 100] <= 0.5, times[-10:]


@pytest.mark.parametrize(
    "query",
    [
        "%00",
        "%ff%fe",
        "q",
        "q=&q=",
        "page=%00",
        "page=9" * 50,
        "q=%ED%A0%80",
        "sort[]=x",
        "q=" + "%22" * 3000,
    ],
)
@pytest.mark.parametrize("door", ["/search/", "/search/suggest/"])
def test_addresses_that_are_no_addresses(client, db, door, query):
    assert client.get(f"{door}?{query}").status_code == 200
