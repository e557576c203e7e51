"""What readers' cookies do: nothing."""

import pytest

from tests.build import build_entry

PATHS = ["/", "/en/search/?q=note", "/api/v1/digests/", "/feeds/papers.atom", "/nowhere/", "/reading-list/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cookie", ["sessionid=unknown", "sessionid=a; csrftoken=b; desk_language=en; x=y"])
def test_a_cookie_changes_no_byte_of_a_public_answer(client, path, cookie):
    build_entry()
    plain = client.get(path)
    given = client.get(path, headers={"cookie": cookie})
    assert (given.status_code, given.content) == (plain.status_code, plain.content)
    assert dict(given.headers) == dict(plain.headers)
    assert not given.cookies
    assert "Cookie" not in given.headers.get("Vary", "")


@pytest.mark.django_db
def test_the_desk_keeps_its_cookies(client, boss):
    client.force_login(boss)
    assert client.get("/admin/").status_code == 200
