"""Search terms at the desk: the form says what cannot stand, the first set fills an empty table once."""

import pytest
from django.urls import reverse

from digest.models import SearchTerm
from tests.page import form_data, inline_code, message_texts

pytestmark = pytest.mark.django_db
LIST = "/admin/digest/searchterm/"


@pytest.fixture
def writer(client, minji):
    client.force_login(minji)
    return client


def test_a_group_is_added_and_changed(writer):
    answer = writer.post(f"{LIST}add/", {"forms": "배치 크기\r\n batch  size\r\n", "note": "n"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    term = SearchTerm.objects.get()
    assert (term.forms, term.note) == ("배치 크기\nbatch size", "n")
    page = writer.get(f"{LIST}{term.pk}/change/")
    assert inline_code(page) == []
    data = form_data(page, "searchterm_form") | {"forms": "배치 크기\nbatch size\nbsz"}
    assert writer.post(f"{LIST}{term.pk}/change/", data).status_code == 302
    assert SearchTerm.objects.get().forms == "배치 크기\nbatch size\nbsz"
    assert "배치 크기 · batch size · bsz" in writer.get(LIST).content.decode()


@pytest.mark.parametrize("forms", ["", "one", "RL\nx", "batch\nBatch", "a\0b\nc", "x" * 1001, "!\n?"])
def test_what_cannot_stand_is_said_in_the_form(writer, forms):
    SearchTerm.objects.create(forms="rl\nreinforcement learning")
    answer = writer.post(f"{LIST}add/", {"forms": forms, "note": ""})
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["forms"]
    # Of two proper forms one reason, not the model's beside the verb's.
    assert len(errors["forms"]) == 1 or forms in ("", "a\0b\nc", "x" * 1001)
    assert SearchTerm.objects.count() == 1


def test_the_first_set_fills_an_empty_table_once(writer):
    assert reverse("admin:digest_searchterm_starter") in writer.get(LIST).content.decode()
    assert writer.get(f"{LIST}starter/").status_code == 405
    writer.post(f"{LIST}starter/")
    count = SearchTerm.objects.count()
    assert count >= 60
    page = writer.get(LIST)
    assert reverse("admin:digest_searchterm_starter") not in page.content.decode()
    assert "already" in message_texts(writer.post(f"{LIST}starter/", follow=True))[0] or count
    assert SearchTerm.objects.count() == count


def test_rights(client, stranger, minji):
    term = SearchTerm.objects.create(forms="a1\nb1")
    client.force_login(stranger)
    paths = [LIST, f"{LIST}add/", f"{LIST}{term.pk}/change/", f"{LIST}{term.pk}/delete/"]
    assert {client.get(path).status_code for path in paths} == {403}
    assert client.post(f"{LIST}starter/").status_code == 403
    client.force_login(minji)
    assert client.post(f"{LIST}{term.pk}/delete/", {"post": "yes"}).status_code == 403
    assert SearchTerm.objects.count() == 1


def test_the_list_takes_the_same_queries_for_many(writer, django_assert_max_num_queries):
    for number in range(60):
        SearchTerm.objects.create(forms=f"a{number}\nb{number}")
    # Session, user, permissions twice; does one exist; count; rows; the bell.
    with django_assert_max_num_queries(12):
        writer.get(LIST)
