"""Tags at the desk: labels by form, names by verbs with redirects."""

import pytest
from django.urls import reverse

from digest.models import Entry, Tag, TagAlias
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import form_data


@pytest.fixture
def tags(db):
    build_entry(title="One", tags=["moe"])
    build_entry(title="Two", tags=["moe", "mixture"])
    return {tag.name: tag for tag in Tag.objects.all()}


def page_url(name, tag):
    return reverse(f"admin:digest_tag_{name}", args=[tag.pk])


def test_label_and_description_are_saved(door, paul, tags):
    client = door(paul)
    data = form_data(client.get(page_url("change", tags["moe"])), "tag_form") | {"label_ko": "전문가 혼합"}
    client.post(page_url("change", tags["moe"]), data | {"name": "x", "slug": "y", "names": "z"})
    tag = Tag.objects.get(pk=tags["moe"].pk)
    assert (tag.label_ko, tag.name, tag.slug) == ("전문가 혼합", "moe", "moe")


def test_add_tag_by_our_parser(door, paul, tags):
    client = door(paul)
    url = reverse("admin:digest_tag_add")
    data = form_data(client.get(url), "tag_form")
    assert client.post(url, data | {"names": "#비디오 생성", "label_ko": "영상"}).status_code == 302
    made = Tag.objects.get(slug="비디오-생성")
    assert (made.name, made.label_ko) == ("비디오-생성", "영상")
    for names in ("#MoE", "a, b", ""):
        assert client.post(url, data | {"names": names}).status_code == 200
    assert Tag.objects.count() == 3


def test_rename_keeps_the_old_address(door, paul, tags):
    client = door(paul)
    url = page_url("rename", tags["moe"])
    assert client.post(url, {"name": "#mixture-of-experts"}).status_code == 302
    assert TagAlias.objects.get(slug="moe").tag.slug == "mixture-of-experts"
    response = client.post(url, {"name": "mixture"})
    assert response.status_code == 200
    assert "name" in response.context["form"].errors


def test_merge_moves_entries(door, paul, tags):
    client = door(paul)
    url = page_url("merge", tags["mixture"])
    assert client.post(url, {"target": "nothing"}).status_code == 200
    assert client.post(url, {"target": "#moe"}).status_code == 302
    assert Tag.objects.get().slug == "moe"
    assert TagAlias.objects.get().slug == "mixture"
    assert Entry.objects.filter(tags__name="moe").count() == 2


def test_bulk_merge_asks_for_the_target(door, paul, tags):
    client = door(paul)
    url = reverse("admin:digest_tag_changelist")
    data = {"action": "merge_chosen", "_selected_action": [tags["mixture"].pk, tags["moe"].pk]}
    page = client.post(url, data)
    assert page.status_code == 200
    assert Tag.objects.count() == 2
    assert client.post(url, data | {"target": "moe"}).status_code == 302
    assert Tag.objects.get().slug == "moe"


def test_writers_may_only_look(door, minji, tags):
    client = door(minji)
    before = dump()
    assert client.get(page_url("change", tags["moe"])).status_code == 200
    for name, data in (
        ("rename", {"name": "x"}),
        ("merge", {"target": "mixture"}),
        ("change", {"label_ko": "x"}),
    ):
        assert client.post(page_url(name, tags["moe"]), data).status_code == 403
    client.post(
        reverse("admin:digest_tag_changelist"),
        {"action": "merge_chosen", "_selected_action": [tags["mixture"].pk], "target": "moe"},
    )
    assert dump() == before
