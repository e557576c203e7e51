"""Signing in with two steps, by keyboard alone, in a real browser; and every page on the way looked at."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.roles import assign_role, setup_roles
from tests.browser.conftest import Switch
from tests.browser.test_pages import barriers, looks
from tests.two_step import code_at, recovery_codes, set_up

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FINDERS = [f"django.contrib.staticfiles.finders.{name}Finder" for name in ("FileSystem", "AppDirectories")]

# On each test, not on the module: the folder marks its tests, too, and the nearer mark counts.
served = pytest.mark.django_db(transaction=True)

MANAGED = ("mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes")
MANAGED += ("usersessions_list", "account_change_password", "admin:profile", "account_logout")
THEMES = {"ko": "light", "en": "dark"}
ENTRANCE = ("admin:login", "account_reset_password", "account_reset_password_done")


@pytest.fixture
def open_desk(chromium, settings):
    """Opens a path of the desk in a browser of its own, where publishers must sign in with two steps."""
    # The admin's own files, too, as they lie: collecting them all takes longer than these tests.
    settings.STORAGES = STORAGES
    settings.STATICFILES_FINDERS = FINDERS
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    settings.NARANHI_MFA_REQUIRED = ["publisher", "superuser"]
    setup_roles()
    switch, contexts = Switch(), []

    def opener(path, language="en", **options):
        context = chromium.new_context(base_url=switch.url, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies(
            [{"name": "desk_language", "value": language, "domain": "localhost", "path": "/admin/"}]
        )
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()
    switch.off()


@pytest.fixture
def paul(open_desk):
    user = get_user_model().objects.create_user("paul", password="pw", is_staff=True)
    assign_role(user, "publisher")
    return user


def give_password(page):
    page.locator("#id_login").focus()
    page.keyboard.type("paul")
    page.keyboard.press("Tab")
    page.keyboard.type("pw")
    page.keyboard.press("Enter")


def give_code(page, code):
    page.locator("#id_code").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def sign_out(page):
    page.locator("#logout-form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/login/")


@served
def test_two_steps_by_keyboard_from_setting_up_to_a_recovery_code(open_desk, paul):
    page = open_desk("/admin/")
    give_password(page)
    page.wait_for_url("**/set-up/")
    secret = page.locator("#totp-key").inner_text().strip()
    give_code(page, code_at(secret))
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".desk-codes code").all_inner_texts() == recovery_codes(paul)
    spare = recovery_codes(paul)[0]
    page.get_by_role("link", name="Go on to the desk").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    for code in (code_at(secret), spare):
        sign_out(page)
        give_password(page)
        page.wait_for_url("**/code/")
        give_code(page, code)
        page.wait_for_url("**/admin/")
    assert spare not in recovery_codes(paul)
    assert page.said == []


@served
def test_setting_up_works_without_script(open_desk, paul):
    page = open_desk("/admin/login/", java_script_enabled=False)
    give_password(page)
    page.wait_for_url("**/set-up/")
    give_code(page, code_at(page.locator("#totp-key").inner_text().strip()))
    page.wait_for_url("**/recovery-codes/")


@served
@pytest.mark.parametrize("language", THEMES)
def test_pages_are_quiet_fit_and_have_no_barrier(open_desk, paul, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    page = open_desk("/admin/login/", language)
    found, said = [], []

    def judge(name):
        said.extend(page.said)
        page.evaluate(axe)
        for look in looks(page):
            if page.evaluate("document.documentElement.scrollWidth") > look[0]:
                found.append((name, look, "wide"))
            # Once a page and width: the languages differ in words, not in marks.
            if look[1] == THEMES[language]:
                # Django's links fade from one theme's colour to the other's.
                page.wait_for_timeout(200)
                found.extend((name, look, barrier) for barrier in barriers(page))
        # axe itself fetches style sheets anew, which the policy forbids it.
        page.said.clear()

    for name in ENTRANCE:
        page.goto(reverse(name))
        judge(name)
    page.goto(reverse("account_reset_password_from_key", args=["1", "no-good"]))
    judge("token_fail")
    page.goto(reverse("admin:login"))
    page.locator("#id_login").fill("nobody")
    page.locator("#id_password").fill("wrong")
    page.keyboard.press("Enter")
    page.locator(".errorlist").wait_for()
    judge("refused")
    page.locator("#id_login").fill("")
    give_password(page)
    page.wait_for_url("**/set-up/")
    judge("mfa_activate_totp")
    secret = set_up(paul)
    for name in MANAGED:
        page.goto(reverse(name))
        judge(name)
    sign_out(page)
    give_password(page)
    page.wait_for_url("**/code/")
    judge("mfa_authenticate")
    give_code(page, code_at(secret))
    page.wait_for_url("**/admin/")
    assert (found, said) == ([], [])
