"""Text that would like to be code stays text on every page of the desk that shows it."""

import pytest
from django.urls import reverse

from digest.editing.workflow import request_changes, save_note, submit
from digest.models import ImportConflict, ImportRun, SourceFile, Tag
from papers.models import Author
from tests.build import build_entry
from tests.page import inline_code

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% now %}"


@pytest.fixture
def entry(minji, rina):
    entry = build_entry(
        title=HOSTILE, authors=[HOSTILE], abstract=HOSTILE, ko="", en=HOSTILE, tags=[HOSTILE], public=False
    )
    note = save_note(entry=entry, language="ko", body=HOSTILE, by=minji, rev=0)
    note = save_note(entry=entry, language="ko", body=f"{HOSTILE} {HOSTILE}", by=minji, rev=1)
    submit(note=note, by=minji, rev=2)
    request_changes(note=note, by=rina, rev=2, comment=HOSTILE)
    return entry


@pytest.fixture
def pages(entry):
    file = SourceFile.objects.create(
        name=HOSTILE,
        sha256="0",
        content=HOSTILE.encode(),
        digest=entry.digest,
        run=ImportRun.objects.create(),
    )
    conflict = ImportConflict.objects.create(
        entry=entry, field="ko", base="x", ours=HOSTILE, incoming=HOSTILE, source_file=file, line=1
    )
    tag, author = Tag.objects.get(), Author.objects.get()
    named = [("digest_entry", name, [entry.pk]) for name in ("change", "delete", "history", "preview")]
    named += [("digest_entry_note", "history", [entry.pk, "ko"])]
    named += [
        ("digest_digest", name, [entry.digest_id])
        for name in ("change", "publish", "history", "copy", "entry")
    ]
    named += [("digest_tag", name, [tag.pk]) for name in ("change", "rename", "merge", "history")]
    named += [
        ("papers_author", name, [author.pk]) for name in ("change", "merge", "split", "delete", "history")
    ]
    named += [("papers_paper", name, [entry.paper_id]) for name in ("change", "delete", "history")]
    named += [("digest_importconflict", "change", [conflict.pk]), ("digest_sourcefile", "change", [file.pk])]
    lists = (
        "digest_entry",
        "digest_tag",
        "papers_paper",
        "papers_author",
        "digest_importconflict",
        "digest_event",
    )
    named += [(model, "changelist", []) for model in (*lists, "digest_sourcefile")]
    return [reverse(f"admin:{model}_{name}", args=args) for model, name, args in named]


def test_hostile_text_is_escaped_everywhere(door, boss, pages):
    client = door(boss)
    for url in pages:
        response = client.get(url)
        assert response.status_code == 200, url
        html = response.content.decode()
        assert "<script>alert" not in html, url
        assert "<img src=x" not in html, url
        assert inline_code(response) == [], url


def test_hostile_text_is_escaped_when_a_form_comes_back(door, minji, entry):
    url = reverse("admin:digest_entry_change", args=[entry.pk])
    response = door(minji).post(
        url,
        {
            "ko": HOSTILE,
            "ko_rev": "1",
            "tag_names": f"#{HOSTILE * 3}",
            "paper": HOSTILE,
            "source_language": HOSTILE,
        },
    )
    assert response.status_code == 200
    html = response.content.decode()
    assert "<script>alert" not in html
    assert inline_code(response) == []


def test_hostile_text_is_escaped_in_bulk_pages_and_messages(door, boss, entry):
    client = door(boss)
    url = reverse("admin:digest_entry_changelist")
    for action in ("submit_notes", "tag_entries"):
        response = client.post(url, {"action": action, "_selected_action": [entry.pk]})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    data = {"action": "submit_notes", "_selected_action": [entry.pk], "confirmed": "yes"}
    note = entry.notes.get(language="ko")
    html = client.post(url, data | {"note": f"{note.pk}:9"}, follow=True).content.decode()
    assert "&lt;script&gt;alert" in html
    assert "<script>alert" not in html
