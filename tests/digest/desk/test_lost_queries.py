"""Searches without result at the desk: seen by editors, taken in by a button, changed by nobody."""

import pytest

from digest.models import LostQuery
from tests.page import inline_code, message_texts

pytestmark = pytest.mark.django_db
LIST = "/admin/digest/lostquery/"


def test_the_list_says_that_nothing_is_kept(client, minji):
    client.force_login(minji)
    page = client.get(LIST)
    assert "NARANHI_LOST_QUERIES" in page.content.decode()
    assert "take-in" not in page.content.decode()


def test_a_button_takes_in_what_the_public_site_wrote_down(client, minji, settings, tmp_path):
    settings.NARANHI_LOST_QUERIES = str(tmp_path / "lost.txt")
    (tmp_path / "lost.txt").write_text("2026-11-01 <script>zzz\n2026-11-01 둘\n")
    client.force_login(minji)
    assert f"{LIST}take-in/" in client.get(LIST).content.decode()
    assert LostQuery.objects.count() == 0
    assert client.get(f"{LIST}take-in/").status_code == 405
    answer = client.post(f"{LIST}take-in/", follow=True)
    assert LostQuery.objects.count() == 2
    assert len(message_texts(answer)) == 1
    html = answer.content.decode()
    assert "&lt;script&gt;zzz" in html
    assert inline_code(answer) == []


def test_rights(client, minji, rina, stranger):
    row = LostQuery.objects.create(text="zzz", last_day="2026-11-01")
    client.force_login(stranger)
    assert {client.get(LIST).status_code, client.post(f"{LIST}take-in/").status_code} == {403}
    client.force_login(minji)
    assert client.get(f"{LIST}add/").status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(LIST, chosen)
    assert LostQuery.objects.count() == 1
    client.force_login(rina)
    client.post(LIST, chosen)
    assert LostQuery.objects.count() == 0
