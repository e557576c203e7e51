"""Reading and analysing files ahead of their import, in this process or in others."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from digest.text.seed_prepare import PreparedSeed, prepare_seed

# Files on their way for each process. Enough to keep it busy while a batch is stored, few enough for the memory.
AHEAD = 64
Known = TypeVar("Known")


def prepare_ahead(
    files: Iterable[tuple[Known, bytes | None]], *, engine: str | None, jobs: int
) -> Iterator[tuple[Known, PreparedSeed | None]]:
    """(what the caller knows of it, the file as read) in the order of ``files``; None for what has no content."""
    work = partial(prepare_seed, engine=engine)
    if jobs == 1:
        for known, content in files:
            yield known, work(content) if content is not None else None
        return
    # Not forked: a child must not share this process's connection to the database. What it runs needs no Django.
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupts) as executor:
        yield from _in_order(files, lambda content: executor.submit(work, content), jobs * AHEAD)


def _in_order(
    files: Iterable[tuple[Known, bytes | None]],
    submit: Callable[[bytes], "Future[PreparedSeed]"],
    most: int,
) -> Iterator[tuple[Known, PreparedSeed | None]]:
    waiting: deque[tuple[Known, Future[PreparedSeed] | None]] = deque()
    for known, content in files:
        waiting.append((known, submit(content) if content is not None else None))
        while waiting and (len(waiting) > most or waiting[0][1] is None or waiting[0][1].done()):
            first, future = waiting.popleft()
            yield first, future.result() if future else None
    for known, future in waiting:
        yield known, future.result() if future else None


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that writes decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
