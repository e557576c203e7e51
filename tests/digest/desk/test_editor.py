"""The two-language editor: who sees which side, what stands around the texts, and what it costs to open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.desk.editor import shortened
from digest.editing.commenting import add_comment
from digest.editing.workflow import approve, confirm_translation, request_changes, save_note, submit
from digest.models import NoteRevision, Tag, TaggedEntry
from papers.models import Author, Authorship
from tests.build import build_entry
from tests.digest.desk.conftest import note_of
from tests.page import form_data, read_forms


@pytest.fixture
def entry(db):
    return build_entry(title="Scaling laws", ko="", public=False)


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def open_page(client, entry, **query):
    response = client.get(change_url(entry), query)
    assert response.status_code == 200
    return response


def write(entry, language, body, by, rev=0, **options):
    return save_note(entry=entry, language=language, body=body, by=by, rev=rev, **options)


def sides(page):
    return [(side.card.language, side.is_source, side.field is not None) for side in page.context["sides"]]


# -- the two texts --------------------------------------------------------------------------------------


def test_source_stands_first_whichever_language_it_is(door, minji):
    korean, english = build_entry(), build_entry(source_language="en", en="Text")
    client = door(minji)
    assert sides(open_page(client, korean)) == [("ko", True, True), ("en", False, False)]
    assert sides(open_page(client, english)) == [("en", True, False), ("ko", False, True)]


def test_what_one_may_not_write_is_read_only_and_never_posted(door, tom):
    entry = build_entry(ko="한국어 글", en="Text")
    page = open_page(door(tom), entry)
    assert '<textarea id="id_ko" lang="ko" rows="16" readonly>한국어 글</textarea>' in page.content.decode()
    assert "ko" not in form_data(page, "entry_form")
    assert "data-draft-url-ko" not in page.content.decode()
    assert "data-draft-url-en" in page.content.decode()


def test_reviewer_without_a_language_to_write_reads_both_and_saves_nothing(door, rina, entry, minji):
    write(entry, "ko", "글", minji)
    rina.grants.filter(role="writer").delete()
    rina.groups.remove(*rina.groups.filter(name="writer"))
    page = open_page(door(rina), entry)
    assert sides(page) == [("ko", True, False), ("en", False, False)]
    assert 'name="_continue"' not in page.content.decode()


def test_lengths_are_counted_in_each_language(door, boss):
    entry = build_entry(ko="가나 다.\n\n라", en="One two")
    html = open_page(door(boss), entry).content.decode()
    assert '<span class="ed-length" id="length-ko" lang="ko">6자 · 2문단</span>' in html
    assert '<span class="ed-length" id="length-en" lang="en">2 words · 1 ¶</span>' in html


def test_preview_faces_paragraph_with_paragraph_as_readers_see_it(door, boss):
    entry = build_entry(ko="하나 **둘**\n\n셋", en="One **two**\n\nThree", public=False)
    html = open_page(door(boss), entry).content.decode()
    assert '<div class="pair" data-rows="2">' in html
    assert "<p>One <strong>two</strong></p><p>Three</p>" in html


def test_paragraph_view_says_where_nothing_faces(door, boss):
    entry = build_entry(ko="하나\n\n둘", en="One")
    page = open_page(door(boss), entry)
    assert page.context["facing_paragraphs"] == [[("ko", "하나"), ("en", "One")], [("ko", "둘"), ("en", "")]]


def test_title_link_in_the_preview_leads_where_it_will_for_readers(door, boss):
    build_entry("2024-10-01", title="Attention")
    entry = build_entry(ko="[[Attention]] 그리고 [[Unknown]]", public=False)
    html = open_page(door(boss), entry).content.decode()
    assert '/attention/" lang="en">Attention</a> 그리고 Unknown' in html


# -- steps and the main button --------------------------------------------------------------------------


def current_step(client, entry):
    return [number for number, (_label, now) in enumerate(open_page(client, entry).context["steps"]) if now]


def forward(client, entry, **query):
    found = open_page(client, entry, **query).context["forward"]
    return found and (found.verb, found.language, found.rev, found.form)


def test_steps_and_button_go_from_draft_to_publication(door, boss, minji, tom, rina, entry):
    client = door(boss)
    assert (current_step(client, entry), forward(client, entry)) == ([0], ("submit", "ko", 0, "entry_form"))
    ko = write(entry, "ko", "글", minji)
    submit(note=ko, by=minji, rev=1)
    assert current_step(client, entry) == [1]
    assert forward(client, entry) == ("approve", "ko", 1, "entry_form")
    approve(note=ko, by=rina, rev=1)
    assert forward(client, entry) == ("submit", "en", 0, "entry_form")
    en = write(entry, "en", "Text", tom)
    submit(note=en, by=tom, rev=1, acknowledge=True)
    assert (current_step(client, entry), forward(client, entry)) == ([2], ("approve", "en", 1, "entry_form"))
    approve(note=en, by=rina, rev=1)
    assert (current_step(client, entry), forward(client, entry)) == ([3], None)


def test_button_serves_the_language_that_the_editor_came_for(door, boss, minji, tom, entry):
    write(entry, "ko", "글", minji)
    write(entry, "en", "Text", tom)
    assert forward(door(boss), entry)[1] == "ko"
    assert forward(door(boss), entry, lang="en")[1] == "en"
    assert forward(door(boss), entry, task="en", lang="ko")[1] == "en"
    assert forward(door(boss), entry, task="xx")[1] == "ko"


def test_translator_never_gets_the_writers_step(door, tom, minji, entry):
    write(entry, "ko", "글", minji)
    assert forward(door(tom), entry) == ("submit", "en", 0, "entry_form")


def test_reviewer_who_saves_nothing_gets_the_form_of_the_verb(door, rina, minji, entry):
    submit(note=write(entry, "ko", "글", minji), by=minji, rev=1)
    rina.grants.filter(role="writer").delete()
    rina.groups.remove(*rina.groups.filter(name="writer"))
    client = door(rina)
    assert forward(client, entry) == ("approve", "ko", 1, "do-approve-ko")
    assert "do-approve-ko" in [form["id"] for form in read_forms(open_page(client, entry))]


def test_deleted_entry_has_no_step_to_take(door, boss, entry):
    client = door(boss)
    client.post(reverse("admin:digest_entry_delete", args=[entry.pk]))
    assert forward(client, entry) is None
    assert "do-" not in [str(form["id"])[:3] for form in read_forms(open_page(client, entry))]


# -- the source changed ---------------------------------------------------------------------------------


def test_changed_source_shows_what_changed_since_the_translation(door, tom, minji, entry):
    write(entry, "ko", "Crticial 배치 크기", minji)
    write(entry, "en", "Critical batch size", tom)
    write(entry, "ko", "Critical 배치 크기", minji, rev=1)
    client = door(tom)
    page = open_page(client, entry)
    html = page.content.decode()
    assert "<del>Crticial</del><ins>Critical</ins> 배치 크기" in html
    assert page.context["forward"].verb == "submit"
    confirm = reverse("admin:digest_entry_note_verb", args=[entry.pk, "en", "confirm"])
    client.post(confirm, form_data(page, confirm))
    assert note_of(entry, "en").source_rev == 2
    assert open_page(client, entry).context["changed_source"] is None


def test_only_a_translator_is_asked_whether_it_is_still_correct(door, minji, tom, entry):
    write(entry, "ko", "글", minji)
    write(entry, "en", "Text", tom)
    write(entry, "ko", "새 글", minji, rev=1)
    page = open_page(door(minji), entry)
    assert page.context["changed_source"]["may_confirm"] is False
    assert "do-confirm-en" not in page.content.decode()


def test_banner_appears_once_whatever_was_confirmed_before(door, tom, minji, entry):
    write(entry, "ko", "하나", minji)
    en = write(entry, "en", "One", tom)
    write(entry, "ko", "둘", minji, rev=1)
    confirm_translation(note=en, by=tom, rev=1)
    write(entry, "ko", "셋", minji, rev=2)
    assert "<del>둘</del><ins>셋</ins>" in open_page(door(tom), entry).content.decode()


def test_long_unchanged_runs_are_cut_around_the_change():
    long = "가" * 500
    short = shortened([("same", long), ("gone", "a"), ("new", "b"), ("same", long)])
    assert short == [("same", " … " + "가" * 60), ("gone", "a"), ("new", "b"), ("same", "가" * 60 + " … ")]
    assert shortened([("same", "짧은 글 "), ("new", "x")]) == [("same", "짧은 글 "), ("new", "x")]


# -- the side -------------------------------------------------------------------------------------------


def test_history_shows_the_last_few_events_and_leads_to_all(door, boss, minji, entry):
    for rev in range(8):
        write(entry, "ko", f"글 {rev}", minji, rev=rev)
    page = open_page(door(boss), entry)
    assert [event.revision.rev for event in page.context["history"]] == [8, 7, 6, 5, 4, 3]
    assert reverse("admin:digest_entry_history", args=[entry.pk]) in page.content.decode()


def test_reason_for_changes_is_an_open_comment(door, minji, rina, entry):
    note = write(entry, "ko", "글", minji)
    submit(note=note, by=minji, rev=1)
    request_changes(note=note, by=rina, rev=1, comment="숫자를 확인해 주세요.")
    page = open_page(door(minji), entry)
    assert (page.context["open_comments"], [c.body for c in page.context["comments"]]) == (
        1,
        ["숫자를 확인해 주세요."],
    )


def grow(entry, by, number):
    """More of everything that the page shows."""
    note = note_of(entry, "ko")
    NoteRevision.objects.bulk_create(
        NoteRevision(note=note, rev=note.rev + n, body=f"글 {n}", author=by) for n in range(1, number)
    )
    for n in range(number):
        tag = Tag.objects.create(name=f"tag{n}-{number}", slug=f"tag{n}-{number}")
        TaggedEntry.objects.create(tag=tag, content_object=entry, order_key=entry.order_key)
        author = Author.objects.create(name=f"A{n}", name_key=f"a{n}-{number}")
        position = entry.paper.authorships.count() + 1
        Authorship.objects.create(
            paper=entry.paper, author=author, position=position, printed_name=author.name
        )
        add_comment(note=note, by=by, body=f"의견 {n}")


def test_page_takes_the_same_queries_for_one_of_everything_and_for_a_hundred(door, boss):
    entry = build_entry(ko="글 하나", en="One text")
    client = door(boss)
    open_page(client, entry)  # reads what is kept for the process: content types
    counts = []
    for number in (1, 100):
        grow(entry, boss, number)
        with CaptureQueriesContext(connection) as captured:
            html = open_page(client, entry).content.decode()
        counts.append(len(captured))
    assert "의견 99" in html
    # session, user, unread notifications; entry; for the form its notes and tags, twice (fields, form), and the
    # chosen paper; the entry as stored, drafts, notes with live revisions, the entries of its digest, byline, tags;
    # glossary; comments, people with a grant; last events
    assert counts == [counts[0]] * 2
    assert counts[0] <= 24, [query["sql"] for query in captured]
