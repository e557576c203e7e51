"""Identifiers of papers: arXiv ids, DOIs, comparison keys and address slugs."""

import re
import unicodedata
from urllib.parse import quote_plus, unquote

# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from April 2007, YYMM.NNNNN from January 2015,
# archive[.XX]/YYMMNNN before. A version (v2) is never part of the identity.
_NEW_ID = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}(?![0-9])|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}(?![0-9])"
_OLD_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    "dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|"
    "plasm-ph|q-alg|q-bio|quant-ph|solv-int|stat|supr-con"
)
_OLD_ID = rf"(?:{_OLD_ARCHIVES})(?:\.[a-z]{{2}})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{{3}}(?![0-9])"
_ID = rf"(?P<id>{_NEW_ID}|{_OLD_ID})(?:v[0-9]{{1,3}}(?![0-9]))?"
_PREFIX = r"arxiv:[ \t]?"
_PAGE = r"(?:(?:www|export|browse)\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/"
_IGNORE_CASE = re.IGNORECASE | re.ASCII
_PREFIXED = re.compile(rf"(?:{_PREFIX})?{_ID}", _IGNORE_CASE)
_ADDRESS = re.compile(rf"(?:https?://)?{_PAGE}{_ID}(?:\.pdf)?/?(?:\?[^\s#]*)?(?:#\S*)?", _IGNORE_CASE)
# Nothing but the id itself is consumed, so that a Korean particle right after it stays text.
_IN_TEXT = re.compile(
    rf"(?:(?<![a-z0-9])(?:{_PREFIX}|https?://{_PAGE})|(?<![a-z0-9./@-]){_PAGE}){_ID}", _IGNORE_CASE
)
_NEW_ID_FIRST = "0704"
_LONGEST_REFERENCE = 500

_DOI = re.compile(
    r"(?:doi:[ \t]?|(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(10\.[0-9]{4,9}/[!-~]+)", _IGNORE_CASE
)
_LONGEST_DOI = 255

# Beside category Cf (zero-width space, joiners, bidi controls, soft hyphen), code points that show nothing
# but are letters or marks: combining grapheme joiner, Hangul fillers, variation selectors.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f]")

# Latin letters that Unicode does not decompose into a letter and an accent.
_SLUG_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_APOSTROPHES = re.compile("['’ʼ`]")
_NOT_SLUG = re.compile("[^a-z0-9가-힣]+")
_EMPTY_SLUG = "paper"


def _matched_id(match: re.Match[str]) -> str | None:
    arxiv_id = match["id"]
    if "/" not in arxiv_id:
        return arxiv_id if arxiv_id[:4] >= _NEW_ID_FIRST else None
    archive, number = arxiv_id.split("/")
    archive, dot, subject = archive.lower().partition(".")
    return f"{archive}{dot}{subject.upper()}/{number}"


def normalise_arxiv_id(text: str) -> str | None:
    """The id without prefix and version if ``text`` as a whole is an arXiv id or URL, else None.

    ``"arXiv:2408.16357v2"`` and ``"https://arxiv.org/pdf/2408.16357.pdf"`` give ``"2408.16357"``;
    ``"CS.cl/0701001"`` gives ``"cs.CL/0701001"``. Month and number of digits are checked.
    """
    text = text.strip()
    if len(text) > _LONGEST_REFERENCE:
        return None
    match = _PREFIXED.fullmatch(text) or _ADDRESS.fullmatch(text)
    return _matched_id(match) if match else None


def find_arxiv_ids(text: str) -> list[str]:
    """The arXiv ids in running text, in order and unique, from URLs and ``arXiv:`` prefixes only.

    A bare ``2408.16357`` is a number; ``…/abs/2403.06807에서`` gives ``2403.06807``.
    """
    found = (_matched_id(match) for match in _IN_TEXT.finditer(text))
    return list(dict.fromkeys(arxiv_id for arxiv_id in found if arxiv_id))


def arxiv_url(arxiv_id: str) -> str:
    """The abstract page of a normalised arXiv id."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def arxiv_search_url(title: str) -> str:
    """arXiv's title search for a title that is already plain text (see ``papers.tex.tex_to_text``)."""
    return f"https://arxiv.org/search/?searchtype=title&query={quote_plus(title, errors='replace')}"


def normalise_doi(text: str) -> str | None:
    """The DOI in lower case (DOIs ignore case) if ``text`` as a whole is one, with or without doi.org, else None."""
    text = text.strip()
    if len(text) > _LONGEST_REFERENCE:
        return None
    match = _DOI.fullmatch(text)
    if match is None:
        return None
    doi = match[1].rstrip(".,;")
    if "doi.org/" in text[: match.start(1)].lower():
        doi = unquote(re.split("[?#]", doi)[0])
    is_one = _DOI.fullmatch(doi) is not None and len(doi) <= _LONGEST_DOI
    return doi.lower() if is_one else None


def _comparison_key(text: str) -> str:
    if text.isascii():  # nothing to fold but case and white space
        return " ".join(text.lower().split())
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", visible)).casefold()
    # Case folding may leave a sequence that NFKC writes differently; the second pass makes the key stable.
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", folded)).split())


def title_key(text: str) -> str:
    """The form in which titles are compared: NFKC, no zero-width characters, white space and case folded."""
    return _comparison_key(text)


def name_key(text: str) -> str:
    """The form in which names of people are compared; the rule of ``title_key``."""
    return _comparison_key(text)


def slugify_title(text: str, max_length: int = 60) -> str:
    """The address slug of a plain-text title: ``"Beyond Müller's GPT-4"`` gives ``"beyond-mullers-gpt-4"``.

    Accents are folded, Hangul syllables are kept, anything else is a hyphen; cut at a word where possible; never empty.
    """
    lowered = unicodedata.normalize("NFKD", text.casefold().translate(_SLUG_LETTERS))
    bare = "".join(c for c in lowered if unicodedata.category(c) != "Mn")
    # NFKD took Hangul apart too: NFC puts the syllables back together.
    words = _NOT_SLUG.sub("-", _APOSTROPHES.sub("", unicodedata.normalize("NFC", bare))).strip("-")
    if len(words) > max_length:
        cut = words[: max_length + 1]
        words = (cut.rpartition("-")[0] or words[:max_length])[:max_length].strip("-")
    return words or _EMPTY_SLUG
