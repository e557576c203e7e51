"""A search as the query of a feed's address."""

from django.http import QueryDict

from digest.site.search_query import Asked
from digest.templatetags.feed_links import builder_query, feed_query

ASKED = Asked.of(QueryDict("q=배치+크기&tag=MoE&lang=ko&sort=newest&page=3&junk=1"))


def test_words_and_filters_without_order_and_page():
    assert feed_query(ASKED) == "q=%EB%B0%B0%EC%B9%98+%ED%81%AC%EA%B8%B0&tag=moe&lang=ko"
    assert feed_query(Asked()) == ""


def test_the_same_for_the_page_that_builds_feeds():
    assert (
        builder_query(ASKED) == "scope=search&q=%EB%B0%B0%EC%B9%98+%ED%81%AC%EA%B8%B0&in_tag=moe&in_lang=ko"
    )
