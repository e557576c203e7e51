"""THE form: what is saved, what is refused, and that nothing typed is ever lost."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.roles import assign_role
from digest.editing.workflow import save_note
from digest.models import Event, NoteRevision, TaggedEntry
from tests.build import build_digest, build_entry, build_paper
from tests.digest.desk.conftest import dump, fresh, note_of
from tests.page import form_data, message_texts

TWO_PARAGRAPHS = "첫 문단입니다.\n\n둘째 문단입니다."


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


@pytest.fixture
def entry(db):
    return build_entry(
        title="Scaling laws",
        authors=["Kim"],
        ko=TWO_PARAGRAPHS,
        en="One.\n\nTwo.",
        tags=["scaling-law", "moe"],
    )


def test_save_of_nothing_writes_nothing(door, minji, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    assert form_data(page, "entry_form")["ko"] == TWO_PARAGRAPHS.replace("\n", "\r\n")
    before = dump()
    response = edit(client, entry, page)
    assert response.status_code == 302
    assert dump() == before


def test_save_writes_only_the_changed_note(door, minji, entry, edit):
    response = edit(door(minji), entry, ko="고친 글\r\n")
    assert response.status_code == 302
    note = note_of(entry, "ko")
    assert (note.rev, note.body, note.state, note.live.body) == (2, "고친 글", "draft", TWO_PARAGRAPHS)
    assert note_of(entry, "en").rev == 1
    assert list(Event.objects.values_list("verb", "actor__username")) == [("save", "minji")]


def test_minor_edit_keeps_translations_valid(door, minji, entry, edit):
    edit(door(minji), entry, ko="첫 문단입니다.\n\n둘째 문단이다.", ko_minor="on")
    assert (note_of(entry, "ko").rev, note_of(entry, "ko").sig_rev) == (2, 1)


def test_source_and_translation_saved_together_are_not_stale(door, boss, entry, edit):
    edit(door(boss), entry, ko="새 원문", en="New translation")
    assert note_of(entry, "en").source_rev == note_of(entry, "ko").sig_rev == 2


def test_translation_renders_the_source_that_was_shown(door, tom, minji, entry, edit):
    client = door(tom)
    page = client.get(change_url(entry))
    save_note(entry=entry, language="ko", body="그사이 바뀐 원문", by=minji, rev=1)
    assert edit(client, entry, page, en="Translation of the old source").status_code == 302
    assert note_of(entry, "en").source_rev == 1


def test_lost_update_is_refused_with_all_texts_and_nothing_written(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    save_note(entry=entry, language="ko", body="첫 문단입니다.\n\n리나의 둘째 문단.", by=rina, rev=1)
    before = dump()
    response = edit(client, entry, page, ko="민지의 첫 문단.\r\n\r\n둘째 문단입니다.", tag_names="#new-tag")
    assert response.status_code == 409
    assert dump() == before
    data = form_data(response, "entry_form")
    assert data["ko"] == "민지의 첫 문단.\r\n\r\n둘째 문단입니다."
    assert (data["tag_names"], data["ko_rev"]) == ("#new-tag", "2")
    html = response.content.decode()
    assert "<del>문단입니다.</del>" in html
    assert "<ins>리나의" in html
    (conflict,) = response.context["conflicts"]
    assert conflict.theirs == "첫 문단입니다.\n\n리나의 둘째 문단."
    assert conflict.merged == "민지의 첫 문단.\n\n리나의 둘째 문단."


def test_second_save_after_a_conflict_is_deliberate(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    conflict = edit(client, entry, page, ko="민지의 글", tag_names="#new-tag")
    assert edit(client, entry, conflict).status_code == 302
    assert note_of(entry, "ko").body == "민지의 글"
    assert [row.body for row in NoteRevision.objects.filter(note=note_of(entry, "ko"))] == [
        "민지의 글",
        "리나의 글",
        TWO_PARAGRAPHS,
    ]
    assert [row.tag.name for row in fresh(entry).tagged_entries.all()] == ["new-tag"]


def test_conflict_in_one_note_leaves_the_other_unwritten(door, boss, minji, entry, edit):
    client = door(boss)
    page = client.get(change_url(entry))
    save_note(entry=entry, language="ko", body="민지의 글", by=minji, rev=1)
    response = edit(client, entry, page, ko="보스의 글", en="The boss's text")
    assert response.status_code == 409
    assert note_of(entry, "en").rev == 1
    assert form_data(response, "entry_form")["en"] == "The boss's text"
    assert form_data(response, "entry_form")["en_rev"] == "1"


def test_double_submit_makes_one_revision(door, minji, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    for _ in range(2):
        assert edit(client, entry, page, ko="고친 글").status_code == 302
    assert note_of(entry, "ko").rev == 2


def test_unchanged_text_never_undoes_a_colleague(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    assert edit(client, entry, page, tag_names="#scaling-law #moe #vision").status_code == 302
    assert note_of(entry, "ko").body == "리나의 글"


def test_emptied_note_is_refused_and_shown(door, minji, entry, edit):
    response = edit(door(minji), entry, ko=" \r\n", tag_names="#kept")
    assert response.status_code == 200
    assert "ko" in response.context["adminform"].form.errors
    assert note_of(entry, "ko").rev == 1
    assert not TaggedEntry.objects.filter(tag__name="kept").exists()


def test_refused_character_keeps_what_was_typed(door, minji, entry, edit):
    response = edit(door(minji), entry, ko="잘못된 \ufffe 글자")
    assert response.status_code == 200
    assert "U+FFFE" in str(response.context["adminform"].form.errors["ko"])
    assert "잘못된" in form_data(response, "entry_form")["ko"]


def test_too_long_note_keeps_what_was_typed(door, minji, entry, edit):
    response = edit(door(minji), entry, ko="가" * 20_001)
    assert response.status_code == 200
    assert len(form_data(response, "entry_form")["ko"]) == 20_001


@pytest.mark.parametrize("rev", ["", "7", "-1", "x", "9" * 30])
def test_a_made_up_revision_never_overwrites(door, minji, entry, edit, rev):
    response = edit(door(minji), entry, ko="덮어쓰기", ko_rev=rev)
    assert response.status_code in (200, 409)
    assert note_of(entry, "ko").body == TWO_PARAGRAPHS


def test_translator_saves_english_only(door, tom, entry, edit):
    client = door(tom)
    page = client.get(change_url(entry))
    fields = form_data(page, "entry_form").keys()
    assert {"en", "en_rev"} <= fields
    assert fields & {"ko", "paper", "source_language", "tag_names", "digest"} == set()
    other = build_paper("Another")
    response = edit(
        client,
        entry,
        page,
        en="Tom's text",
        ko="몰래",
        ko_rev="1",
        paper=other.pk,
        source_language="en",
        tag_names="#sneaked",
        digest=build_digest("2020-01-01").pk,
        state="approved",
        position="9",
        publish_at="",
    )
    assert response.status_code == 302
    assert note_of(entry, "en").body == "Tom's text"
    assert note_of(entry, "ko").body == TWO_PARAGRAPHS
    stored = fresh(entry)
    assert (stored.paper_id, stored.source_language, stored.position) == (entry.paper_id, "ko", 1)
    assert stored.digest_id == entry.digest_id
    assert [row.tag.name for row in stored.tagged_entries.order_by("pk")] == ["scaling-law", "moe"]
    assert "한국어" in " ".join(message_texts(client.get(change_url(entry))))


def test_reviewer_reads_but_cannot_post_the_form(door, roles, entry):
    client = door(make_reader("reader"))
    assert client.get(change_url(entry)).status_code == 200
    before = dump()
    assert client.post(change_url(entry), {"ko": "x", "ko_rev": "1", "tag_names": "#x"}).status_code == 403
    assert dump() == before


def make_reader(name):
    user = get_user_model().objects.create_user(name, password="pw", is_staff=True)
    assign_role(user, "reviewer", ["ko"])
    return user


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("#scaling-law #moe", ["scaling-law", "moe"]),
        ("#scaling-law #moe #비디오 생성", ["scaling-law", "moe", "비디오-생성"]),
        ("Scaling_Law, MoE", ["scaling-law", "moe"]),
        ("c++, c#, c", ["c++", "c", "c"]),
        ("4", ["4"]),
        ("", []),
    ],
)
def test_tags_are_read_by_our_parser(door, minji, entry, edit, typed, names):
    assert edit(door(minji), entry, tag_names=typed).status_code == 302
    stored = [row.tag.name for row in fresh(entry).tagged_entries.order_by("pk")]
    if typed.startswith("c++"):
        assert stored[0] == "c++"
    else:
        assert stored == names


def test_tags_of_two_editors_are_merged(door, minji, entry, edit):
    client = door(minji)
    page = client.get(change_url(entry))
    edit(client, entry, page, tag_names="#scaling-law #moe #first")
    edit(client, entry, page, tag_names="#scaling-law #second")
    assert {row.tag.name for row in fresh(entry).tagged_entries.all()} == {"scaling-law", "first", "second"}


def test_unfit_tag_is_refused_and_shown(door, minji, entry, edit):
    response = edit(door(minji), entry, tag_names="#" + "a" * 101, ko="글")
    assert response.status_code == 200
    assert "tag_names" in response.context["adminform"].form.errors
    assert form_data(response, "entry_form")["ko"] == "글"
    assert note_of(entry, "ko").rev == 1


def test_paper_and_source_language_change_by_their_verb(door, minji, entry, edit):
    other = build_paper("The right paper")
    assert edit(door(minji), entry, paper=other.pk, source_language="en").status_code == 302
    assert (fresh(entry).paper_id, fresh(entry).source_language) == (other.pk, "en")
    event = Event.objects.get(verb="change")
    assert event.detail["after"] == {"paper": "The right paper", "source_language": "en"}


def test_a_paper_twice_in_a_digest_is_refused(door, minji, entry, edit):
    other = build_entry(title="Second")
    response = edit(door(minji), entry, paper=other.paper_id)
    assert response.status_code == 200
    assert "paper" in response.context["adminform"].form.errors
