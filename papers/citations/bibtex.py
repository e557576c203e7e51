"""BibTeX. Titles and names are plain Unicode, as modern styles read it.

TeX in a title was turned into text before, so nothing in a stored title can be a command in somebody's document.
"""

import re

from papers.citations.work import Name, Work, one_line
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

# A backslash does not hide a brace from BibTeX, which counts them all: a lone one would swallow the rest of the file.
_BIBTEX = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
})  # fmt: skip
# In addresses and identifiers styles take every character as it stands, but braces are still counted.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_NOT_KEY = re.compile("[^a-z0-9]+")


def bibtex(work: Work) -> str:
    """The entry of a ``.bib`` file, ``@misc`` always: whether a preprint was printed since is not known here.

    Whatever the names and the title hold, the entry's braces are balanced.
    """
    fields = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": " and ".join(map(_author, work.people)),
        "year": work.year,
    }
    if work.arxiv_id:
        # archivePrefix is arXiv's own word, eprinttype biblatex's and Zotero's.
        fields |= {
            "eprint": work.arxiv_id.translate(_VERBATIM),
            "archivePrefix": "arXiv",
            "eprinttype": "arxiv",
        }
    fields |= {
        "doi": work.any_doi.translate(_VERBATIM),
        "url": work.address.translate(_VERBATIM),
        "note": _escaped(work.source),
    }
    width = max(len(name) for name, value in fields.items() if value)
    lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{citation_key(work)},\n" + ",\n".join(lines) + "\n}"


def citation_key(work: Work) -> str:
    """``filatov2024time-12``: readable, and by the number at its end unlike that of any other paper, for good."""
    family = _ascii(work.people[0].family) if work.names else ""
    word = next((w for w in slugify_title(work.plain_title).split("-") if len(_ascii(w)) > 3), "")
    return f"{family or 'anon'}{work.year}{_ascii(word)}-{work.pk}"


def _escaped(text: str) -> str:
    return one_line(tex_to_text(text)).translate(_BIBTEX)


def _author(name: Name) -> str:
    """The braces of a group keep it whole: ``{OpenAI}``. The comma is for names that BibTeX would part elsewhere."""
    if not name.given:
        return f"{{{name.family.translate(_BIBTEX)}}}"
    *particles, last = name.family.split(" ")
    reads_alike = all(word[0].islower() for word in particles) and not any(
        word[0].islower() for word in [*name.given.split(" "), last]
    )
    return (name.direct if reads_alike else name.inverted).translate(_BIBTEX)


def _ascii(text: str) -> str:
    """Lower-case ASCII letters and digits alone: BibTeX keys are typed, and some styles read no others."""
    slug = slugify_title(text)
    return _NOT_KEY.sub("", slug) if slug != slugify_title("") else ""
