"""Every kind of page in every edition, in both themes, narrow and wide: no complaint, no sideways scrolling, no barrier."""

import json
import time

import pytest
from django.urls import reverse

from papers.models import Paper

EDITIONS = ("", "/ko", "/en")
WIDTHS = (360, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
PATHS = [
    "/",
    "/digests/",
    "/digests/2024/",
    "/digests/2024/10/",
    "/digests/2024/w44/",
    "/digests/2024-10-10/",
    "/digests/2024-05-29/",
    "/digests/2024-11-05/",
    "/tags/",
    "/tags/scaling-law/",
    "/tags/?order=name",
    "/tags/moe,scaling-law+-moe/",
    "/trends/",
    "/about/",
    "/feeds/",
    "/reading-list/",
    "/offline/",
    "/nowhere/",
]
SAVED = '[{"id": 1, "title": "A <b>saved</b> paper", "authors": ["Kun Xu"], "date": "2024-10-10"}]'


def all_paths():
    paper = Paper.objects.get(arxiv_id="2411.00001")
    author = paper.authorships.first().author
    slug = {"paper_id": paper.pk, "slug": "energy-of-e-mc2"}
    return [
        *PATHS,
        reverse("site:paper", kwargs=slug),
        reverse("site:author", kwargs={"author_id": author.pk, "slug": "kun-xu"}),
    ]


def barriers(page):
    """What axe, already on the page, finds; every details open, as the closed ones hide what it should look at."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found = page.evaluate(f"axe.run({AXE_OPTIONS}).then(results => results.violations)")
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def looks(page):
    """The page narrow and wide, in light and dark, without loading it again."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            yield width, scheme


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_is_quiet_fits_and_has_no_barrier(open_page, edition):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    page = open_page("/offline/")
    page.evaluate("saved => localStorage.setItem('saved', saved)", SAVED)
    wide, barred = [], []
    for number, path in enumerate(all_paths()):
        page.goto(edition + path)
        # Once a page: the editions differ in words, not in marks.
        judged = EDITIONS[number % 3] == edition
        if judged:
            page.evaluate(axe)
        for look in looks(page):
            if page.evaluate("document.documentElement.scrollWidth") > look[0]:
                wide.append((look, path))
            if judged:
                barred += [(look, path, *barrier) for barrier in barriers(page)]
    page.keyboard.press("?")
    page.evaluate(axe)
    barred += [("dialog", barrier) for barrier in barriers(page)]
    expected = ("404 (Not Found)", "blocked by Playwright")
    complaints = [said for said in page.said if not any(words in said for words in expected)]
    assert (wide, barred, complaints) == ([], [], [])


def test_a_narrow_telephone_and_large_text_do_not_scroll_sideways(open_page):
    page = open_page("/offline/", viewport={"width": 320, "height": 700}, forced_colors="active")
    wide = []
    for path in all_paths():
        page.goto(path)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    assert wide == []


def test_without_script_everything_is_there_and_every_control_works(open_page):
    page = open_page("/en/", java_script_enabled=False)
    page.get_by_role("link", name="Read the whole digest").click()
    assert page.url.endswith("/en/digests/2024-11-05/")
    assert page.get_by_role("button").count() == 0
    page.locator(".abs summary").first.click()
    assert page.get_by_text("Mass and").last.is_visible()
    page.get_by_role("link", name="Energy of").click()
    assert "/en/papers/" in page.url
    page.locator(".edition a").first.click()
    assert "/ko/papers/" in page.url
    page.goto("/en/reading-list/")
    assert page.get_by_text("The list is empty because JavaScript is switched off").is_visible()
    assert page.get_by_role("checkbox").count() == 0


def late(route):
    time.sleep(0.15)
    route.continue_()


def test_nothing_moves_while_a_page_arrives(open_page):
    """Layout shift, with the font coming late; 0.01 is a tenth of what counts as good."""
    watch = """
        self.shift = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) self.shift += e.value; })
            .observe({ type: "layout-shift", buffered: true });
    """
    moved = {}
    for width in (360, 1440):
        page = open_page("/offline/", viewport={"width": width, "height": 800})
        page.evaluate("""localStorage.setItem('read', '{"2024-10-10": [4, 5], "2024-05-29": [12]}')""")
        page.context.add_init_script(watch)
        page.route("**/*.woff2", late)
        for path in ("/", "/digests/2024-10-10/", "/en/digests/2024-05-29/", "/reading-list/"):
            page.goto(path)
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(100)
            moved[width, path] = page.evaluate("shift")
    assert {key: value for key, value in moved.items() if value > 0.01} == {}


def test_print_opens_abstracts_names_addresses_and_leaves_controls_out(open_page):
    page = open_page("/digests/2024-11-05/", viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    assert page.locator(".abs .full").first.is_visible()
    assert page.get_by_role("button").count() == 0
    assert not page.locator(".nav").is_visible()
    assert page.get_by_text("arXiv:2411.00001").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_motion_is_reduced_where_asked(open_page):
    page = open_page("/", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
