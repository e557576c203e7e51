"""A paper for other people's reference lists: BibTeX and RIS.

Both say only what is known. Titles and names are plain Unicode, as modern styles read it; TeX in a title was turned
into text before, so nothing in a stored title can be a command in somebody's document.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from papers.identifiers import arxiv_url, slugify_title
from papers.tex import tex_to_text

# A backslash does not hide a brace from BibTeX, which counts them all: a lone one would swallow the rest of the file.
_BIBTEX = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
})  # fmt: skip
# In addresses and identifiers styles take every character as it stands, but braces are still counted.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_NEW_ARXIV = re.compile(r"([0-9]{2})[0-9]{2}\.")
_OLD_ARXIV = re.compile(r"[^/]+/([0-9]{2})")
_GROUP_WORDS = """
ai collaboration community company consortium corporation foundation group inc institute lab laboratory labs
research team university
"""
_GROUPS = frozenset(_GROUP_WORDS.split())
_FAMILY_BEGINS = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "la", "le", "ter", "van", "von")
)
_NOT_KEY = re.compile("[^a-z0-9]+")


class Citable(Protocol):
    """What of a paper is cited; ``papers.models.Paper`` is one."""

    pk: int
    title: str
    arxiv_id: str | None
    doi: str
    url: str


def bibtex(paper: Citable, names: Sequence[str], *, note: str = "") -> str:
    """The entry of a ``.bib`` file, ``@misc`` always: whether a preprint was printed since is not known here.

    ``names`` are as printed, in order. Whatever they and the title hold, the entry's braces are balanced.
    """
    fields = {
        "title": f"{{{_escaped(paper.title)}}}",
        "author": " and ".join(_bibtex_name(name) for name in names),
        "year": year_of(paper),
    }
    if paper.arxiv_id:
        # archivePrefix is arXiv's own word, eprinttype biblatex's and Zotero's.
        fields |= {"eprint": paper.arxiv_id, "archivePrefix": "arXiv", "eprinttype": "arxiv"}
    fields |= {
        "doi": _doi(paper).translate(_VERBATIM),
        "url": _address(paper).translate(_VERBATIM),
        "note": _escaped(note),
    }
    width = max(len(name) for name, value in fields.items() if value)
    lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{citation_key(paper, names)},\n" + ",\n".join(lines) + "\n}"


def ris(paper: Citable, names: Sequence[str], *, keywords: Iterable[str] = ()) -> str:
    """The record of a ``.ris`` file. RIS knows no preprint: type GEN, and the archive as publisher.

    No abstract and no notes: reference managers make a note of their own out of each ``N1``.
    """
    rows = [("TY", "GEN"), ("TI", _line(tex_to_text(paper.title)))]
    rows += [("AU", _ris_name(_line(name))) for name in names]
    rows += [("PY", year_of(paper))]
    if paper.arxiv_id:
        rows += [("PB", "arXiv"), ("AN", f"arXiv:{paper.arxiv_id}")]
    rows += [("DO", _line(_doi(paper))), ("UR", _line(_address(paper)))]
    rows += [("KW", _line(keyword)) for keyword in keywords]
    return "\n".join(f"{tag}  - {value}" for tag, value in rows if value) + "\nER  - "


def citation_key(paper: Citable, names: Sequence[str]) -> str:
    """``filatov2024time-12``: readable, and by the number at its end unlike that of any other paper, for good."""
    family = _ascii(_split_name(names[0])[1]) if names else ""
    word = next((w for w in slugify_title(tex_to_text(paper.title)).split("-") if len(_ascii(w)) > 3), "")
    return f"{family or 'anon'}{year_of(paper)}{_ascii(word)}-{paper.pk}"


def year_of(paper: Citable) -> str:
    """The year the arXiv id tells, else nothing: no other date of a paper is known."""
    match = _NEW_ARXIV.match(paper.arxiv_id or "") or _OLD_ARXIV.match(paper.arxiv_id or "")
    if match is None:
        return ""
    return f"{'19' if match[1] > '90' else '20'}{match[1]}"


def _doi(paper: Citable) -> str:
    """arXiv registers a DOI for every paper it holds."""
    return paper.doi or (f"10.48550/arXiv.{paper.arxiv_id}" if paper.arxiv_id else "")


def _address(paper: Citable) -> str:
    return arxiv_url(paper.arxiv_id) if paper.arxiv_id else paper.url


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _line(tex_to_text(text)).translate(_BIBTEX)


def _is_group(name: str) -> bool:
    """A team or firm, which has no family name: one word, a comma, an "and", or a word like Team."""
    words = name.casefold().replace(",", " , ").split()
    return len(words) < 2 or bool({"and", ",", "&"} & set(words)) or not _GROUPS.isdisjoint(words)


def _split_name(name: str) -> tuple[str, str]:
    """Given and family name: ``("Laurens", "van der Maaten")``. A group is all family."""
    words = _line(name).split(" ")
    if _is_group(name):
        return "", " ".join(words)
    family = len(words) - 1
    while family > 1 and words[family - 1].casefold() in _FAMILY_BEGINS:
        family -= 1
    return " ".join(words[:family]), " ".join(words[family:])


def _bibtex_name(name: str) -> str:
    """The braces of a group keep it whole: ``{OpenAI}``."""
    escaped = _line(name).translate(_BIBTEX)
    return f"{{{escaped}}}" if _is_group(name) else escaped


def _ris_name(name: str) -> str:
    given, family = _split_name(name)
    return f"{family}, {given}" if given else family


def _ascii(text: str) -> str:
    """Lower-case ASCII letters and digits alone: BibTeX keys are typed, and some styles read no others."""
    slug = slugify_title(text)
    return _NOT_KEY.sub("", slug) if slug != slugify_title("") else ""
