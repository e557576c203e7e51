"""A card's words from published entries, in the words of the edition."""

import datetime

import pytest
from django.utils import translation

from digest.reading.archive import digest_of
from digest.reading.papers import paper_entries
from digest.site.cards.card import DigestCard, PaperCard, SiteCard
from digest.site.cards.making import address, digest_card, newest_note, paper_card, site_card
from digest.site.editions import BOTH, ENGLISH, KOREAN
from tests.build import build_digest, build_entry

pytestmark = pytest.mark.django_db
DATE = datetime.date(2024, 10, 30)


def in_edition(make, edition, *arguments):
    with translation.override(edition.interface):
        return make(edition, *arguments)


def test_the_sites_card_says_what_it_is_in_the_editions_languages():
    english = "A digest of machine-learning papers, in Korean and English."
    korean = "머신러닝 논문 다이제스트, 한국어와 영어로."
    said = {edition.namespace: in_edition(site_card, edition) for edition in (BOTH, KOREAN, ENGLISH)}
    assert said == {
        "site": SiteCard("나란히", (korean, english)),
        "ko": SiteCard("나란히", (korean,)),
        "en": SiteCard("나란히", (english,)),
    }


def test_a_digests_card():
    build_entry(DATE, title=r"Energy of $E = mc^2$ \textbf{now}")
    for number in range(7):
        build_entry(DATE, title=f"Paper {number}")
    entries = digest_of(DATE)
    titles = ("Energy of E = mc² now", *(f"Paper {number}" for number in range(5)))
    english = DigestCard("나란히", "10", "30", ("Wednesday, 30 October 2024",), "8 papers", titles)
    assert in_edition(digest_card, ENGLISH, DATE, entries) == english
    dates = ("2024년 10월 30일 수요일", "Wednesday, 30 October 2024")
    assert in_edition(digest_card, BOTH, DATE, entries) == DigestCard(
        "나란히", "10", "30", dates, "논문 8편", titles
    )
    assert in_edition(digest_card, KOREAN, DATE, entries).dates == dates[:1]


def test_a_papers_card_begins_with_the_newest_note_of_each_language():
    old = build_entry(
        "2024-05-29", title="One 🎉", ko="옛 노트", en="Old *note*", tags=["moe"], authors=["A", "🎉"]
    )
    build_entry(DATE, paper=old.paper, ko="새 노트 https://arxiv.org/abs/2408.16357", tags=["rope", "moe"])
    entries = paper_entries(old.paper.pk)
    card = in_edition(paper_card, BOTH, entries)
    assert (card.date, card.title, card.names, card.authors) == ("2024.10.30", "One", ("A",), 2)
    assert (card.notes, card.tags) == (("새 노트 arXiv:2408.16357", "Old note"), ("rope", "moe"))
    assert in_edition(paper_card, ENGLISH, entries).notes == ("Old note",)
    assert in_edition(paper_card, KOREAN, entries).notes == ("새 노트 arXiv:2408.16357",)


def test_long_and_empty_things_stay_short():
    entry = build_entry(
        DATE,
        title="🎉",
        ko="가" * 20_000,
        tags=[f"tag-{number}" for number in range(9)],
        authors=[f"Author {number}" for number in range(30)],
    )
    card = in_edition(paper_card, BOTH, paper_entries(entry.paper.pk))
    assert isinstance(card, PaperCard)
    assert (card.title, len(card.names), card.authors, len(card.tags)) == ("#1", 8, 30, 6)
    assert [len(note) for note in card.notes] == [300]
    entry = build_entry(DATE, title="T" * 500)
    assert len(in_edition(paper_card, BOTH, paper_entries(entry.paper.pk)).title) == 300


def test_newest_note_of_a_language_nobody_wrote_in():
    entry = build_entry(DATE, ko="노트")
    entries = paper_entries(entry.paper.pk)
    assert (newest_note(entries, "ko"), newest_note(entries, "en")) == ("노트", "")


def test_an_address_is_whole_and_ends_with_the_version(settings):
    settings.SITE_URL = "https://example.org"
    build_digest(DATE)
    card = DigestCard("S", "10", "30", (), "", ())
    first = address(ENGLISH, card, "digest_card", date=DATE)
    path, _, version = first.partition("?v=")
    assert path == "https://example.org/en/digests/2024-10-30/card.png"
    assert len(version) == 10
    other = DigestCard("S", "10", "30", (), "", ("T",))
    assert address(ENGLISH, other, "digest_card", date=DATE) not in (first, path)
