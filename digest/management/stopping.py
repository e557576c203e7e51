"""Ctrl-C and SIGTERM as a wish: what is being written is written, then the command says how to go on."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Stopping:
    """``with Stopping() as stop``: ``stop.signal`` is the number of the first signal that came, 0 for none.

    A second one is obeyed at once, as if nobody listened. Outside of the main thread nobody does.
    """

    SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self) -> None:
        self.signal = 0

    def __enter__(self) -> Self:
        self._listening = threading.current_thread() is threading.main_thread()
        if self._listening:
            self._before = {number: signal.signal(number, self._heard) for number in self.SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening:
            self._restore()

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        self._restore()

    def _restore(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
