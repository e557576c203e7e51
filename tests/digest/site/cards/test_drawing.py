"""The pictures: right in size, the same for the same words, and drawn whatever the words are."""

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from digest.site.cards import drawing
from digest.site.cards.card import DigestCard, PaperCard, SiteCard
from digest.site.cards.drawing import png
from digest.site.cards.words import drawable

NOTES = ("배치 크기에 대한 노트입니다. " * 8, "A note about batch size. " * 8)
HOSTILE = [
    "",
    "x" * 300,
    "가" * 300,
    "a b " * 75,
    "W" * 300,
    "{names} {} {0} %s",
    "…",
    "i\u0307" * 9,
    "f" * 80 + " …",
]


def paper(title="How Does Critical Batch Size Scale?", **fields):
    known = {
        "site": "나란히",
        "date": "2024.10.30",
        "names": ("Hanlin Zhang", "Kun Xu"),
        "authors": 2,
        "others": "{names} 외 {number}명",
        "notes": NOTES,
        "tags": ("scaling-law", "비디오-생성"),
    }
    return PaperCard(title=title, **known | fields)


def digest(titles=("One", "Two"), **fields):
    known = {
        "site": "나란히",
        "month": "10",
        "day": "30",
        "count": "논문 2편",
        "dates": ("2024년 10월 30일 수요일", "30 October"),
    }
    return DigestCard(titles=titles, **known | fields)


def opened(card):
    image = Image.open(io.BytesIO(png(card)))
    image.load()
    return image


CARDS = [
    SiteCard("나란히", ("머신러닝 논문 다이제스트", "A digest of papers")),
    SiteCard("Side by side " * 9, ()),
    digest(),
    digest(
        tuple(f"A title of some length, number {n}, that takes two lines at the very least" for n in range(6))
    ),
    paper(),
    paper(notes=NOTES[:1]),
    paper(notes=(), tags=(), names=(), authors=0),
    paper(names=("A" * 60,) * 8, authors=300),
    paper(tags=("t" * 40,) * 6),
    *(
        paper(drawable(text, 300) or "#1", names=(text[:60],), tags=(text[:40],), notes=(text,))
        for text in HOSTILE
    ),
    *(digest((drawable(text, 160),) * 4) for text in HOSTILE),
]


@pytest.mark.parametrize("card", CARDS, ids=range(len(CARDS)))
def test_every_card_is_a_picture_of_its_size_with_its_words_within(card):
    image = opened(card)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(image.getcolors()) > 5
    assert image.text["Description"] == card.words
    assert len(png(card)) < 100_000


def margins(image):
    """How far from each edge anything is drawn."""
    drawn = image.convert("L").point(lambda value: 255 if value < 240 else 0)
    left, top, right, bottom = drawn.getbbox()
    return left, top, 1200 - right, 630 - bottom


@pytest.mark.parametrize("card", CARDS, ids=range(len(CARDS)))
def test_nothing_is_drawn_over_the_edges(card):
    assert min(margins(opened(card))) >= 36


def test_words_that_differ_are_pictures_that_differ():
    cards = [
        paper(),
        paper("Another"),
        paper(notes=()),
        paper(tags=()),
        paper(date="2024.10.31"),
        digest(),
        digest(()),
    ]
    assert len({png(card) for card in cards}) == len(cards)


def test_the_same_words_are_the_same_bytes_also_when_drawn_anew():
    first = png(paper())
    drawing._png.cache_clear()
    assert png(paper()) == first
    drawing._png.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(png, [paper()] * 8)) == {first}
    assert drawing._png.cache_info().misses == 1


def test_drawing_takes_less_than_a_tenth_of_a_second():
    # Of processor time, for the slowest of all; the fonts are open by then.
    for card in CARDS:
        png(card)
    drawing._png.cache_clear()
    slowest = 0.0
    for card in CARDS:
        began = time.thread_time()
        png(card)
        slowest = max(slowest, time.thread_time() - began)
    assert slowest < 0.1


def test_a_long_title_takes_the_room_of_the_notes():
    bare = paper("Word " * 50, notes=())
    assert opened(paper("Word " * 50)).tobytes() == opened(bare).tobytes()
    assert opened(paper()).tobytes() != opened(paper(notes=())).tobytes()


def test_as_many_names_as_fit():
    assert drawing._byline(paper()) == "Hanlin Zhang, Kun Xu"
    many = paper(names=tuple(f"Somebody Number-{n}" for n in range(8)), authors=23)
    assert drawing._byline(many) == "Somebody Number-0, Somebody Number-1, Somebody Number-2 외 20명"


def test_as_many_tags_as_fit():
    assert drawing._tags(("a", "b")) == "#a   #b"
    shown = drawing._tags(("t" * 40,) * 6)
    assert shown == "   ".join(["#" + "t" * 40] * shown.count("#"))
    assert 1 <= shown.count("#") < 6


def test_another_thing_is_no_card():
    with pytest.raises(TypeError):
        drawing.draw_on("card", None)
