"""Many works as one file, written as they come: nothing of it is ever in memory whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from papers.citations.bibtex import bibtex
from papers.citations.csl import csl_json
from papers.citations.ris import ris
from papers.citations.styles import STYLES
from papers.citations.work import Work
from papers.citations.zotero import HEAD, TAIL, zotero_rdf

DEFAULT_STYLE = "apa"


@dataclass(frozen=True, slots=True)
class Form:
    """A format of files: what one work is in it, and what stands before, between and after them.

    ``numbered``: each work is preceded by its number, where there are several.
    """

    media_type: str
    write: Callable[[Work], str]
    head: str = ""
    between: str = "\n"
    tail: str = ""
    numbered: bool = False


FORMS = {
    "bib": Form("application/x-bibtex; charset=utf-8", bibtex, between="\n\n", tail="\n"),
    "ris": Form("application/x-research-info-systems; charset=utf-8", ris, between="\n\n", tail="\n"),
    "json": Form("application/vnd.citationstyles.csl+json", csl_json, "[\n", ",\n", "\n]\n"),
    "rdf": Form("application/rdf+xml; charset=utf-8", zotero_rdf, HEAD, "", TAIL),
}
TEXTS = {
    style: Form(
        "text/plain; charset=utf-8", write, between="\n\n", tail="\n", numbered=write is STYLES["ieee"]
    )
    for style, write in STYLES.items()
}
FORMATS = (*FORMS, "txt")


def form_of(format: str, style: str = DEFAULT_STYLE) -> Form:
    """``style`` is asked for by ``txt`` alone. KeyError for a format or style that there is not."""
    return TEXTS[style] if format == "txt" else FORMS[format]


def write_file(form: Form, parts: Iterable[list[Work]], *, several: bool = True) -> Iterator[str]:
    """The file in pieces, one for each of ``parts``; without any work it is a file that holds none."""
    number = 0
    yield form.head
    for works in parts:
        written = []
        for work in works:
            number += 1
            mark = f"[{number}] " if form.numbered and several else ""
            written.append(f"{form.between if number > 1 else ''}{mark}{form.write(work)}")
        yield "".join(written)
    yield form.tail
