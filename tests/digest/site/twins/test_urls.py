"""Every public page has a twin, or stands in a list with the reason."""

from django.urls import URLPattern, resolve, reverse

from digest.site.twins.paths import WITHOUT, twin_path
from digest.site.twins.urls import is_page
from digest.site.urls import urlpatterns
from tests.addresses import TWINNED


def pages():
    return [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern) and is_page(pattern)]


def test_every_page_has_a_twin_or_a_reason():
    assert sorted(page.name for page in pages()) == sorted([*TWINNED, *WITHOUT])
    assert all(WITHOUT.values())


def test_twin_is_at_the_address_of_its_page():
    for edition in ("site", "ko", "en"):
        for name, kwargs in {
            "home": {},
            "archive": {},
            "year": {"year": 2024},
            "month": {"year": 2024, "month": 1},
            "week": {"year": 2024, "week": 9},
            "arxiv": {"arxiv_id": "cs/0101001"},
            "tag": {"slug": "a+-b"},
            "paper": {"paper_id": 1, "slug": "비디오"},
            "search": {},
        }.items():
            page = reverse(f"{edition}:{name}", kwargs=kwargs)
            twin = reverse(f"{edition}:md:{name}", kwargs=kwargs)
            assert twin == twin_path(page)
            assert resolve(twin_path(page)).view_name == f"{edition}:md:{name}"


def test_query_is_kept():
    assert twin_path("/ko/?a=/") == "/ko/index.md?a=/"
    assert twin_path("/tags/moe/?before=3") == "/tags/moe.md?before=3"


def test_a_tag_may_be_called_like_a_file():
    assert resolve("/tags/readme.md/").kwargs == {"slug": "readme.md"}
    assert resolve("/tags/readme.md.md").kwargs == {"slug": "readme.md"}
    assert resolve("/tags/readme.md").view_name == "site:md:tag"
