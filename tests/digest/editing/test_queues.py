"""Tasks with what a page shows of them, counts, the way from one to the next, and a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from digest.editing.queues import (
    QUEUES,
    Filter,
    Place,
    count,
    counts,
    missing_counts,
    next_task,
    previous_task,
    tasks,
)
from digest.models import Entry, Note
from papers.models import Paper
from tests.build import build_entry, build_paper


def titles(found):
    return [task.entry.paper.title for task in found]


@pytest.fixture
def digests(db):
    for day in (28, 29, 30):
        for item in "ab":
            build_entry(f"2024-10-{day}", title=f"{day}{item}", authors=["Kim"], abstract="We.")


def test_tasks_come_in_either_order_with_item_one_first(tom, digests):
    assert titles(tasks("translate", tom, Filter())) == ["28a", "28b", "29a", "29b", "30a", "30b"]
    newest = tasks("translate", tom, Filter(order="newest"))
    assert titles(newest) == ["30a", "30b", "29a", "29b", "28a", "28b"]
    page = tasks("translate", tom, Filter(), after=newest[2].place, limit=2)
    assert titles(page) == ["29b", "30a"]


def test_a_task_brings_what_its_line_shows(tom, django_assert_num_queries):
    entry = build_entry(title="Bare")
    Note.objects.create(entry=entry, language="en", assignee=tom)
    (task,) = tasks("translate", tom, Filter())
    with django_assert_num_queries(0):
        shown = (task.language, task.note.assignee, task.source.body, task.entry.digest.status, task.missing)
    assert shown == ("en", tom, "한국어 노트", "live", ("arxiv_id", "abstract", "authors"))
    assert task.place == Place(entry.order_key, "en")


def test_a_task_without_note_or_source_says_so(boss):
    build_entry(title="Empty", ko="")
    (task,) = tasks("all", boss, Filter(language="en"))
    assert (task.language, task.note, task.source) == ("en", None, None)


def test_a_post_lacks_nothing(boss):
    build_entry(paper=build_paper("A post", kind=Paper.Kind.POST))
    assert [task.missing for task in tasks("all", boss, Filter())] == [()]


def test_a_queue_that_is_not_open_is_empty_and_not_counted(tom, stranger, digests):
    assert tasks("metadata", tom, Filter()) == []
    assert previous_task("metadata", tom, Filter(), before=Entry.objects.first(), language="ko") is None
    assert "metadata" not in counts(tom, Filter())
    assert (count("metadata", tom, Filter()), count("translate", tom, Filter())) == (0, 6)
    assert counts(stranger, Filter()) == {}
    with pytest.raises(KeyError):
        tasks("nonsense", stranger, Filter())


def test_counts_agree_with_the_tasks(boss, tom, digests):
    build_entry("2024-10-30", title="Both", en="Text")
    Note.objects.filter(language="en").update(state="review", assignee=tom)
    for user in (boss, tom):
        for where in (Filter(), Filter(language="en"), Filter(assignee=tom.pk)):
            found = counts(user, where)
            assert found == {name: len(tasks(name, user, where)) for name in found}
    assert list(counts(boss, Filter())) == list(QUEUES)
    assert counts(boss, Filter())["translate"] == 6


def test_next_and_previous_pass_over_the_entry_just_done(tom, digests):
    done = Entry.objects.get(paper__title="29a")
    Note.objects.create(entry=done, language="en", body="Text", rev=1, sig_rev=1)
    ahead = next_task("translate", tom, Filter(), after=done, language="en")
    before = previous_task("translate", tom, Filter(), before=done, language="en")
    assert titles([before, ahead]) == ["28b", "29b"]
    backwards = Filter(order="newest")
    ahead = next_task("translate", tom, backwards, after=done, language="en")
    before = previous_task("translate", tom, backwards, before=done, language="en")
    assert titles([before, ahead]) == ["30b", "29b"]


def test_there_is_none_behind_the_last_and_in_front_of_the_first(tom, digests):
    first, last = Entry.objects.get(paper__title="28a"), Entry.objects.get(paper__title="30b")
    assert next_task("translate", tom, Filter(), after=last, language="en") is None
    assert previous_task("translate", tom, Filter(), before=first, language="en") is None


def test_missing_details_are_counted_for_papers_that_an_entry_discusses(db):
    build_entry(title="Bare")
    build_entry(title="No id", abstract="We.", authors=["Kim"])
    build_entry(title="A release", kind=Paper.Kind.RELEASE)
    build_paper("In no digest")
    assert missing_counts() == {"arxiv_id": 2, "abstract": 1, "authors": 1}


def spent(action):
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def someone_fresh(username):
    """The user without the permissions that an earlier question left in memory."""
    return User.objects.get(username=username)


def test_every_queue_takes_the_same_queries_for_any_number_of_tasks(rina, paul):
    found = []
    for more in (1, 8):
        for _ in range(more):
            entry = build_entry(ko="글", en="Text")
            entry.notes.update(state="review")
        found.append([spent(lambda: counts(someone_fresh("rina"), Filter()))])
        for name in ("review", "metadata", "all"):
            for order in ("oldest", "newest"):
                where = Filter(order=order)
                found[-1].append(
                    spent(lambda name=name, where=where: tasks(name, someone_fresh("rina"), where))
                )
    # Whoever asks: user, own permissions, the groups', grants of writing and of reviewing in two languages. Then
    # counts: eight queues; tasks: keys (an unfilled page needs no second look), entries with papers and digests, notes.
    assert found == [[7 + 8, *[7 + 3] * 6]] * 2
