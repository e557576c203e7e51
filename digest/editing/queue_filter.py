"""What part of a queue someone looks at, and in which order: from an address and back into one."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlencode

from digest.text.languages import LANGUAGES
from digest.text.tags import tag_slug

ORDERS = ("oldest", "newest")
NOBODY = "none"
_LONGEST = 200  # no slug is longer


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrows every queue in the same way; None is no narrowing.

    ``tag`` is a slug. ``assignee`` is a user's id, or ``"none"`` for what nobody took. ``order`` goes by the date
    of the digest; within one digest item 1 always comes first.
    """

    language: str | None = None
    digest: datetime.date | None = None
    tag: str | None = None
    assignee: int | str | None = None
    order: str = "oldest"

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Self:
        """From an address, ``?lang=en&digest=2024-10-30&tag=moe&assignee=7&order=newest``.

        What cannot be read is left out: an old bookmark still opens its queue.
        """
        language, order = query.get("lang"), query.get("order")
        return cls(
            language=language if language in LANGUAGES else None,
            digest=_date(query.get("digest", "")),
            tag=tag_slug(str(query.get("tag", ""))[:_LONGEST]) or None,
            assignee=_assignee(query.get("assignee", "")),
            order=order if order in ORDERS else "oldest",
        )

    def query(self, **more: str) -> str:
        """As an address has it, without the question mark; ``more`` comes first: ``query(queue="translate")``."""
        given = {
            "lang" if name == "language" else name: value for name, value in asdict(self).items() if value
        }
        if self.order == "oldest":
            del given["order"]
        return urlencode({**more, **given})


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _assignee(text: str) -> int | str | None:
    if text == NOBODY:
        return NOBODY
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
