"""Import conflicts, flags and the read-only rows at the desk."""

import pytest
from django.urls import reverse

from digest.models import ImportConflict, ImportFlag, ImportRun, Note, SourceFile
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import form_data, message_texts


@pytest.fixture
def conflict(db):
    entry = build_entry(ko="첫 문단\n\n우리 둘째")
    run = ImportRun.objects.create()
    file = SourceFile.objects.create(
        name="a.txt", sha256="0", content="글".encode(), digest=entry.digest, run=run
    )
    ImportFlag.objects.create(source_file=file, line=2, reason="odd line")
    return ImportConflict.objects.create(
        entry=entry,
        field="ko",
        base="첫 문단\n\n둘째",
        ours="첫 문단\n\n우리 둘째",
        incoming="파일 첫 문단\n\n둘째",
        source_file=file,
        line=3,
    )


def page_url(conflict):
    return reverse("admin:digest_importconflict_change", args=[conflict.pk])


def resolve_url(conflict):
    return reverse("admin:digest_importconflict_resolve", args=[conflict.pk])


@pytest.mark.parametrize(
    ("resolution", "body"),
    [
        ("ours", "첫 문단\n\n우리 둘째"),
        ("incoming", "파일 첫 문단\n\n둘째"),
        ("merged", "파일 첫 문단\n\n우리 둘째"),
    ],
)
def test_three_ways_out(door, minji, conflict, resolution, body):
    client = door(minji)
    data = form_data(client.get(page_url(conflict)), resolve_url(conflict))
    response = client.post(resolve_url(conflict), data | {"resolution": resolution})
    assert response.status_code == 302
    assert Note.objects.get(language="ko").body == body
    assert ImportConflict.objects.get().resolution == resolution


def test_refusal_keeps_what_was_typed(door, minji, conflict):
    client = door(minji)
    data = form_data(client.get(page_url(conflict)), resolve_url(conflict))
    Note.objects.filter(language="ko").update(body="그사이 바뀐 글")
    response = client.post(resolve_url(conflict), data | {"resolution": "merged", "text": "공들여 합친 글"})
    assert response.status_code == 200
    assert form_data(response, resolve_url(conflict))["text"] == "공들여 합친 글"
    assert message_texts(response)
    assert ImportConflict.objects.get().resolved_at is None


def test_list_shows_open_ones_first(door, minji, conflict):
    client = door(minji)
    url = reverse("admin:digest_importconflict_changelist")
    assert client.get(url).context["cl"].result_count == 1
    client.post(resolve_url(conflict), {"resolution": "ours", "seen": conflict.ours})
    assert client.get(url).context["cl"].result_count == 0
    assert client.get(url, {"resolved": "yes"}).context["cl"].result_count == 1
    assert client.get(page_url(conflict)).status_code == 200


def test_flags_are_marked_resolved(door, minji, conflict):
    flag = ImportFlag.objects.get()
    url = reverse("admin:digest_importflag_changelist")
    door(minji).post(url, {"action": "resolve_flags", "_selected_action": [flag.pk]})
    assert ImportFlag.objects.get().resolved_at is not None


@pytest.mark.parametrize("model", ["importrun", "sourcefile", "event", "importflag", "importconflict"])
def test_provenance_is_read_only_even_for_the_boss(door, boss, conflict, model):
    client = door(boss)
    client.post(resolve_url(conflict), {"resolution": "ours", "seen": conflict.ours})
    row = {"importrun": ImportRun, "sourcefile": SourceFile, "importflag": ImportFlag}.get(
        model, ImportConflict
    )
    pk = row.objects.first().pk if model != "event" else 1
    before = dump()
    assert client.get(reverse(f"admin:digest_{model}_add")).status_code == 403
    assert client.post(reverse(f"admin:digest_{model}_delete", args=[pk]), {"post": "yes"}).status_code == 403
    client.post(reverse(f"admin:digest_{model}_change", args=[pk]), {"reason": "x", "name": "x"})
    assert dump() == before
