"""Words that a page and its twin both say, in the order in which they say them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs; ``name`` is its anchor."""

    name: str
    heading: Promise
    paragraphs: tuple[Promise, ...]


ABOUT = (
    Section(
        "what",
        _("What this is"),
        (
            _(
                "A digest of machine-learning papers. Each digest is a day's pick, and each paper in it comes "
                "with a short note: what it is about, and why it was worth reading."
            ),
            _(
                "Naranhi (나란히) is Korean for “side by side”: that is how the notes in the two languages "
                "stand."
            ),
        ),
    ),
    Section(
        "editions",
        _("Three editions"),
        (
            _(
                "The address alone chooses the language. /ko/ is the Korean edition, /en/ the English one, "
                "and an address with neither shows both languages facing each other. The switch at the top "
                "leads to the same page in another edition."
            ),
        ),
    ),
    Section(
        "made",
        _("How the notes are made"),
        (
            _(
                "Notes are written in Korean, now and then in English, and then translated into the other "
                "language. A text written here is read by a second person before it is published; digests "
                "from before this site were brought in as they were. Nothing appears by itself: someone "
                "decides that it does."
            ),
            _(
                "A translation that is not there yet is not made up: the page says so, or shows the abstract "
                "instead."
            ),
        ),
    ),
    Section(
        "read",
        _("How to read it"),
        (
            _(
                "Words in serif type are the paper's own: its title and its abstract. Words in sans-serif "
                "type are ours. Paragraph by paragraph, the Korean and the English note face each other; on a "
                "narrow screen the Korean one comes first."
            ),
            _(
                "The number beside a paper is its permanent address. Tags can be combined in the address bar: "
                "a+b means both, a,b either, a+-b the first without the second. Every page can be read "
                "without script."
            ),
        ),
    ),
    Section(
        "colophon",
        _("Colophon"),
        (
            _(
                "The program is free software under the MIT licence. Abstracts belong to their authors and "
                "the notes to those who wrote them."
            ),
            _(
                "Titles and abstracts are set in Newsreader by Production Type, under the SIL Open Font "
                "License, served from here. Notes are set in Pretendard where it is installed, else in your "
                "system's own Korean face. No page asks another site for anything."
            ),
        ),
    ),
)

# What may be typed into the search, and what it finds.
SEARCHING = (
    ("batch size", _("Both words, in the title, the notes, the abstract, the tags or the names.")),
    ('"scaling laws"', _("Exactly these words side by side.")),
    ("-moe", _("Without this word.")),
    ("tag:alignment", _("With this tag.")),
    ('author:"Kun Xu"', _("By this author.")),
    ("year:2024", _("In a digest of this year; after:2024-05 and before:2024-10 are ranges.")),
    ("lang:en", _("With a note in this language, ko or en.")),
    ("arxiv:2410.21676", _("The paper with this arXiv id.")),
)
