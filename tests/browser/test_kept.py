"""What stays on the device: the reading list and its files, pages for reading without a network."""

import json

import pytest

from tests.browser.until import until

DIGEST = "/digests/2024-10-10/"
HOSTILE = "<img src=x onerror=alert(1)>"


def rows(page):
    return page.locator("#shelf-rows h3").all_inner_texts()


def chosen_file(page, content):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    page.locator("#shelf-report").evaluate("report => { report.textContent = ''; }")
    page.locator("#import").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": data}
    )
    until(page, "document.getElementById('shelf-report').textContent !== ''")
    return page.locator("#shelf-report").inner_text()


def exported(page, name):
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_text()


def test_list_saves_exports_clears_and_takes_back(open_page):
    page = open_page("/en" + DIGEST)
    titles = page.locator(".entry h2").all_inner_texts()
    page.locator("#e1 [data-save]").click()
    page.locator("#e3 [data-save]").click()
    assert page.locator("[data-save][aria-pressed=true]").count() == 2
    page.goto("/en/reading-list/")
    assert rows(page) == [titles[2], titles[0]]
    kept = json.loads(exported(page, "Export as JSON"))
    assert [paper["title"] for paper in kept["papers"]] == rows(page)
    bibtex = exported(page, "Export as BibTeX")
    assert bibtex.count("@misc{") == 2
    assert "author = {Liping Tang and Nikhil Ranjan" in bibtex
    page.get_by_role("button", name=f"Take off the list: {titles[2]}").click()
    assert rows(page) == [titles[0]]
    assert page.evaluate("document.activeElement.matches('[data-remove]')")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear the list").click()
    assert rows(page) == []
    assert page.get_by_text("Nothing saved yet.").is_visible()
    assert chosen_file(page, kept) == "Papers added: 2"
    assert rows(page) == [titles[2], titles[0]]
    assert chosen_file(page, kept) == "Papers added: 0"
    page.get_by_role("link", name=titles[0]).click()
    page.wait_for_url("**/en/papers/*/*/")
    assert page.locator("[data-save]").get_attribute("aria-pressed") == "true"
    assert page.context.cookies() == []


def test_a_saved_paper_takes_its_new_title(open_page):
    page = open_page(DIGEST)
    page.locator("#e2 [data-save]").click()
    page.evaluate(
        'localStorage.saved = localStorage.saved.replace(/"title":"[^"]*"/, \'"title":"Old title"\')'
    )
    page.goto("/en/reading-list/")
    assert rows(page) == ["Old title"]
    page.goto(DIGEST)
    until(page, "!localStorage.saved.includes('Old title')")
    page.goto("/en/reading-list/")
    assert rows(page) == ["Pyramidal Flow Matching for Efficient Video Generative Modeling"]


def test_a_hostile_file_executes_nothing_and_leads_nowhere(open_page):
    page = open_page("/en/reading-list/", bypass_csp=True)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    papers = [
        {"id": 1, "title": HOSTILE, "slug": "javascript:alert(1)", "authors": [HOSTILE], "date": HOSTILE},
        {
            "id": 2,
            "title": "T\u0000\u202e}, author={x",
            "slug": "../../admin/",
            "doi": "10.1/}{",
            "url": "javascript:alert(1)",
        },
        {"id": 3, "title": "Dots", "slug": "..", "authors": {"length": 9}, "arxiv": "//evil.example"},
        {"id": "4", "title": "Not a number"},
        {"id": -1, "title": "Negative"},
        {"id": 5, "title": ["list"]},
        {"__proto__": {"id": 6, "title": "Proto"}},
        None,
        7,
    ]
    assert chosen_file(page, {"naranhi": "reading-list", "papers": papers}) == "Papers added: 3"
    links = page.evaluate("[...document.querySelectorAll('#shelf-rows a')].map(link => link.href)")
    own = page.evaluate("location.origin") + "/en/papers/"
    assert [link.removeprefix(own) for link in links] == ["1/javascript%3Aalert(1)/", "2/-/", "3/-/"]
    assert page.locator("#shelf-rows img").count() == 0
    assert rows(page)[0] == HOSTILE
    assert "title = {{T \\}, author=\\{x}}" in exported(page, "Export as BibTeX")
    unreadable = "This file is not an exported reading list."
    for content in (b"", b"\xff\xfe", b"[1]", b"null", {"papers": []}, b'"' + b"x" * 1_000_001 + b'"'):
        assert chosen_file(page, content) == unreadable
    # Whatever else may have been written where the list is kept.
    for stored in ("{", "7", "null", '{"a": 1}', '[{"id": 1}]'):
        page.evaluate("stored => localStorage.setItem('saved', stored)", stored)
        page.reload()
        assert rows(page) == []
    assert [said for said in page.said if "Playwright" not in said] == []


def opened_online(open_page):
    """A first visit: the page is in the cache of the worker that came with it."""
    page = open_page("/en" + DIGEST, service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.match(location.origin + location.pathname).then(Boolean)")
    return page


def keys_of(page, name):
    return page.evaluate(
        "name => caches.open(name).then(cache => cache.keys()).then(keys => keys.map(key => new URL(key.url).pathname))",
        name,
    )


def test_opened_pages_can_be_read_without_a_network(open_page, seeded):
    page = opened_online(open_page)
    page.locator("#e2 [data-save]").click()
    page.goto("/en/digests/2024-05-29/")
    for path in ("/en/nowhere/", "/admin/login/", "/en/tags/"):
        page.goto(path)
    page.goto("/en/")
    until(page, "caches.match(location.href).then(Boolean)")
    kept = keys_of(page, "naranhi-pages-1")
    assert sorted(kept) == ["/en/", "/en/digests/2024-05-29/", "/en/digests/2024-10-10/"]
    [saved] = keys_of(page, "naranhi-saved-1")
    assert saved.endswith("pyramidal-flow-matching-for-efficient-video-generative/")

    seeded.off()
    page.goto("/en" + DIGEST)
    assert page.locator(".entry").count() == 8
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Pretendard')
    page.goto(saved)
    assert page.locator("h1").inner_text().startswith("Pyramidal")
    page.goto("/en/reading-list/")
    assert len(rows(page)) == 1
    page.goto("/ko/digests/2024-03-14/")
    assert page.locator(".state").is_visible()
    assert page.locator(".edition [aria-current]").inner_text() == "한국어"

    seeded.on()
    page.goto("/ko/digests/2024-03-14/")
    assert page.locator(".entry").count() == 6
    assert [said for said in page.said if "Content Security" in said] == []


def test_a_page_that_is_gone_is_dropped_and_the_number_is_bounded(open_page, seeded):
    page = opened_online(open_page)
    fill = """async () => {
        const cache = await caches.open("naranhi-pages-1");
        for (let n = 1; n <= 65; n += 1) await cache.put(`/papers/${n}/x/`, new Response("x"));
        await cache.put("/en/digests/1999-01-01/", new Response("withdrawn"));
        await caches.open("naranhi-shell-old");
    }"""
    page.evaluate(fill)
    assert page.goto("/en/digests/1999-01-01/").status == 404
    page.goto("/en/")
    page.wait_for_timeout(300)
    kept = keys_of(page, "naranhi-pages-1")
    assert len(kept) == 60
    assert "/en/" in kept
    assert "/en/digests/1999-01-01/" not in kept


def test_offline_reading_can_be_switched_off(open_page, seeded):
    page = opened_online(open_page)
    page.goto("/en/reading-list/")
    page.get_by_label("Keep opened and saved pages for reading offline").uncheck()
    until(page, "caches.keys().then(names => names.length === 0)")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    page.goto("/en/")
    page.wait_for_timeout(200)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
