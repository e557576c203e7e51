"""docs/feeds.md names every feed there is, and nothing else."""

import re
from pathlib import Path

from digest.site import urls
from digest.site.converters import FeedForm, FeedItems

TEXT = (Path(__file__).resolve().parents[4] / "docs/feeds.md").read_text()
NAMED = {"<words:slug>": "<tags>", "<row:author_id>": "<id>"}


def test_the_table_is_exactly_the_feeds():
    routes = [str(pattern.pattern) for pattern in urls.urlpatterns if "<form:form>" in str(pattern.pattern)]
    assert len(routes) == 4
    expected = set()
    for route in routes:
        for written, said in NAMED.items():
            route = route.replace(written, said)
        for items in FeedItems.regex.split("|"):
            for form in FeedForm.regex.split("|"):
                expected.add("/" + route.replace("<items:items>", items).replace("<form:form>", form))
    assert len(expected) == 4 * 2 * 3
    assert set(re.findall(r"`(/feeds/[^`]+\.(?:atom|rss|json))`", TEXT)) == expected
