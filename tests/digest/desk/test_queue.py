"""The first page of the desk: tabs by role, lines with all they say, paging, and the same queries for any size."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from digest.desk.queue import PAGE
from digest.models import EditSession, ImportConflict, ImportRun, Note, SourceFile
from tests.build import build_entry, build_note
from tests.digest.desk.conftest import dump
from tests.page import inline_code, read_forms

URL = reverse("admin:index")


def page(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return response


def tabs(response):
    return {tab.name: tab.count for tab in response.context["tabs"]}


def rows(response):
    return [row for group in response.context["groups"] for row in group.rows]


def titles(response):
    return [row.task.entry.paper.title for row in rows(response)]


def test_anonymous_visitors_are_sent_to_sign_in(client, db):
    response = client.get(URL)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, reverse("admin:login"))


def test_a_person_without_a_role_is_told_so(door, stranger):
    build_entry(title="Hidden from strangers")
    response = page(door(stranger))
    html = response.content.decode()
    assert response.context["tabs"] == []
    assert 'class="q-void"' in html
    assert "Hidden from strangers" not in html
    assert "2024.10.30" not in html


@pytest.mark.parametrize(
    ("person", "expected", "first"),
    [
        (
            "minji",
            {"translate": 0, "stale": 0, "changes": 0, "mine": 0, "conflicts": 0, "metadata": 3, "all": 3},
            "metadata",
        ),
        ("tom", {"translate": 1, "stale": 0, "changes": 0, "mine": 0, "all": 3}, "translate"),
        ("paul", {"unpublished": 1, "conflicts": 0, "metadata": 3, "all": 3}, "unpublished"),
    ],
)
def test_everyone_sees_the_queues_of_their_role_and_first_what_waits(request, door, person, expected, first):
    user = request.getfixturevalue(person)
    build_entry(en="Text")
    build_entry(ko="글")
    unpublished = build_entry(ko="글", en="Text", public=False)
    unpublished.notes.filter(language="ko").update(state="approved")
    response = page(door(user))
    assert tabs(response) == expected
    assert response.context["queue"] == first
    assert [tab.name for tab in response.context["tabs"] if tab.current] == [first]


def test_a_line_says_what_there_is_to_know(door, tom, rina):
    entry = build_entry("2024-10-30", title="Scaling <b>", ko="한 문단\n\n두 문단", abstract="We.")
    build_entry("2024-10-30", en="Text")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Note.objects.create(entry=entry, language="en", assignee=tom, due_on=yesterday)
    EditSession.objects.create(entry=entry, language="en", user=rina)
    client = door(tom)
    client.cookies["desk_language"] = "en"
    response = page(client, queue="translate")
    html = response.content.decode()
    (group,) = response.context["groups"]
    (row,) = group.rows
    assert html.split('class="q-missing">')[1].split("</td>")[0].strip() == "authors"
    assert (group.coverage.translated, len(group.coverage.entries)) == (1, 2)
    assert (row.length, row.others, row.overdue) == ("8자 · 2문단", ["rina"], True)
    editor = reverse("admin:digest_entry_change", args=[entry.pk])
    assert row.url == f"{editor}?queue=translate&task=en"
    assert f'href="{editor}?queue=translate&amp;task=en"' in html
    for words in (
        "for tom",
        f"overdue since {yesterday}",
        "rina has it open",
        "translated 1/2",
        "2024.10.30",
    ):
        assert words in html
    assert "Scaling &lt;b&gt;" in html
    assert inline_code(response) == []


def test_the_editors_address_carries_the_filters(door, boss):
    entry = build_entry("2024-10-30", tags=["moe"])
    response = page(door(boss), queue="translate", lang="en", digest="2024-10-30", tag="moe", order="newest")
    query = "queue=translate&task=en&lang=en&digest=2024-10-30&tag=moe&order=newest"
    assert [row.url for row in rows(response)] == [
        f"{reverse('admin:digest_entry_change', args=[entry.pk])}?{query}"
    ]
    assert all("lang=en&digest=2024-10-30" in tab.url for tab in response.context["tabs"])
    sent = read_forms(response)
    filters = next(form["data"] for form in sent if form["data"].get("queue"))
    assert filters == {
        "queue": "translate",
        "lang": "en",
        "digest": "2024-10-30",
        "tag": "moe",
        "assignee": "",
        "order": "newest",
    }


def test_only_missing_details_are_about_arxiv_ids(door, boss):
    build_entry(title="Bare")
    client = door(boss)
    assert [len(row.missing) for row in rows(page(client, queue="translate"))] == [2]
    assert [len(row.missing) for row in rows(page(client, queue="metadata"))] == [3]


def test_all_names_the_state_of_both_notes(door, boss):
    entry = build_entry(en="Text")
    entry.notes.filter(language="ko").update(rev=2, sig_rev=2)
    client = door(boss)
    client.cookies["desk_language"] = "en"
    (row,) = rows(page(client, queue="all"))
    assert [(language, str(state)) for language, _name, state in row.states] == [
        ("ko", '<span class="desk-state desk-approved">approved · published</span>'),
        ("en", '<span class="desk-state desk-stale">source changed</span>'),
    ]


def test_conflicts_lead_to_the_page_that_settles_them(door, minji):
    entry = build_entry()
    run = ImportRun.objects.create()
    file = SourceFile.objects.create(name="a", sha256="0", content=b"", digest=entry.digest, run=run)
    conflict = ImportConflict.objects.create(entry=entry, field="ko", source_file=file, line=1)
    html = page(door(minji), queue="conflicts").content.decode()
    assert f'href="{reverse("admin:digest_importconflict_change", args=[conflict.pk])}"' in html


def test_many_tasks_come_a_page_at_a_time(door, tom):
    for number in range(PAGE + 3):
        build_entry("2024-10-30", title=f"P{number:02}")
    client = door(tom)
    first = page(client, queue="translate", lang="en")
    second = client.get(URL + first.context["more"])
    assert titles(first) + titles(second) == [f"P{number:02}" for number in range(PAGE + 3)]
    assert len(titles(first)) == PAGE
    assert second.context["more"] == ""
    assert second.context["start"] == "?queue=translate&lang=en"


@pytest.mark.parametrize(
    "query",
    [
        {"queue": "nonsense"},
        {"queue": "review"},
        {"queue": "\0", "after": "\0"},
        {"after": "9" * 400 + "-en"},
        {"after": "-en"},
        {"after": "1-ja", "lang": "ja", "digest": "x", "assignee": "9" * 400, "order": "?"},
    ],
)
def test_odd_addresses_open_the_queue_of_the_role(door, tom, query):
    build_entry(title="Waits")
    response = page(door(tom), **query)
    assert (response.context["queue"], titles(response)) == ("translate", ["Waits"])


def test_looking_writes_nothing(door, boss):
    build_entry(en="Text")
    client = door(boss)
    before = dump()
    for name in tabs(page(client)):
        page(client, queue=name)
    assert dump() == before


def test_a_queue_says_why_it_is_empty(door, tom):
    client = door(tom)
    client.cookies["desk_language"] = "en"
    assert "Nothing waits here." in page(client, queue="stale").content.decode()
    assert "matches these filters" in page(client, queue="all", tag="moe").content.decode()
    assert "Nothing more waits" in page(client, queue="all", after="1-en").content.decode()


def test_the_way_to_the_other_parts_is_marked(door, minji, tom):
    client = door(minji)
    client.cookies["desk_language"] = "en"
    html = page(client).content.decode()
    assert f'<a href="{URL}" aria-current="page">Queue</a>' in html
    assert f'<a href="{reverse("admin:digest_importrun_changelist")}">Imports</a>' in html
    assert 'id="nav-sidebar"' in html
    lists = {
        "admin:digest_digest_changelist": ("digest_digest", "Digests"),
        "admin:digest_importflag_changelist": ("digest_importrun", "Imports"),
    }
    for name, (marked, label) in lists.items():
        html = client.get(reverse(name)).content.decode()
        url = reverse(f"admin:{marked}_changelist")
        assert f'<a href="{url}" aria-current="page">{label}</a>' in html
        assert html.count(">Queue</a>") == 1
    assert "digest/importrun/" not in page(door(tom)).content.decode()


def grow(count):
    """Digests with a line in every queue of Rina's."""
    for _ in range(count):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=Note.objects.count())
        entry = build_entry(day, ko="글", en="Text", authors=["Kim"])
        entry.notes.update(state="review")
        EditSession.objects.create(entry=entry, language="ko", user=_other())
        bare = build_entry(day, ko="글")
        build_note(bare, "en", "Text", live=False)
        bare.notes.filter(language="ko").update(rev=2, sig_rev=2)


def _other():
    return Note.assignee.field.related_model.objects.get(username="tom")


@pytest.mark.parametrize("queue", ["review", "metadata", "all", "stale"])
def test_page_takes_the_same_queries_for_any_number_of_lines(door, boss, tom, queue):
    client = door(boss)
    found = []
    for more in (1, 9):
        grow(more)
        with CaptureQueriesContext(connection) as captured:
            page(client, queue=queue)
        found.append(len(captured))
    # Session, user; nine counts; keys, entries with papers and digests, notes with assignees; the team; recent
    # digests, the entries and the notes of all digests shown; who has what open; the next digest, missing details,
    # the last import, doubtful lines, unsaved texts, unread notifications, and their number for the header.
    assert found == [26, 26], [query["sql"] for query in captured]
