"""In a real browser: the data blocks break no rule of the content policy, and the pictures are pictures."""

import json

import pytest

from papers.models import Paper

EDITIONS = ("", "/ko", "/en")
PAGES = ("/", "/digests/2024-10-10/", "/digests/2024-05-29/", "/tags/scaling-law/", "/digests/", "/about/")
VIOLATIONS = """
    self.violated = [];
    addEventListener("securitypolicyviolation", (event) => violated.push(event.violatedDirective + event.blockedURI));
"""
IMAGE = 'meta[property="og:image"]'


def rows():
    """The addresses of a paper and of its first author."""
    paper = Paper.objects.get(arxiv_id="2411.00001")
    author = paper.authorships.first().author
    return f"/papers/{paper.pk}/energy-of-e-mc2/", f"/authors/{author.pk}/kun-xu/"


@pytest.mark.parametrize("edition", EDITIONS)
def test_pages_with_linked_data_violate_nothing_and_say_nothing(open_page, edition):
    page = open_page(f"{edition}/offline/")
    page.context.add_init_script(VIOLATIONS)
    found = {}
    for path in (edition + path for path in (*PAGES, *rows())):
        response = page.goto(path)
        assert "script-src 'self';" in response.headers["content-security-policy"]
        blocks = page.locator('script[type="application/ld+json"]').all_text_contents()
        found[path] = [json.loads(block)["@context"] for block in blocks]
        assert page.evaluate("violated") == [], path
    context = ["https://schema.org"]
    bare = {f"{edition}/digests/", f"{edition}/about/"}
    assert found == {path: [] if path in bare else context for path in found}
    assert [said for said in page.said if "blocked by Playwright" not in said] == []


def test_the_policy_would_have_been_heard(open_page):
    page = open_page("/offline/")
    page.context.add_init_script(VIOLATIONS)
    page.goto("/")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'self.ran = 1'}))"
    )
    assert page.evaluate("[violated, self.ran ?? 0]") == [["script-src-eleminline"], 0]


def test_the_cards_that_pages_name_are_pictures_of_the_size_they_say(open_page, seeded):
    page = open_page("/en/digests/2024-10-10/")
    for path in ("/en/", "/en/digests/2024-10-10/", f"/ko{rows()[0]}"):
        page.goto(path)
        # As another site would show it; the name of this one is not that of the test's server.
        image = page.locator(IMAGE).get_attribute("content").replace("http://localhost:8000", seeded.url)
        size = page.evaluate(
            "src => new Promise((done) => { const picture = new Image(); picture.src = src;"
            " picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]);"
            " picture.onerror = () => done([]); })",
            image,
        )
        assert size == [1200, 630], path


def test_the_web_app_manifest_has_nothing_to_complain_of(open_page):
    page = open_page("/")
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    icons = json.loads(told["data"])["icons"]
    answers = page.evaluate(
        "urls => Promise.all(urls.map((url) => fetch(url).then((r) => r.status)))", [i["src"] for i in icons]
    )
    assert answers == [200] * 4
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
