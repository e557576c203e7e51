"""The readers' pages in a real browser: accessibility rules, and no sideways scrolling on a phone."""

import shutil

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="needs the chromium package"),
]

PATHS = [
    "/",
    "/digests/",
    "/digests/2024/",
    "/digests/2024/10/",
    "/digests/2024-10-30/",
    "/digests/2024-05-29/",
]
PATHS += ["/tags/", "/tags/scaling-law/", "/nowhere/"]


@pytest.fixture
def browser(monkeypatch):
    # The browser's own event loop runs in this thread; the rows are read and written by no other coroutine.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    options = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


def open_everything(page, url):
    page.goto(url)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(browser, live_server, site, scheme):
    # The rules are run by a script put into the page, which the policy of the site rightly refuses.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    broken = []
    for path in [edition + path for path in PATHS for edition in ("", "/ko", "/en")]:
        open_everything(page, live_server.url + path)
        found = axe.Axe().run(page).response["violations"]
        broken += [(path, rule["id"], rule["impact"], rule["nodes"][0]["html"]) for rule in found]
    context.close()
    assert broken == []


def test_nothing_scrolls_sideways_and_the_policy_refuses_nothing(browser, live_server, site):
    said, wide = [], []
    for width in (320, 768, 1440):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        for path in [edition + path for path in PATHS[:-1] for edition in ("", "/en")]:
            open_everything(page, live_server.url + path)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((width, path))
        context.close()
    assert (wide, said) == ([], [])
