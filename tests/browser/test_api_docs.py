"""The page of the readers' API in a real browser: under the site's own policy, without a word in the console."""

import pytest

from tests.browser.test_pages import looks
from tests.build import build_entry

PATH = "/api/docs/"
OPERATIONS = 15


@pytest.fixture
def docs(chromium, site):
    """Opens the page; ``said`` is what the console says, ``asked`` where requests go."""
    build_entry("2024-10-30", title="Critical Batch Size", ko="노트", en="A note", tags=["moe"])
    contexts = []

    def opener(**options):
        context = chromium.new_context(base_url=site.url, service_workers="block", **options)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(PATH)
        return page

    yield opener
    for context in contexts:
        context.close()


def test_every_operation_is_shown_and_the_console_stays_silent(docs, site):
    page = docs()
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() == OPERATIONS
    for width, scheme in looks(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, scheme)
    assert page.said == []
    assert {url for url in page.asked if not url.startswith(("data:", site.url))} == set()
    assert page.context.cookies() == []


def test_a_request_can_be_tried_on_the_page(docs):
    page = docs()
    page.locator("#operations-content-digests_list button.opblock-summary-control").click()
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table tbody .response-col_description .highlight-code")
    answer.first.wait_for()
    assert "2024-10-30" in answer.first.inner_text()
    assert page.said == []


def test_without_script_the_resources_are_named(docs):
    page = docs(java_script_enabled=False)
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "/api/v1/entries/" in links
    assert len(links) == 10
