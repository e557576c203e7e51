"""From the lines of one entry to its fields: abstract, Korean note, English note, tags; and the limits.

Without labels the order decides: the abstract up to the first Hangul, the Korean note up to the last, the
English note after it. Lines that may have strayed in from another entry are reported, never moved silently.
"""

from collections.abc import Mapping, Sequence

from digest.text.clean import is_list_item, normalise_line, normalise_note
from digest.text.languages import has_hangul
from digest.text.seed_borders import Draft, Part
from digest.text.seed_lines import Look, ends_sentence, is_punctuation_line, is_url_line, title_look
from digest.text.seed_rows import (
    MAX_ABSTRACT,
    MAX_AUTHOR,
    MAX_AUTHORS,
    MAX_NOTE,
    MAX_TAG,
    MAX_TAGS,
    MAX_TITLE,
    ProblemList,
    Role,
    SeedEntry,
    excerpt,
)

_CLOSING = (".", ",", ";", ":", ")", "]", "!", "?")
_ADD_TAGS = "add a #tags line before it if a new entry starts there"


def read_fields(draft: Draft, source: str, problems: ProblemList) -> SeedEntry:
    """The entry of a draft; ``problems`` receives what had to be assumed and every field over its limit.

    ``draft.roles`` is completed by the lines of the body.
    """
    fields = _assign(draft, problems)
    _report_title(draft, problems)
    _report_first_line(draft, fields, problems)
    _report_possible_borders(draft, fields, problems)
    texts: dict[str, list[str]] = {"abstract": [], "ko": [], "en": []}
    lines = {"title": draft.title_line.number}
    if draft.authors:
        lines["authors"] = draft.authors_line
    for part, name in zip(draft.body, fields, strict=True):
        texts[name].append(part.text)
        lines.setdefault(name, part.line.number)
        draft.roles[part.line.number] = Role(name)
    if draft.tags:
        lines["tags"] = draft.tags_line
    entry = SeedEntry(
        title=draft.title,
        authors=tuple(draft.authors),
        abstract=join_abstract(texts["abstract"]),
        ko=normalise_note("\n".join(texts["ko"])),
        en=normalise_note("\n".join(texts["en"])),
        tags=_distinct(draft.tags),
        line=draft.title_line.number,
        lines=lines,
        source=source,
    )
    _report_limits(entry, lines, problems)
    return entry


def join_abstract(lines: Sequence[str]) -> str:
    """One line of an abstract that a link has split: ``at`` / ``https://x.y`` / ``.`` is ``at https://x.y.``"""
    joined: list[str] = []
    for line in map(normalise_line, lines):
        tight = line.split(maxsplit=1)[0].startswith(_CLOSING) and not is_url_line(line)
        opened = bool(joined) and joined[-1].endswith(("(", "["))
        if joined and not tight and not opened:
            joined.append(" ")
        joined.append(line)
    return normalise_line("".join(joined))


def _assign(draft: Draft, problems: ProblemList) -> list[str]:
    """The field of each body line."""
    body = draft.body
    if body and not draft.has_korean and not any(part.label == "en" for part in body):
        return _assign_without_korean(draft, problems)
    fields: list[str] = []
    state = "abstract"
    korean_end = 0
    for index, part in enumerate(body):
        if part.label:
            state = part.label
        elif part.in_korean:
            if state == "en":
                _take_into_korean(body, fields, korean_end, index, problems)
            state = "ko"
        elif state == "ko" and not is_url_line(part.text) and not is_punctuation_line(part.text):
            state = "en"
        fields.append(state)
        if state == "ko":
            korean_end = index + 1
    return fields


def _take_into_korean(
    body: Sequence[Part], fields: list[str], start: int, end: int, problems: ProblemList
) -> None:
    """Latin lines between two Hangul lines belong to the Korean note; only items of its list are certain."""
    run = body[start:end]
    in_list = start > 0 and (is_list_item(body[start - 1].text) or body[start - 1].text.endswith(":"))
    certain = in_list and all(is_list_item(part.text) and not part.label for part in run)
    for index in range(start, end):
        if not body[index].label:
            fields[index] = "ko"
    if not certain:
        doubtful = run[0].line.number
        problems.warn(
            doubtful, f"English between Korean lines, taken as part of the Korean note; {_ADD_TAGS}"
        )


def _assign_without_korean(draft: Draft, problems: ProblemList) -> list[str]:
    """With authors the first paragraph is the abstract and the rest the English note; without, all is the note."""
    body = draft.body
    abstract_end = 0
    if any(part.label for part in body):
        abstract_end = max(index for index, part in enumerate(body) if part.label) + 1
    elif draft.authors:
        abstract_end = 1
        while abstract_end < len(body) and _continues(body[abstract_end - 1].text, body[abstract_end].text):
            abstract_end += 1
    if not all(part.label for part in body):
        rest = "abstract, the rest as the English note" if abstract_end else "English note"
        way_out = "put [abstract] or [en] before each line to be sure"
        problems.warn(body[0].line.number, f"no Korean in the entry: taken as the {rest}; {way_out}")
    return ["abstract"] * abstract_end + ["en"] * (len(body) - abstract_end)


def _continues(above: str, line: str) -> bool:
    """True if ``line`` goes on with a paragraph that a link has split."""
    stray = is_url_line(line) or is_punctuation_line(line)
    return stray or (
        is_url_line(above) and (line.lstrip().startswith(_CLOSING) or line.lstrip()[:1].islower())
    )


def _report_title(draft: Draft, problems: ProblemList) -> None:
    number = draft.title_line.number
    bare = not draft.body and not draft.tags and not draft.ended
    if bare and draft.title_line.label:
        return
    if bare:
        what = "a title and authors only" if draft.authors else "a title only"
        problems.warn(
            number, f"taken as an entry of {what}: {excerpt(draft.title)}; end it with a # line if it is one"
        )
    elif not draft.title_line.label and title_look(draft.title) is Look.UNLIKELY:
        problems.warn(number, f"taken as a title: {excerpt(draft.title)}; put [title] before it if it is one")


def _report_first_line(draft: Draft, fields: Sequence[str], problems: ProblemList) -> None:
    """Below the title, a parenthesis may have been meant as authors, and a lone link is a strange abstract."""
    if not draft.body or draft.body[0].label or fields[0] != "abstract":
        return
    first = draft.body[0].text.strip()
    abstract = [part.text for part, name in zip(draft.body, fields, strict=True) if name == "abstract"]
    if all(is_url_line(text) or is_punctuation_line(text) for text in abstract):
        reason = "a link alone, taken as the abstract; put [ko] or [en] before it if it belongs to the note"
        problems.warn(draft.body[0].line.number, reason)
    elif first.startswith("(") and not draft.authors:
        reason = "in parentheses, but taken as the abstract and not as authors; put [author] before each name if wrong"
        problems.warn(draft.body[0].line.number, reason)


def _report_possible_borders(draft: Draft, fields: Sequence[str], problems: ProblemList) -> None:
    """Name the lines that look like the title of an entry whose border is missing."""
    names = {"abstract": "the abstract", "ko": "the Korean note", "en": "the English note"}
    for index, (part, name) in enumerate(zip(draft.body, fields, strict=True)):
        # Latin lines within a Korean note are reported where they are assigned.
        reported = name == "ko" and not has_hangul(part.text)
        if part.label or reported or title_look(part.text) is not Look.LIKELY:
            continue
        if _may_be_title(draft, fields, index):
            reason = f"looks like a title but taken as part of {names[name]}; {_ADD_TAGS}"
            problems.warn(part.line.number, reason)


def _may_be_title(draft: Draft, fields: Sequence[str], index: int) -> bool:
    """Judge a title-like line by its neighbours: a paragraph ended above it, and text of the right kind below."""
    body = draft.body
    last = index + 1 == len(body)
    if index == 0:
        return fields[0] == "abstract" and not draft.authors and not last
    apart = body[index].line.after_blank or ends_sentence(body[index - 1].text)
    if not apart or (not last and is_list_item(body[index + 1].text)):
        return False
    if fields[index] == "abstract":
        return not last and fields[index + 1] != "abstract"
    if not last or fields[index] == "ko":
        return not last
    # A short last line is no rarity in an English note, unless there is no tags line below it either.
    first_english = fields[index - 1] != "en"
    open_end = not draft.tags and not draft.ended
    return open_end or not first_english


def _report_limits(entry: SeedEntry, lines: Mapping[str, int], problems: ProblemList) -> None:
    lengths = {
        "title": (len(entry.title), MAX_TITLE),
        "authors": (max(map(len, entry.authors), default=0), MAX_AUTHOR),
        "abstract": (len(entry.abstract), MAX_ABSTRACT),
        "ko": (len(entry.ko), MAX_NOTE),
        "en": (len(entry.en), MAX_NOTE),
        "tags": (max(map(len, entry.tags), default=0), MAX_TAG),
    }
    one_of = {"authors": "a name", "tags": "a tag", "ko": "the Korean note", "en": "the English note"}
    for name, (length, limit) in lengths.items():
        if length > limit:
            what = one_of.get(name, f"the {name}")
            problems.error(
                lines[name], f"{what} has {length:,} characters; at most {limit:,} are allowed, shorten it"
            )
    for name, count, limit in (
        ("authors", len(entry.authors), MAX_AUTHORS),
        ("tags", len(entry.tags), MAX_TAGS),
    ):
        if count > limit:
            problems.error(lines[name], f"{count:,} {name}; at most {limit:,} are allowed, shorten the list")


def _distinct(tags: Sequence[str]) -> tuple[str, ...]:
    """Without repeated tags, upper and lower case being one; the first spelling stays."""
    spellings: dict[str, str] = {}
    for tag in tags:
        spellings.setdefault(tag.casefold(), tag)
    return tuple(spellings.values())
