"""Where one entry ends and the next begins.

A tags line or a bare ``#`` ends an entry. An entry also starts at the line before an authors line, even when
the entry above has no tags: without that rule two papers would silently become one. Everything less certain
is decided one way and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.text.clean import is_list_item, normalise_line
from digest.text.languages import has_hangul
from digest.text.seed_lines import Kind, Line, Look, ends_sentence, is_url_line, title_look
from digest.text.seed_names import Byline, Certainty
from digest.text.seed_rows import ProblemList, Role, excerpt
from digest.text.tags import clean_tag

_NO_TITLE = "an authors line with no title before it; write the title on the line above"
_NOT_CLOSED = 'the authors line is not closed; end it with ")" on the same line'
_LABEL_NOTE = "put [ko] or [en] before the line if it is part of the note"


@dataclass(slots=True)
class Part:
    """A line of an entry's body. ``label`` is the field the file names for it, or empty.

    ``above`` is the number of the line before it in the entry.
    """

    line: Line
    text: str
    above: int
    label: str = ""

    @property
    def in_korean(self) -> bool:
        return not self.label and has_hangul(self.text)


@dataclass(slots=True)
class Draft:
    """An entry while its lines are gathered. ``ended`` is True after a bare ``#``.

    ``roles`` says of each line outside the body what it was taken for.
    """

    title: str
    title_line: Line
    last_line: int
    authors: list[str] = field(default_factory=list)
    authors_line: int = 0
    body: list[Part] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    tags_line: int = 0
    ended: bool = False
    has_korean: bool = False
    roles: dict[int, Role] = field(default_factory=dict)


class EntryReader:
    """Goes through the lines once and cuts them into drafts; ``problems`` receives what was not certain."""

    def __init__(self, problems: ProblemList) -> None:
        self.drafts: list[Draft] = []
        self._problems = problems
        self._current: Draft | None = None

    def read(self, lines: Sequence[Line]) -> list[Draft]:
        """The drafts of ``lines``, which are those below the date line."""
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            if line.kind is Kind.TEXT:
                self._text(line)
            elif line.kind is Kind.BYLINE and line.byline:
                self._byline(line, line.byline)
            elif line.kind is Kind.TAGS:
                self._tags(line, following)
            elif line.kind is Kind.LABEL:
                self._label(line)
            elif line.kind is Kind.END:
                self._end(line)
            else:
                self._problems.error(
                    line.number, "a second date; write one digest per file, or [ko] before the line"
                )
        return self.drafts

    def _start(self, line: Line, title: str) -> None:
        self._current = Draft(title, line, line.number, roles={line.number: Role.TITLE})
        self.drafts.append(self._current)

    def _open_draft(self) -> Draft | None:
        """The entry that can still take text: a tags line has ended the others."""
        return self._current if self._current and not self._current.tags_line else None

    def _text(self, line: Line) -> None:
        draft = self._open_draft()
        if draft is None:
            self._start(line, normalise_line(line.text))
            return
        in_korean = has_hangul(line.text)
        if in_korean:
            draft = self._split_before_korean(draft)
        draft.has_korean = draft.has_korean or in_korean
        draft.body.append(Part(line, line.text, draft.last_line))
        draft.last_line = line.number

    def _split_before_korean(self, draft: Draft) -> Draft:
        """Korean, English prose, then a title-like line and Korean again: the title opens a new entry."""
        start = len(draft.body)
        while start and not draft.body[start - 1].label and not draft.body[start - 1].in_korean:
            start -= 1
        latin = draft.body[start:]
        if not draft.has_korean or len(latin) < 2 or title_look(latin[-1].text) is not Look.LIKELY:
            return draft
        if not any(_is_prose(part.text) for part in latin[:-1]):
            return draft
        number = latin[-1].line.number
        self._problems.warn(
            number, "taken as the title of a new entry; put [ko] or [en] before it if it is not"
        )
        self._start_from_last(draft)
        return self.drafts[-1]

    def _start_from_last(self, draft: Draft) -> None:
        """The last body line of ``draft`` turns out to be the title of the next entry."""
        title = draft.body.pop()
        draft.last_line = title.above
        self._start(title.line, normalise_line(title.text))

    def _byline(self, line: Line, byline: Byline) -> None:
        draft = self._open_draft()
        if draft is None:
            if byline.certainty >= Certainty.LIKELY:
                self._problems.error(line.number, _NO_TITLE if byline.closed else _NOT_CLOSED)
            else:
                self._text(line)
        elif draft.body:
            self._byline_in_body(draft, line, byline)
        elif draft.authors:
            self._second_byline(line, byline)
        else:
            self._take_authors(draft, line, byline)

    def _take_authors(self, draft: Draft, line: Line, byline: Byline) -> None:
        """The normal case: directly after the title."""
        if not byline.closed:
            self._problems.error(line.number, _NOT_CLOSED)
        elif not byline.names:
            self._problems.error(line.number, "the authors line names nobody; fill it in or delete it")
        elif byline.certainty is Certainty.DOUBTFUL:
            reason = f"taken as the authors: {excerpt(line.text.strip())}; {_LABEL_NOTE}"
            self._problems.warn(line.number, reason)
        if byline.has_gap:
            self._problems.warn(
                line.number, "an empty name between commas was left out; delete the extra comma"
            )
        draft.authors.extend(byline.names)
        draft.authors_line = draft.last_line = line.number
        draft.roles[line.number] = Role.AUTHORS

    def _second_byline(self, line: Line, byline: Byline) -> None:
        if byline.certainty >= Certainty.LIKELY:
            self._problems.error(line.number, f"two authors lines in a row; join them, or {_LABEL_NOTE}")
        else:
            self._text(line)

    def _byline_in_body(self, draft: Draft, line: Line, byline: Byline) -> None:
        """Authors of a new entry whose title is the line before, or a parenthesis within a note."""
        before = draft.body[-1]
        look = Look.UNLIKELY if before.label else title_look(before.text)
        likely = byline.certainty is Certainty.LIKELY and byline.closed
        sure = byline.certainty is Certainty.CERTAIN
        many = sure and len(byline.names) >= 3
        if sure and not byline.closed:
            self._problems.error(line.number, f"{_NOT_CLOSED}, or {_LABEL_NOTE}")
        elif many and look is Look.UNLIKELY:
            self._problems.error(line.number, f"{_NO_TITLE}, or {_LABEL_NOTE}")
        elif many or ((sure or likely) and look is Look.LIKELY):
            self._open_at(draft, line, byline, certain=sure and look is Look.LIKELY)
        else:
            if sure or likely or look is Look.LIKELY:
                reason = (
                    f"taken as text, not as authors; {_LABEL_NOTE}, else add a #tags line before the title"
                )
                self._problems.warn(line.number, reason)
            self._text(line)

    def _open_at(self, draft: Draft, line: Line, byline: Byline, *, certain: bool) -> None:
        """The line before ``line`` is a title; the entry above had no tags."""
        number = draft.body[-1].line.number
        if not certain:
            reason = (
                "taken as the title of a new entry, since names follow; put [ko] or [en] before both if not"
            )
            self._problems.warn(number, reason)
        self._start_from_last(draft)
        self._take_authors(self.drafts[-1], line, byline)

    def _tags(self, line: Line, following: Line | None) -> None:
        byline = following.byline if following else None
        authors_follow = byline is not None and byline.certainty >= Certainty.LIKELY
        if self._open_draft() is None and authors_follow and len(line.text.split()) == 1:
            # "#InsTag" where a title is due, directly above an authors line.
            self._start(line, normalise_line(line.text))
        elif self._current is None:
            reason = 'a tags line with no entry before it; put "[title] " before it if it is a title'
            self._problems.error(line.number, reason)
        else:
            if self._current.tags_line:
                reason = (
                    "taken as more tags of the entry above; put [title] before it if a new entry starts here"
                )
                self._problems.warn(line.number, reason)
            self._current.tags.extend(line.tags)
            self._current.tags_line = self._current.tags_line or line.number
            self._current.last_line = line.number
            self._current.roles[line.number] = Role.TAGS

    def _label(self, line: Line) -> None:
        value = normalise_line(line.value)
        if line.label == "tag":
            value = clean_tag(value)
        if not value:
            self._problems.error(line.number, f"[{line.label}] without text; write the text on the same line")
            return
        if line.label == "title":
            self._start(line, value)
            return
        draft = self._current if line.label == "tag" else self._open_draft()
        if draft is None:
            reason = f"[{line.label}] with no title before it; start the entry with its title"
            self._problems.error(line.number, reason)
            return
        self._fill_label(draft, line, value)

    def _fill_label(self, draft: Draft, line: Line, value: str) -> None:
        if line.label == "author":
            draft.authors.append(value)
            draft.authors_line = draft.authors_line or line.number
            draft.roles[line.number] = Role.AUTHORS
        elif line.label == "tag":
            draft.tags.append(value)
            draft.tags_line = draft.tags_line or line.number
            draft.roles[line.number] = Role.TAGS
        else:
            draft.body.append(Part(line, line.value, draft.last_line, line.label))
            draft.has_korean = draft.has_korean or line.label == "ko"
        draft.last_line = line.number

    def _end(self, line: Line) -> None:
        if self._current is None:
            self._problems.error(line.number, 'a "#" with no entry before it; delete the line')
            return
        self._current.last_line = line.number
        self._current.ended = True
        self._current.roles[line.number] = Role.END
        self._current = None


def _is_prose(text: str) -> bool:
    return not is_url_line(text) and not is_list_item(text) and ends_sentence(text)
