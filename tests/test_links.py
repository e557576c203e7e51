"""Every link of the site on the four seeds, followed from the three home pages."""

from pathlib import Path

import pytest
from django.test import TestCase

from digest.editing.importing import Importer
from digest.editing.relating import relate_papers
from digest.management.corpus.writing import make_files
from digest.models import Entry
from papers.models import Paper
from tests.build import build_entry, import_files
from tests.links import Page, check_alternates, check_marks, check_promises, visit
from tests.serve import Answer, Server

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.once
class TestCrawl(TestCase):
    """A TestCase, because that is how Django loads rows, and we follow the links, once for several tests."""

    @classmethod
    def setUpTestData(cls):
        import_files((path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt")))
        cls.answers = visit(Server(), ("/", "/ko/", "/en/"))

    def test_every_page_is_reached_and_answers(self):
        statuses = {path: answer.status for path, answer in self.answers.items()}
        assert {path: status for path, status in statuses.items() if status != 200} == {}
        assert len(statuses) > 500

    def test_language_versions_name_each_other(self):
        assert check_alternates(Server(), self.answers) == []

    def test_notes_are_in_the_language_they_are_marked_with(self):
        assert check_marks(self.answers) == []

    def test_no_page_offers_a_language_it_holds_no_note_in(self):
        assert check_promises(self.answers) == []


def add_hundred_drafts():
    """Drafts with tags, authors, papers and mentions of their own, and with those that readers know."""
    files = [(name, content) for name, content, _digest in make_files(30, 7)]
    list(Importer(as_draft=True).run(files))
    known = Paper.objects.filter(entries__publish_at__isnull=False).order_by("pk")
    for day, paper in enumerate(known, start=1):
        build_entry(
            f"2023-01-{day:02}",
            paper=paper,
            public=False,
            ko=f"https://arxiv.org/abs/2408.16357 [[{paper.title}]]",
            tags=["scaling-law", "llm", f"draft-{day}"],
        )
    assert Entry.objects.filter(publish_at__isnull=True).count() >= 100
    relate_papers(Paper.objects.values_list("pk", flat=True))


@pytest.mark.scale
@pytest.mark.django_db
def test_a_hundred_drafts_change_no_byte_of_the_whole_site():
    import_files((path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt")))
    relate_papers(Paper.objects.values_list("pk", flat=True))
    starts = ("/", "/ko/", "/en/", "/arxiv/2408.16357/", "/en/arxiv/2408.16357/")
    before = visit(Server(), starts)
    add_hundred_drafts()
    after = visit(Server(), starts)
    assert len(before) > 500
    assert before.keys() == after.keys()
    seen = {path: (answer.status, answer.body, answer.headers) for path, answer in before.items()}
    assert [path for path, a in after.items() if (a.status, a.body, a.headers) != seen[path]] == []


def html(body):
    return Answer(200, {"Content-Type": "text/html"}, body.encode(), 0, 0)


def test_a_promise_without_a_note_is_found():
    note = '<link rel="alternate" hreflang="en" href="/en/"><div class="note" lang="{}"><p>{}</p></div>'
    assert check_promises({"/": html(note.format("ko", "노트"))}) == ["/ offers en and holds ['ko']"]
    assert check_promises({"/": html(note.format("en", "A note"))}) == []


def test_a_note_in_the_wrong_language_is_found():
    note = '<div class="note" lang="{}"><p>{}</p></div>'
    answers = {"/ko/x/": html(note.format("en", "한국어 노트")), "/en/x/": html(note.format("ko", "A note"))}
    assert check_marks(answers) == ["/ko/x/ marks as en: 한국어 노트", "/en/x/ marks as ko: A note"]
    assert check_marks({"/": html(note.format("ko", "GPT 모델") + note.format("en", "Quotes 배치."))}) == []


def test_a_version_that_does_not_name_back_is_found():
    named = '<link rel="alternate" hreflang="ko" href="/ko/">'
    faults = check_alternates(None, {"/": html(named), "/ko/": html("")})
    assert faults == ["/ names /ko/ for ko, which names {}"]


def test_only_what_stands_inside_a_note_counts_as_its_text():
    page = Page('<p>out</p><div class="note" lang="ko"><p>안<br>쪽</p></div><p>out</p><a href="/x/#y">z</a>')
    assert page.notes == [["ko", "안쪽"]]
    assert page.links == {"/x/"}
