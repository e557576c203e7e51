"""References as plain text in three styles: APA (7th), Chicago (18th, author and date), IEEE.

They are written out here because so few facts are known of a preprint; a style engine reads our CSL-JSON.
"""

import unicodedata
from collections.abc import Callable, Sequence

from papers.citations.work import Name, Work

APA_MOST, CHICAGO_MOST, IEEE_MOST = 20, 6, 6
_INNER_QUOTES = str.maketrans("“”", "‘’")


def apa(work: Work) -> str:
    """``Filatov, O., & Ebert, J. (2024). Time Transfer (arXiv:2410.05838). arXiv. https://doi.org/…``"""
    names = [_abbreviated(name, family_first=True) for name in work.people]
    if len(names) > APA_MOST:
        byline = f"{', '.join(names[: APA_MOST - 1])}, . . . {names[-1]}"
    else:
        byline = _listed(names, " & ", always=", ")
    title = f"{work.plain_title} (arXiv:{work.arxiv_id})" if work.arxiv_id else work.plain_title
    year = f"({work.year or 'n.d.'})."
    first = [_ended(byline), year, _ended(title)] if byline else [_ended(title), year]
    return " ".join([*first, *(["arXiv."] if work.arxiv_id else []), _place(work)]).strip()


def chicago(work: Work) -> str:
    """``Filatov, Oleg, and Jan Ebert. 2024. “Time Transfer.” Preprint, arXiv. https://doi.org/….``"""
    people = work.people
    names = [people[0].inverted, *(name.direct for name in people[1:])] if people else []
    if len(names) > CHICAGO_MOST:
        byline = f"{', '.join(names[:3])}, et al."
    else:
        byline = _listed(names, " and ", always=", ")
    title = f"“{_ended(work.plain_title.translate(_INNER_QUOTES))}”"
    year = f"{work.year or 'n.d'}."
    first = [_ended(byline), year, title] if byline else [title, year]
    place = _place(work)
    return " ".join([*first, *(["Preprint, arXiv."] if work.arxiv_id else []), place and f"{place}."]).strip()


def ieee(work: Work) -> str:
    """``O. Filatov and J. Ebert, “Time Transfer,” 2024, arXiv:2410.05838.``"""
    names = [_abbreviated(name, family_first=False) for name in work.people]
    byline = f"{names[0]} et al." if len(names) > IEEE_MOST else _listed(names, " and ", always="")
    title = work.plain_title.translate(_INNER_QUOTES)
    facts = _ieee_facts(work)
    if not facts:
        title = _ended(title)
    elif title[-1:] not in ("?", "!"):
        title += ","
    return " ".join(filter(None, [byline and f"{byline},", f"“{title}”", facts]))


def _ieee_facts(work: Work) -> str:
    if work.arxiv_id:
        return ", ".join(filter(None, [work.year, f"arXiv:{work.arxiv_id}."]))
    if work.doi:
        return f"doi: {work.any_doi}."
    return f"[Online]. Available: {work.address}" if work.address else ""


STYLES: dict[str, Callable[[Work], str]] = {"apa": apa, "chicago": chicago, "ieee": ieee}


def _listed(names: Sequence[str], last: str, *, always: str) -> str:
    """``A``, ``A & B``, ``A, B, & C``. ``always``: the sign before the last word also where there are only two."""
    if len(names) < 2:
        return "".join(names)
    comma = always or (", " if len(names) > 2 else " ")
    return f"{', '.join(names[:-1])}{comma.rstrip()}{last}{names[-1]}"


def _abbreviated(name: Name, *, family_first: bool) -> str:
    """``Xu, K.`` or ``K. Xu``; a given name in a script without capitals stays whole."""
    words = map(_initials, unicodedata.normalize("NFC", name.given).split())
    given = " ".join(filter(None, words))
    if not given:
        return name.family
    return f"{name.family}, {given}" if family_first else f"{given} {name.family}"


def _initials(word: str) -> str:
    """``Jean-Pierre`` is ``J.-P.``"""
    parts = [part for part in word.split("-") if part]
    return "-".join(f"{part[0]}." if part[0].upper() != part[0].lower() else part for part in parts)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _place(work: Work) -> str:
    return f"https://doi.org/{work.any_doi}" if work.any_doi else work.address
