"""A filter and its address: what is read, what is left out, and that the one comes back from the other."""

import datetime

import pytest
from django.http import QueryDict

from digest.editing.queue_filter import Filter

WHOLE = Filter("en", datetime.date(2024, 10, 30), "비디오-생성", 7, "newest")


def test_address_is_read():
    query = QueryDict(
        "queue=review&lang=en&digest=2024-10-30&tag=%EB%B9%84%EB%94%94%EC%98%A4_생성&assignee=7&order=newest"
    )
    assert Filter.from_query(query) == WHOLE


@pytest.mark.parametrize(
    "where", [Filter(), WHOLE, Filter(assignee="none"), Filter(language="ko", order="newest")]
)
def test_filter_comes_back_from_its_own_address(where):
    assert Filter.from_query(QueryDict(where.query(queue="stale"))) == where


def test_address_says_only_what_differs_and_more_comes_first():
    assert Filter().query() == ""
    assert Filter(language="en").query(queue="translate", task="en") == "queue=translate&task=en&lang=en"


@pytest.mark.parametrize(
    "query",
    [
        "lang=ja&digest=yesterday&tag=&assignee=me&order=random",
        "lang=%00&digest=2024-13-45&assignee=-1&order=%00",
        "digest=20241030x&assignee=" + "9" * 400,
        "digest=" + "9" * 400 + "&assignee=%EF%BC%97",
    ],
)
def test_what_cannot_be_read_is_left_out(query):
    assert Filter.from_query(QueryDict(query)) == Filter()


def test_tag_keeps_nothing_that_a_database_refuses():
    where = Filter.from_query(QueryDict("tag=moe%00" + "x" * 10_000))
    assert where.tag is not None
    assert "\0" not in where.tag
