"""A card's words, and the version in its address."""

from dataclasses import replace

from digest.site.cards import card as card_module
from digest.site.cards.card import DigestCard, PaperCard, SiteCard, version

PAPER = PaperCard("S", "2024.10.30", "T", ("A", "B"), 3, "{names}+{number}", ("노트", "Note"), ("moe",))


def test_version_changes_with_each_thing_that_is_drawn():
    changed = [
        replace(PAPER, **{name: value})
        for name, value in {
            "site": "X",
            "date": "2024.10.31",
            "title": "X",
            "names": ("A",),
            "authors": 4,
            "others": "x",
            "notes": ("노트",),
            "tags": (),
        }.items()
    ]
    versions = {version(each) for each in (PAPER, *changed)}
    assert len(versions) == len(changed) + 1
    assert version(PAPER) == version(replace(PAPER))
    assert all(len(each) == 10 and each.isalnum() for each in versions)


def test_version_changes_with_the_look_of_all_cards(monkeypatch):
    before = version(PAPER)
    monkeypatch.setattr(card_module, "LOOK", 0)
    assert version(PAPER) != before


def test_kinds_are_never_the_same_picture():
    assert version(SiteCard("S", ())) != version(DigestCard("S", "", "", (), "", ()))


def test_words_say_what_is_drawn():
    assert PAPER.words == "S · T · A · B · 2024.10.30 · 노트 · Note · moe"
    assert SiteCard("S", ("하나", "One")).words == "S · 하나 · One"
    assert (
        DigestCard("S", "10", "30", ("30 October",), "2 papers", ("T",)).words
        == "S · 30 October · 2 papers · T"
    )
