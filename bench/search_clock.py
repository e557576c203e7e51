"""Measuring actions turn by turn, so that a slow minute of the machine slows all of them, and their percentiles.

Two clocks: what it took, and what the processor worked for it, which other jobs of the machine do not lengthen much.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from digest.management.progress import Progress

# An action that has used so many seconds is not asked in the next round.
BUDGET = 60.0


def worked() -> float:
    """Seconds of processor time: of this process and, if ``server_process`` is known, of the server's that works for it."""
    server = server_process()
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0.0)


def server_process() -> Path | None:
    """What Linux says of the PostgreSQL process behind this connection. None for a server elsewhere, and for SQLite."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return None
    found = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return found if connection.connection.info.host.startswith("/") and found.exists() else None


@dataclass(slots=True)
class Samples:
    """Milliseconds by the clock and of the processor, one of each a run."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, action: Callable[[], Any]) -> Any:
        """Run ``action`` once and keep what it took; answers what it answered."""
        cpu, wall = worked(), time.perf_counter()
        answer = action()
        self.wall.append((time.perf_counter() - wall) * 1_000)
        self.cpu.append((worked() - cpu) * 1_000)
        return answer

    def figures(self) -> dict[str, Any]:
        """How many runs, and the percentiles of both clocks."""
        return {"runs": len(self.wall), "wall": percentiles(self.wall), "cpu": percentiles(self.cpu)}


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 by the nearest rank: each is a value that was measured."""
    ordered = sorted(values)
    return {f"p{part}": round(ordered[-(-len(ordered) * part // 100) - 1], 3) for part in (50, 95, 99)}


def joined(samples: Iterable[Samples]) -> Samples:
    """All of them as one."""
    found = Samples()
    for some in samples:
        found.wall += some.wall
        found.cpu += some.cpu
    return found


def measure(
    actions: Mapping[str, Callable[[str], Any]], wanted: Mapping[str, Sequence[str]], times: int
) -> dict[str, dict[str, Samples]]:
    """{action: {text: samples}}: each action on its ``wanted`` texts, all of them in turn, ``times`` rounds.

    Actions that do much the same profit from each other's caches, so each round begins with another one. One that
    is slow is measured in fewer rounds, at least one.
    """
    found = {name: {text: Samples() for text in texts} for name, texts in wanted.items()}
    for name, action in actions.items():
        for text in wanted[name][:3]:  # what is made once and kept
            action(text)
    texts = list(dict.fromkeys(text for some in wanted.values() for text in some))
    progress = Progress(times * len(texts))
    for number in range(times):
        names = [name for name in actions if _spent(found[name]) < BUDGET]
        turn = number % len(names)
        for text in texts:
            for name in names[turn:] + names[:turn]:
                if text in found[name]:
                    found[name][text].time(lambda name=name, text=text: actions[name](text))
            progress.step()
    progress.close()
    return found


def _spent(samples: Mapping[str, Samples]) -> float:
    return sum(sum(some.wall) for some in samples.values()) / 1_000
