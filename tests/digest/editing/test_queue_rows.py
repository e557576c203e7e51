"""What stands in each queue, for whom, and what the filters leave. Titles name the tasks."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import assign_role
from digest.editing.queue_filter import Filter
from digest.editing.queue_rows import open_to, reach_of, rows_of
from digest.models import Entry, ImportConflict, ImportRun, Note, NoteRevision, SourceFile
from papers.models import Paper
from tests.build import build_entry, build_note


def waiting(name, user, **where):
    """{(title, language)} of a queue."""
    rows = rows_of(name, reach_of(user), Filter(**where)).values_list("task_entry", "task_language")
    titles = dict(Entry.objects.values_list("pk", "paper__title"))
    return {(titles[entry], language) for entry, language in rows}


def put(entry, language, **fields):
    """Change a note as no verb would; answers it."""
    Note.objects.filter(entry=entry, language=language).update(**fields)
    return Note.objects.get(entry=entry, language=language)


def written(title, language, user, state):
    """An entry whose one note ``user`` wrote, and which is in ``state``."""
    entry = build_entry(title=title, ko="", source_language=language)
    note = Note.objects.create(entry=entry, language=language, body="글", rev=1, sig_rev=1, state=state)
    NoteRevision.objects.create(note=note, rev=1, body="글", author=user)
    return entry


def delete(entry):
    Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now(), publish_at=None)


@pytest.mark.parametrize(
    ("person", "queues"),
    [
        ("minji", ["translate", "stale", "changes", "mine", "conflicts", "metadata", "all"]),
        ("tom", ["translate", "stale", "changes", "mine", "all"]),
        ("rina", ["translate", "stale", "review", "changes", "mine", "conflicts", "metadata", "all"]),
        ("paul", ["unpublished", "conflicts", "metadata", "all"]),
        ("stranger", []),
        (
            "boss",
            [
                "translate",
                "stale",
                "review",
                "changes",
                "mine",
                "unpublished",
                "conflicts",
                "metadata",
                "all",
            ],
        ),
    ],
)
def test_queues_are_open_to_those_who_can_act(request, person, queues):
    assert open_to(reach_of(request.getfixturevalue(person))) == queues


def test_a_role_without_a_language_opens_no_queue_of_notes(stranger):
    assign_role(stranger, "reviewer", [])
    assert open_to(reach_of(stranger)) == ["all"]


def test_an_unknown_queue_is_an_error(boss):
    with pytest.raises(KeyError):
        rows_of("nonsense", reach_of(boss), Filter())


def test_translate_holds_sources_without_translation_in_ones_languages(minji, tom, boss):
    build_entry(title="Korean only")
    build_entry(title="English only", ko="", en="Text", source_language="en")
    build_entry(title="Both", en="Text")
    build_entry(title="No text", ko="")
    begun = build_entry(title="Taken, not begun")
    Note.objects.create(entry=begun, language="en", assignee=tom)
    delete(build_entry(title="Deleted"))
    into_english = {("Korean only", "en"), ("Taken, not begun", "en")}
    assert waiting("translate", tom) == into_english
    assert waiting("translate", minji) == {("English only", "ko")}
    assert waiting("translate", boss) == into_english | {("English only", "ko")}
    assert waiting("translate", boss, language="ko") == {("English only", "ko")}
    assert waiting("translate", tom, language="ko") == set()
    assert waiting("translate", tom, assignee=tom.pk) == {("Taken, not begun", "en")}
    assert waiting("translate", tom, assignee="none") == {("Korean only", "en")}


def test_a_source_that_is_only_assigned_has_no_text_to_translate(tom, minji):
    entry = build_entry(title="Planned", ko="")
    Note.objects.create(entry=entry, language="ko", assignee=minji)
    assert waiting("translate", tom) == set()


def test_stale_holds_translations_behind_their_source(minji, tom):
    build_entry(title="Fresh", en="Text")
    put(build_entry(title="Behind", en="Text"), "ko", rev=2, sig_rev=2)
    put(build_entry(title="Minor", en="Text"), "ko", rev=2)
    gone = build_entry(title="Deleted", en="Text")
    put(gone, "ko", rev=2, sig_rev=2)
    delete(gone)
    assert waiting("stale", tom) == {("Behind", "en")}
    assert waiting("stale", minji) == set()


def test_review_holds_what_others_wrote(rina, minji, tom):
    written("Minji's", "ko", minji, "review")
    written("Rina's", "ko", rina, "review")
    written("Tom's", "en", tom, "review")
    written("Draft", "ko", minji, "draft")
    put(build_entry(title="Imported"), "ko", state="review")
    assert waiting("review", rina) == {("Minji's", "ko"), ("Tom's", "en"), ("Imported", "ko")}
    assert waiting("review", rina, language="en") == {("Tom's", "en")}


def test_review_asks_who_wrote_the_present_revision_not_an_earlier_one(rina, minji):
    note = put(written("Taken over", "ko", rina, "review"), "ko", rev=2, sig_rev=2)
    NoteRevision.objects.create(note=note, rev=2, body="민지", author=minji)
    assert waiting("review", rina) == {("Taken over", "ko")}


def test_changes_come_to_the_author_and_to_the_assignee(minji, rina, boss):
    written("Minji's", "ko", minji, "changes")
    put(written("Given to Minji", "ko", boss, "changes"), "ko", assignee=minji)
    written("Rina's", "ko", rina, "changes")
    written("In review", "ko", minji, "review")
    assert waiting("changes", minji) == {("Minji's", "ko"), ("Given to Minji", "ko")}


def test_mine_holds_what_is_assigned_and_not_approved(tom, minji):
    begun = build_entry(title="Not begun")
    Note.objects.create(entry=begun, language="en", assignee=tom)
    put(build_entry(title="In review", en="Text"), "en", assignee=tom, state="review")
    put(build_entry(title="Approved", en="Text"), "en", assignee=tom)
    put(build_entry(title="Minji's"), "ko", assignee=minji, state="draft")
    assert waiting("mine", tom) == {("Not begun", "en"), ("In review", "en")}
    assert waiting("mine", tom, language="ko") == set()


def test_unpublished_holds_approved_texts_that_readers_do_not_see(paul):
    build_entry(title="Live")
    put(build_entry(title="Never live", public=False), "ko", state="approved")
    ahead = build_entry(title="Ahead of live")
    note = put(ahead, "ko", rev=2, sig_rev=2)
    NoteRevision.objects.create(note=note, rev=2, body="새 글")
    caught_up = build_entry(title="Caught up")
    note = put(caught_up, "ko", rev=2, sig_rev=2)
    second = NoteRevision.objects.create(note=note, rev=2, body="새 글")
    put(caught_up, "ko", live=second)
    build_entry(title="Draft", public=False)
    assert waiting("unpublished", paul) == {("Never live", "ko"), ("Ahead of live", "ko")}


def conflict(entry, field, **fields):
    run, _made = ImportRun.objects.get_or_create()
    file, _made = SourceFile.objects.get_or_create(
        digest=entry.digest, defaults={"name": f"{entry.pk}.txt", "sha256": "0", "content": b"", "run": run}
    )
    return ImportConflict.objects.create(entry=entry, field=field, source_file=file, line=1, **fields)


def test_conflicts_hold_entries_with_an_open_one_once(minji):
    entry = build_entry("2024-10-30", title="Torn", en="Text")
    conflict(entry, "ko")
    conflict(entry, "title")
    conflict(build_entry("2024-10-29", title="Settled"), "ko", resolved_at=timezone.now(), resolution="ours")
    gone = build_entry("2024-10-28", title="Deleted")
    conflict(gone, "ko")
    delete(gone)
    assert waiting("conflicts", minji) == {("Torn", "ko")}
    assert waiting("conflicts", minji, language="en") == set()


def test_metadata_holds_papers_that_lack_a_detail(minji):
    whole = {"arxiv_id": "2408.16357", "abstract": "We show.", "authors": ["Kim"]}
    build_entry(title="Whole", **whole)
    build_entry(title="No id", **whole | {"arxiv_id": None})
    build_entry(title="No abstract", **whole | {"arxiv_id": "2408.00002", "abstract": ""})
    build_entry(title="No authors", **whole | {"arxiv_id": "2408.00003", "authors": []})
    build_entry(title="A release", kind=Paper.Kind.RELEASE)
    found = {("No id", "ko"), ("No abstract", "ko"), ("No authors", "ko")}
    assert waiting("metadata", minji) == found


def test_all_holds_every_entry_that_is_not_deleted(tom):
    build_entry(title="Korean")
    build_entry(title="English", ko="", en="Text", source_language="en")
    build_entry(title="No text", ko="")
    delete(build_entry(title="Deleted"))
    assert waiting("all", tom) == {("Korean", "ko"), ("English", "en"), ("No text", "ko")}
    assert waiting("all", tom, language="en") == {("Korean", "en"), ("English", "en"), ("No text", "en")}


def test_every_queue_is_narrowed_by_digest_tag_and_assignee(boss, tom):
    """Two entries in every queue; each filter leaves the one it means."""
    for day, holder, tag in ((29, tom, "moe"), (30, None, "rl")):
        entry = build_entry(f"2024-10-{day}", title=f"P{day}", tags=[tag], ko="글")
        build_note(entry, "en", "Text", live=False, state="changes")
        conflict(entry, "ko")
        put(entry, "ko", rev=2, sig_rev=2, assignee=holder, state="approved")
        put(entry, "en", assignee=holder)
    for name in ("stale", "unpublished", "conflicts", "metadata", "all"):
        assert {title for title, _language in waiting(name, boss)} == {"P29", "P30"}, name
        only = {"P29"}
        found = [
            {title for title, _language in waiting(name, boss, **where)}
            for where in ({"digest": datetime.date(2024, 10, 29)}, {"tag": "moe"}, {"assignee": tom.pk})
        ]
        assert found == [only] * 3, name
        assert {title for title, _language in waiting(name, boss, assignee="none")} == {"P30"}, name
