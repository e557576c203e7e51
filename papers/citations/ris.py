"""RIS, a line a fact."""

from papers.citations.work import Work, one_line

# RIS knows no preprint; a paper is GEN with the archive as publisher.
_TYPES = {"post": "BLOG", "release": "ELEC"}


def ris(work: Work) -> str:
    """The record of a ``.ris`` file. No notes: reference managers make a note of their own out of each ``N1``."""
    rows = [("TY", _TYPES.get(work.kind, "GEN")), ("TI", work.plain_title)]
    rows += [("AU", name.inverted) for name in work.people]
    rows += [("PY", work.year)]
    if work.date:
        rows += [("DA", "/".join(work.date) + "//")]
    if work.arxiv_id:
        rows += [("PB", "arXiv"), ("AN", f"arXiv:{work.arxiv_id}")]
    rows += [("DO", work.any_doi), ("UR", work.address), ("LA", work.language)]
    rows += [("KW", one_line(tag)) for tag in work.tags]
    rows += [("AB", work.plain_abstract)]
    return "\n".join(f"{tag}  - {value}" for tag, value in rows if value) + "\nER  - "
