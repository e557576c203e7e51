"""Works to cite: those of the seeds, and everything that could break a file of references."""

from pathlib import Path

from digest.text.seeds import parse_seed
from papers.citations import Work
from tests.papers.hostile import PAYLOADS

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
TEXTS = [
    "100% of {A & B",
    "}",
    "{",
    "\\",
    "a } @misc{evil, title={x}} {",
    "$x_1$ and #1 ~ ^ _",
    "% all of it",
    '"quoted", comma',
    "@article{",
    "\\end{document}",
    "a\nER  - \nTY  - GEN",
    "a\r\nER  - ",
    "\x00a\x0bb\x1fc\u2028d\ufffe e\x85f",
    "]]></rdf:value><x>",
    "김 a~b^c",
    "\u202eright to left\u202c",
    "e\u0301t\u00e9 \U0001f600",
    *PAYLOADS,
]
NAMES = [
    "Kun Xu",
    "Kun Xu",
    "OpenAI",
    "Gemini Team",
    "Laurens van der Maaten",
    "Laurens Van Der Maaten",
    "bell hooks",
    "Juan de la Cruz Garcia",
    "김민지",
    "김 민지",
    "Łukasz Kaiser",
    "A & B",
    "Smith, Jr.",
    "Barnes and Noble",
    "Jean-Pierre Müller",
    "others",
    "D'Artagnan O_Neil",
    "A. {B} C~D",
    "José María",
    "von Neumann",
    "John von Neumann",
]


def work(title="Time Transfer: On Optimal Learning Rate", names=(), *, pk=12, **fields):
    return Work(pk, title, tuple(names), **fields)


def seed_works():
    """Every entry of the four seeds; every second one as if an editor had given it an arXiv id."""
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        for entry in parse_seed(path.read_bytes()).digest.entries:
            number = len(found) + 1
            arxiv_id = f"2410.{number:05}" if number % 2 else ""
            facts = {"abstract": entry.abstract, "tags": tuple(entry.tags), "arxiv_id": arxiv_id}
            found.append(Work(number, entry.title, tuple(entry.authors), **facts))
    return found


def nasty_works():
    """Each text in every field, each name, two hundred names, none at all, each kind."""
    found = [
        Work(
            number,
            f"{text} x",
            (*NAMES, text),
            abstract=text,
            arxiv_id=f"2410.{number:05}",
            url=f"https://a.example/{text}",
            doi="10.1/{x}\\%",
            tags=("moe", f"{text} x"),
            source=text,
            notes=(f"<p>{text}</p>", "<p>둘</p>"),
        )
        for number, text in enumerate(TEXTS, start=1_001)
    ]
    found.append(work("Many", [f"Given{n} Family{n}" for n in range(194)], pk=2_001))
    found.append(work("Nobody", pk=2_002))
    found += [
        work(f"A {kind}", ["OpenAI"], pk=2_010 + n, kind=kind, url="https://a.example/")
        for n, kind in enumerate(("paper", "post", "release", "other"))
    ]
    return found


def all_works():
    return seed_works() + nasty_works()
