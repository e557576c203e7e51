"""The pages that say why there is no page."""

import pytest
from django.core.exceptions import PermissionDenied

from digest.site import errors, views_tags

pytestmark = pytest.mark.django_db


def test_not_found_speaks_the_language_of_the_edition(client):
    english = client.get("/en/nowhere/").content.decode()
    both = client.get("/nowhere/").content.decode()
    assert "<h1>There is no page at this address.</h1>" in english
    assert '<html lang="ko">' in both
    assert '<p lang="en" class="none">There is no page at this address.</p>' in both


def test_not_found_stands_in_no_section(client):
    assert client.get("/en/nowhere/").content.decode().count("aria-current") == 1  # the edition


def test_not_found_has_no_canonical_address(client):
    html = client.get("/nowhere/").content.decode()
    assert "canonical" not in html
    assert 'hreflang="x-default"' not in html
    assert "nowhere" not in html


def test_a_failing_view_answers_in_both_languages_with_the_policy(client, monkeypatch):
    def fail():
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(views_tags.tag_reading, "tag_counts", fail)
    client.raise_request_exception = False
    response = client.get("/tags/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "페이지를 만들지 못했습니다." in html
    assert "Something went wrong on our side." in html
    assert "the database is gone" not in html
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (errors.bad_request, 400, "This request cannot be read."),
        (errors.forbidden, 403, "You may not see this page."),
    ],
)
def test_other_refusals_have_pages_too(rf, handler, status, words):
    response = handler(rf.get("/nowhere/"), PermissionDenied("secret reason"))
    assert response.status_code == status
    assert words in response.content.decode()
    assert "secret reason" not in response.content.decode()


def test_a_foreign_host_name_is_a_bad_request(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
