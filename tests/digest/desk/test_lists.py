"""The lists: the same few queries for one row and for many, filters, search and bulk verbs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.editing.workflow import save_note, submit
from digest.models import Entry, Event, ImportConflict, ImportFlag, ImportRun, Note, SourceFile, Term
from tests.build import build_entry
from tests.page import form_data, message_texts, read_forms

ENTRIES = "admin:digest_entry_changelist"

# Session, user, unread notifications; then for each list:
QUERIES = {
    # count, rows (with three counts), years of the filter
    "digest_digest": 6,
    # count, rows, notes, taggings with tags, tags of the filter, years of the filter
    "digest_entry": 9,
    # count, rows, aliases
    "digest_tag": 6,
    # count, rows, and the starter terms' "is there any"
    "digest_term": 6,
    # count, rows
    "papers_paper": 5,
    # count, rows
    "papers_author": 5,
    "digest_importconflict": 5,
    "digest_importflag": 5,
    "digest_importrun": 5,
    "digest_sourcefile": 5,
    # and the two filters' values
    "digest_event": 7,
    # and the groups of the filter
    "accounts_user": 6,
}


def grow(day):
    """One more row in every list."""
    entry = build_entry(
        f"2024-10-{day:02}", title=f"P{day}", authors=[f"A{day}"], en="Text", tags=[f"t{day}"]
    )
    run = ImportRun.objects.create()
    file = SourceFile.objects.create(name=f"{day}.txt", sha256="0", content=b"", digest=entry.digest, run=run)
    ImportFlag.objects.create(source_file=file, line=1, reason="?")
    ImportConflict.objects.create(entry=entry, field="ko", incoming="x", source_file=file, line=1)
    Term.objects.create(ko=f"말{day}", en="word")
    Event.objects.create(verb=f"v{day}", object_type="entry", object_id=entry.pk, object_label="x")


@pytest.mark.parametrize("name", QUERIES)
def test_list_takes_the_same_queries_for_any_number_of_rows(door, boss, name):
    client = door(boss)
    found = []
    for days in ([1], [2, 3, 4]):
        for day in days:
            grow(day)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
        found.append(len(captured))
    assert found == [QUERIES[name]] * 2, [query["sql"] for query in captured]


def test_digest_page_takes_constant_queries(door, boss):
    client = door(boss)
    found = []
    for count in (1, 0, 2):  # the first round also reads what is kept for the process: content types
        for _ in range(count):
            build_entry(authors=["Kim", "Lee"], en="Text", tags=["a", "b"])
        entry = Entry.objects.first()
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("admin:digest_digest_change", args=[entry.digest_id]))
        found.append(len(captured))
    # digest: session, user, digest, entries, notes, live revisions, taggings, tags
    assert found[1:] == [8, 8]


def titles(client, **query):
    response = client.get(reverse(ENTRIES), query)
    return {entry.paper.title for entry in response.context["cl"].result_list}


@pytest.fixture
def entries(db):
    build_entry("2023-01-01", title="Both", en="Text", tags=["moe"], arxiv_id="2408.16357")
    build_entry("2024-01-01", title="Korean only", public=False)
    build_entry("2024-01-02", title="English only", ko="", en="Text", source_language="en")
    stale = build_entry("2024-01-03", title="Stale", en="Text")
    stale.notes.filter(language="ko").update(rev=2, sig_rev=2)
    gone = build_entry("2024-01-04", title="Gone", public=False)
    Entry.objects.filter(pk=gone.pk).update(deleted_at=gone.created_at)


def test_filters_and_search(door, minji, entries):
    client = door(minji)
    assert titles(client) == {"Both", "Korean only", "English only", "Stale"}
    assert titles(client, deleted="only") == {"Gone"}
    assert titles(client, missing="en") == {"Korean only"}
    assert titles(client, missing="ko") == {"English only"}
    assert titles(client, state="stale") == {"Stale"}
    assert titles(client, state="draft") == {"Korean only"}
    assert titles(client, tag="moe") == {"Both"}
    assert titles(client, year="2023") == {"Both"}
    assert titles(client, q="kOREAN") == {"Korean only"}
    assert titles(client, q="2408.16357") == {"Both"}


@pytest.mark.parametrize(
    "query",
    [
        {"year": "x"},
        {"year": "9" * 50},
        {"state": "'"},
        {"missing": "ja"},
        {"tag": "\u0000"},
        {"q": "%\u0000"},
    ],
)
def test_odd_filters_do_not_break_the_list(door, minji, entries, query):
    assert door(minji).get(reverse(ENTRIES), query).status_code in (200, 302)


def test_list_says_what_is_missing_and_stale(door, minji, entries):
    html = door(minji).get(reverse(ENTRIES)).content.decode()
    assert html.count("desk-missing") == 2
    assert html.count("desk-stale") == 1


def bulk(client, action, **more):
    """Choose all entries and an action, then press the button of the page that asks."""
    data = {"action": action, "_selected_action": list(Entry.objects.values_list("pk", flat=True))}
    page = client.post(reverse(ENTRIES), data)
    if page.status_code != 200 or "action" not in page.context or page.context["action"] != action:
        return page
    pairs = [(name, value) for form in read_forms(page) for name, value in form["data"].items()]
    shown = dict(pairs) | {"note": _all_notes(page), "_selected_action": data["_selected_action"]} | more
    shown.pop("csrfmiddlewaretoken", None)
    return client.post(reverse(ENTRIES), shown, follow=True)


def _all_notes(page):
    return [f"{note.pk}:{note.rev}" for note in page.context.get("notes", [])]


def test_bulk_submit_approve_and_publish(door, minji, rina, paul):
    build_entry(title="One", ko="글", public=False)
    build_entry(title="Two", ko="글", public=False)
    assert len(message_texts(bulk(door(minji), "submit_notes"))) == 2
    assert set(Note.objects.values_list("state", flat=True)) == {"review"}
    bulk(door(rina), "approve_notes")
    assert set(Note.objects.values_list("state", flat=True)) == {"approved"}
    texts = message_texts(bulk(door(paul), "publish_notes"))
    assert len(texts) == 2  # the digest is not published: each note says so
    assert not Entry.objects.published().exists()


def test_bulk_asks_before_it_acts_and_acts_on_what_was_shown(door, minji):
    entry = build_entry(title="One", ko="글", public=False)
    client = door(minji)
    data = {"action": "submit_notes", "_selected_action": [entry.pk]}
    page = client.post(reverse(ENTRIES), data)
    assert "글" in page.content.decode()
    assert Note.objects.get().state == "draft"
    note = Note.objects.get()
    texts = message_texts(
        client.post(reverse(ENTRIES), data | {"confirmed": "yes", "note": f"{note.pk}:7"}, follow=True)
    )
    assert Note.objects.get().state == "draft"
    assert texts


def test_bulk_submit_reports_open_warnings_instead_of_acknowledging(door, tom):
    build_entry(title="Fine", ko="글", en="Text", public=False, source_language="ko")
    build_entry(title="Odd", ko="모델 7개", en="Eight models, 8", public=False)
    Note.objects.filter(language="ko").update(state="approved")
    texts = message_texts(bulk(door(tom), "submit_notes", acknowledge="1"))
    states = Note.objects.filter(language="en").values_list("entry__paper__title", "state")
    assert dict(states) == {"Fine": "review", "Odd": "draft"}
    assert len(texts) == 2
    assert "Odd" in "".join(text for text in texts if "8" in text)


def test_bulk_approve_keeps_four_eyes(door, rina):
    entry = build_entry(ko="", public=False)
    note = save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=0)
    submit(note=note, by=rina, rev=1)
    texts = message_texts(bulk(door(rina), "approve_notes"))
    assert Note.objects.get().state == "review"
    assert len(texts) == 1


def test_bulk_tags(door, minji, tom):
    build_entry(title="One", tags=["moe"])
    build_entry(title="Two")
    response = bulk(door(minji), "tag_entries", tags="#비디오 생성 #MoE")
    assert len(message_texts(response)) == 2
    tags = [{row.tag.name for row in entry.tagged_entries.all()} for entry in Entry.objects.all()]
    assert tags == [{"moe", "비디오-생성"}] * 2
    bulk(door(tom), "tag_entries", tags="#sneaked")
    assert not Entry.objects.filter(tags__name="sneaked").exists()


def test_language_is_marked_on_every_note_text(door, minji):
    entry = build_entry(en="Text")
    page = door(minji).get(reverse("admin:digest_entry_change", args=[entry.pk]))
    html = page.content.decode()
    assert 'name="ko"' in html
    assert 'lang="ko"' in html
    assert '<textarea id="id_en" lang="en"' in html
    assert form_data(page, "entry_form")["ko"]
