"""The site as it is deployed, hashed static files included, and one Chromium for all the tests of this folder."""

import contextlib
import importlib
import shutil
import threading

import pytest
from django.conf import settings as site_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import WSGIServer
from django.db import connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler

from tests.build import build_entry
from tests.collected import collected_static

CHROMIUM = shutil.which("chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)
            # The database is set up for tests that ask for it; ``seeded`` alone is not seen to.
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def chromium():
    try:
        sync_api = importlib.import_module("playwright.sync_api")
    except ImportError:
        pytest.skip("needs playwright: pip install -r requirements-dev.txt")
    if CHROMIUM is None:
        pytest.skip("needs the chromium package")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        # The browser's own event loop runs in this thread; the rows are read and written by no other coroutine.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        # Inside its event loop this thread has a set of connections of its own, which nothing else would close.
        connections.close_all()
        browser.close()


@pytest.fixture(scope="package")
def collected(tmp_path_factory):
    with collected_static(tmp_path_factory.mktemp("static")) as root:
        yield root


class Server(WSGIServer):
    """A thread for each request, and no connection kept: once switched off, nothing answers any more."""

    def process_request(self, request, client_address):
        threading.Thread(target=self.answer, args=(request, client_address), daemon=True).start()

    def answer(self, request, client_address):
        # A browser opens connections it does not use, and drops those it no longer needs.
        with contextlib.suppress(OSError):
            self.finish_request(request, client_address)
        self.shutdown_request(request)
        connections.close_all()


class Switch:
    """The site on a port of its own; it can be taken off the network and put back."""

    def __init__(self):
        self.port = 0
        self.handler = WSGIHandler()
        self.answering = 0
        self.change = threading.Condition()
        self.on()

    def answer(self, environ, start_response):
        """Django's whole answer, counted: what a page asked for as it closed must not meet the next test's rows."""
        with self.change:
            self.answering += 1
        try:
            with contextlib.closing(self.handler(environ, start_response)) as response:
                return [b"".join(response)]
        finally:
            with self.change:
                self.answering -= 1
                self.change.notify_all()

    def on(self):
        self.running = True
        self.server = Server(("127.0.0.1", self.port), QuietWSGIRequestHandler)
        self.server.set_app(self.answer)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def off(self):
        self.running = False
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
        with self.change:
            assert self.change.wait_for(lambda: self.answering == 0, timeout=20)

    @property
    def url(self):
        # A service worker asks for a secure context, which localhost is.
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="package")
def seeded(chromium, collected, django_db_setup, django_db_blocker):
    """The four real digests and one with formulas, served; stored once, as readers can change nothing."""
    with django_db_blocker.unblock():
        call_command("import_seeds", verbosity=0)
        build_entry(
            "2024-11-05",
            title="Energy of $E = mc^2$",
            authors=["Kun Xu", "Hanlin Zhang"],
            abstract="Mass and $m$.",
            ko="질량 $m$ 이야기",
            en="About $m$ and $c$.",
            arxiv_id="2411.00001",
            tags=["scaling-law"],
        )
        build_entry("2024-11-05", title="Korean only", ko="한국어만", tags=["moe"])
        switch = Switch()
        yield switch
        switch.off()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def open_page(chromium, seeded):
    """Opens a path in a context of its own, with whatever the browser complains about in ``page.said``."""
    contexts = []

    def opener(path="/", *, context=None, **options):
        options.setdefault("viewport", {"width": 1440, "height": 900})
        options.setdefault("service_workers", "block")
        if context is None:
            context = chromium.new_context(base_url=seeded.url, **options)
            contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()
    if not seeded.running:
        seeded.on()


@pytest.fixture
def site(settings, transactional_db):
    """The desk on a port of its own. The admin's own files are served as they lie, which spares collecting them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    ]
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    switch = Switch()
    yield switch
    switch.off()


@pytest.fixture
def browser_of(chromium, site):
    """A browser of its own for someone who is signed in."""
    contexts = []

    def opener(user, **options):
        context = chromium.new_context(base_url=site.url, locale="en-GB", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        sign_in(context, user)
        return context

    yield opener
    for context in contexts:
        context.close()


def sign_in(context, user, language="en"):
    """Give the browser what the sign-in page would."""
    client = Client()
    client.force_login(user)
    name = site_settings.SESSION_COOKIE_NAME
    values = {name: client.cookies[name].value, "desk_language": language}
    context.add_cookies(
        [
            {"name": name, "value": value, "domain": "localhost", "path": "/admin/"}
            for name, value in values.items()
        ]
    )
