"""Adding an entry, taking it out, and bringing it back."""

import pytest
from django.urls import reverse

from digest.models import Digest, Entry, Event
from papers.models import Paper
from tests.build import build_digest, build_entry, build_paper
from tests.digest.desk.conftest import fresh, note_of
from tests.page import form_data

TWO_PARAGRAPHS = "첫 문단입니다.\n\n둘째 문단입니다."


@pytest.fixture
def entry(db):
    return build_entry(title="Scaling laws", authors=["Kim"], ko=TWO_PARAGRAPHS)


# -- adding ---------------------------------------------------------------------------------------------


def add(client, digest, **fields):
    url = reverse("admin:digest_entry_add")
    page = client.get(url, {"digest": digest.pk})
    return client.post(url, form_data(page, "entry_form") | {"_continue": "1"} | fields)


def test_add_entry_with_a_new_paper(door, minji):
    digest = build_digest("2024-11-01", public=False)
    response = add(
        door(minji),
        digest,
        new_title="A  new paper",
        new_authors="Kun Xu\r\nKun Xu\r\n",
        new_abstract="Abstract.",
        ko="노트",
        tag_names="#a #b",
    )
    assert response.status_code == 302
    entry = Entry.objects.get()
    assert (entry.paper.title, entry.paper.abstract, entry.position) == ("A new paper", "Abstract.", 1)
    assert [(row.printed_name, row.author.homonym) for row in entry.paper.authorships.all()] == [
        ("Kun Xu", 1),
        ("Kun Xu", 2),
    ]
    assert note_of(entry, "ko").body == "노트"
    assert entry.publish_at is None
    assert sorted(Event.objects.values_list("verb", flat=True)) == ["add", "save", "tag"]


def test_add_entry_takes_the_known_paper_of_a_typed_title(door, minji):
    paper = build_paper("Known Paper", ["Kim"])
    add(door(minji), build_digest(public=False), new_title="known paper", new_authors="Kim", ko="노트")
    assert Entry.objects.get().paper == paper


def test_add_entry_asks_for_a_paper(door, minji):
    response = add(door(minji), build_digest(public=False), ko="잃으면 안 되는 글")
    assert response.status_code == 200
    assert "paper" in response.context["adminform"].form.errors
    assert form_data(response, "entry_form")["ko"] == "잃으면 안 되는 글"
    assert not Paper.objects.exists()


def test_add_entry_is_all_or_nothing(door, minji):
    digest = build_digest(public=False)
    response = add(door(minji), digest, new_title="New", ko="글", ko_rev="5")
    assert response.status_code == 200
    assert not Entry.objects.exists()
    assert not Paper.objects.exists()


def test_add_entry_twice_makes_one(door, minji):
    digest = build_digest(public=False)
    client = door(minji)
    for status in (302, 200):
        assert add(client, digest, new_title="New", ko="글").status_code == status
    assert Entry.objects.count() == 1


def test_add_entry_names_a_deleted_one(door, boss, entry):
    client = door(boss)
    client.post(reverse("admin:digest_entry_delete", args=[entry.pk]))
    response = add(client, Digest.objects.get(), new_title="Scaling laws", new_authors="Kim", ko="글")
    assert response.status_code == 200
    assert "new_title" in response.context["adminform"].form.errors


def test_translator_cannot_add(door, tom):
    assert door(tom).get(reverse("admin:digest_entry_add")).status_code == 403


# -- deleting -------------------------------------------------------------------------------------------


def test_delete_is_a_tombstone_and_can_be_undone(door, paul, entry):
    client = door(paul)
    assert Entry.objects.published().count() == 1
    confirm = client.get(reverse("admin:digest_entry_delete", args=[entry.pk]))
    assert confirm.status_code == 200
    assert Entry.objects.published().count() == 1
    client.post(reverse("admin:digest_entry_delete", args=[entry.pk]))
    assert fresh(entry).deleted_by == paul
    assert not Entry.objects.published().exists()
    assert note_of(entry, "ko").body == TWO_PARAGRAPHS
    client.post(reverse("admin:digest_entry_undelete", args=[entry.pk]))
    assert Entry.objects.published().count() == 1
    assert list(Event.objects.values_list("verb", flat=True)) == ["undelete", "delete"]


def test_writer_cannot_delete(door, minji, entry):
    for name in ("delete", "undelete"):
        assert door(minji).post(reverse(f"admin:digest_entry_{name}", args=[entry.pk])).status_code == 403
    assert fresh(entry).deleted_at is None


def test_rows_are_never_deleted_in_bulk(door, boss, entry):
    data = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    door(boss).post(reverse("admin:digest_entry_changelist"), data)
    assert Entry.objects.count() == 1
