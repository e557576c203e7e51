"""A progress bar for long commands: on a terminal only, so that logs and pipes stay plain."""

import sys
import time
from typing import TextIO


class Progress:
    """Counts finished items: ``[#####.....] 120/240  31/s  4 s left``, redrawn at most ten times a second."""

    WIDTH = 30

    def __init__(self, total: int, stream: TextIO = sys.stderr) -> None:
        self.total = total
        self.done = 0
        self.stream = stream
        self.started = time.monotonic()
        self.drawn = 0.0
        self.shown = stream.isatty() and total > 1

    def step(self) -> None:
        """One more item is finished."""
        self.reach(self.done + 1)

    def reach(self, done: int) -> None:
        """So many items are finished. Nothing is drawn before the first."""
        self.done = done
        now = time.monotonic()
        if self.shown and done and (now - self.drawn > 0.1 or self.done == self.total):
            self.drawn = now
            self.stream.write("\r" + self.line(now - self.started))
            self.stream.flush()

    def line(self, seconds: float) -> str:
        """The bar's text after ``seconds`` of work."""
        filled = self.WIDTH * self.done // self.total
        rate = self.done / seconds if seconds > 0 else 0.0
        left = f"{(self.total - self.done) / rate:.0f} s left" if rate else ""
        return f"[{'#' * filled}{'.' * (self.WIDTH - filled)}] {self.done}/{self.total}  {rate:.0f}/s  {left}"

    def close(self) -> None:
        """Leave a clean line behind."""
        if self.shown:
            self.stream.write("\r" + " " * (self.WIDTH + 40) + "\r")
            self.stream.flush()
