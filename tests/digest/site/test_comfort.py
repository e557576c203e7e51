"""The shells that a reader's device fills, what a browser needs for them, and how much a page may weigh."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client
from PIL import Image

from tests.collected import collected_static

pytestmark = pytest.mark.django_db

ASSET = re.compile(r'(?:src|href)="(/static/site/[^"]+)"')
KB = 1024
SCRIPT = re.compile(r"<script[^>]*>")
DATA = '<script type="application/ld+json">'


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    with collected_static(tmp_path_factory.mktemp("static")) as root:
        yield root


@pytest.fixture
def page(root):
    """A digest of eight entries: its bytes as they travel, and the static files it asks for."""
    call_command("import_seeds", verbosity=0)
    client = Client()
    html = client.get("/digests/2024-10-10/").content.decode()
    assert html.count('class="entry"') == 8
    sent = client.get("/digests/2024-10-10/", headers={"Accept-Encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    return len(sent.content), sorted(set(ASSET.findall(html)))


def on_the_wire(root, address):
    """The size of the smallest form WhiteNoise has of a static file."""
    name = address.removeprefix(settings.STATIC_URL)
    return min(
        (root / (name + suffix)).stat().st_size
        for suffix in ("", ".br", ".gz")
        if (root / (name + suffix)).exists()
    )


def test_scripts_of_a_digest_stay_under_five_kilobytes(page, root):
    scripts = [address for address in page[1] if address.endswith(".js")]
    assert len(scripts) == 3
    assert sum(on_the_wire(root, address) for address in scripts) <= 5 * KB


def test_a_digest_stays_under_25_kilobytes_and_60_with_its_font(page, root):
    html, assets = page
    text = [address for address in assets if address.endswith((".css", ".js", ".svg"))]
    fonts = [address for address in assets if address.endswith(".woff2")]
    assert (len(text), len(fonts)) == (5, 1)
    light = html + sum(on_the_wire(root, address) for address in text)
    assert light <= 25 * KB
    assert light + sum(on_the_wire(root, address) for address in fonts) <= 60 * KB


def test_style_sheet_stays_under_its_limit(page, root):
    [style] = [address for address in page[1] if address.endswith(".css")]
    assert on_the_wire(root, style) <= 7.5 * KB


def test_no_script_or_style_is_inline(read):
    for path in ("/", "/en/reading-list/", "/offline/", "/digests/2024-10-30/"):
        html = read(path)
        # A block of data is no script: no browser runs it, whatever the policy (tests/browser/test_metadata.py).
        assert {tag for tag in SCRIPT.findall(html) if "src=" not in tag} <= {DATA}
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


@pytest.mark.parametrize("path", ["/reading-list/", "/offline/"])
def test_shells_are_the_same_for_everyone_in_three_editions(client, site, path):
    for edition, words in (("", 'lang="ko"'), ("/ko", 'lang="ko"'), ("/en", 'lang="en"')):
        answer = client.get(edition + path)
        assert answer.status_code == 200
        assert f"<html {words}>" in answer.content.decode()
        assert answer["Cache-Control"] == "public, max-age=60"
        client.cookies["anything"] = "x"
        assert client.get(edition + path).content == answer.content
    assert ("X-Robots-Tag" in answer) == (path == "/offline/")


def test_reading_list_without_script_says_what_it_is(read):
    html = read("/en/reading-list/")
    assert "They are kept in this browser" in html
    assert "The list is empty because JavaScript is switched off" in html
    assert re.search(r'<div id="shelf" hidden data-js', html)


def test_every_control_that_needs_script_is_hidden_without_it(read):
    for path in ("/", "/digests/2024-10-30/", "/offline/"):
        buttons = re.findall(r"<button[^>]*>", read(path).split("<dialog")[0])
        assert [button for button in buttons if "hidden data-js" not in button] == []


def test_save_button_carries_what_a_citation_needs(read):
    html = read("/digests/2024-10-30/")
    assert 'data-title="Critical Batch Size" data-slug="critical-batch-size"' in html
    assert 'data-names="Hanlin Zhang;Kun Xu;Kun Xu" data-date="2024-10-30" data-arxiv="2410.21676"' in html


def test_worker_is_at_the_root_once_and_always_asked_for_again(client, root):
    answer = client.get("/sw.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript")
    assert answer["Cache-Control"] == "public, no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert client.get("/ko/sw.js").status_code == 404
    assert client.post("/sw.js").status_code == 405
    text = answer.content.decode()
    shell = json.loads(re.search(r"self\.SHELL = (.*);", text)[1])
    for address in [*shell["files"], *re.findall(r'importScripts\("([^"]+)"\)', text)]:
        if address.startswith("/static/"):
            assert re.search(r"\.[0-9a-f]{12}\.", address)
            assert (root / address.removeprefix("/static/")).exists()
        else:
            assert client.get(address).status_code == 200


def test_manifest_names_the_site(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    data = answer.json()
    assert (data["name"], data["start_url"], data["scope"]) == (settings.SITE_NAME, "/", "/")
    drawn = [("icon-192", 192, None), ("icon-512", 512, None), ("maskable-512", 512, "maskable")]
    icons = [(icon["src"], icon["sizes"], icon["type"], icon.get("purpose")) for icon in data["icons"][1:]]
    assert icons == [
        (static(f"site/icons/{name}.png"), f"{side}x{side}", "image/png", purpose)
        for name, side, purpose in drawn
    ]
    assert [size_of(f"{name}.png") for name, *_ in drawn] == [(side, side) for _, side, _ in drawn]


def size_of(icon):
    with Image.open(finders.find(f"site/icons/{icon}")) as picture:
        return picture.size


@pytest.mark.parametrize(("name", "side"), [("favicon.ico", 48), ("apple-touch-icon.png", 180)])
def test_icons_are_where_browsers_look_of_themselves(client, name, side):
    answer = client.get(f"/{name}")
    assert (answer.status_code, answer["Location"]) == (302, static(f"site/icons/{name}"))
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert size_of(name) == (side, side)


def test_a_mask_cuts_nothing_off_the_mark():
    with Image.open(finders.find("site/icons/maskable-512.png")) as picture:
        left, top, right, bottom = picture.convert("L").point(lambda value: 255 * (value < 240)).getbbox()
    # The safe zone is a circle of two fifths of the side.
    assert (
        max((x - 256) ** 2 + (y - 256) ** 2 for x in (left, right) for y in (top, bottom)) < (512 * 0.4) ** 2
    )
