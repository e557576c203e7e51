"""What stands beside the queue: coverage, the next digest, what is missing, the last import, what one left unsaved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from digest.editing.notifying import notifications
from digest.editing.overview import Coverage, drafts_left, next_digest
from digest.editing.queues import missing_counts
from digest.models import ImportFlag, ImportRun

NOTICES = 3
PAIR, BAR = 17, 7  # the step from one entry to the next, and from Korean to English


@dataclass(frozen=True, slots=True)
class Glyph:
    """A digest's coverage as paths, one for each ink: a pair of bars for each entry, Korean left, English right."""

    coverage: Coverage
    width: int
    there: str
    missing: str
    stale: str
    korean: int
    english: int
    behind: int

    @property
    def total(self) -> int:
        return len(self.coverage.entries)


def draw(cover: Coverage) -> Glyph:
    """Filled where there is a note, hollow where none, in vermilion where its source has changed since."""
    paths: dict[str, list[str]] = {"there": [], "missing": [], "stale": []}
    for entry, sides in enumerate(cover.entries):
        for side, state in enumerate(sides):
            x = entry * PAIR + side * BAR
            paths[state].append(f"M{x}.5 .5h5v11h-5z" if state == "missing" else f"M{x} 0h6v12h-6z")
    written = [tuple(state != "missing" for state in sides) for sides in cover.entries]
    return Glyph(
        coverage=cover,
        width=max(len(cover.entries) * PAIR - 4, 1),
        **{state: "".join(path) for state, path in paths.items()},
        korean=sum(korean for korean, _english in written),
        english=sum(english for _korean, english in written),
        behind=len(paths["stale"]),
    )


def side_context(user: User, recent: Sequence[Coverage], mends: bool) -> dict[str, Any]:
    """Every section only for those who may open what it leads to; ``mends``: those who may fill in details."""
    imports = user.has_perm("digest.view_importrun")
    return {
        "glyphs": [draw(cover) for cover in recent],
        "next_digest": next_digest(),
        "may_add_digest": user.has_perm("digest.add_digest"),
        "lacking": missing_counts() if mends else None,
        "may_see_imports": imports,
        "last_run": ImportRun.objects.order_by("-pk").first() if imports else None,
        "open_flags": ImportFlag.objects.filter(resolved_at__isnull=True).count() if imports else 0,
        "drafts": drafts_left(user),
        "notices": notifications(user, unread=True, limit=NOTICES)
        if user.has_perm("digest.view_note")
        else [],
    }
