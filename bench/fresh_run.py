"""The writer, the servers, the readers and the judge of ``bench.fresh``."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.models import User
from digest.editing import stamping
from digest.editing.importing import Importer
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.tagging import rename_tag
from digest.models import Digest, Tag

ROOT = Path(__file__).resolve().parent.parent
SERVERS = 2
NAMED, TOGGLED = "2024-10-30", "2024-05-29"
# What each page says of the two states: the number in the tag's name, and whether the digest is there.
NAME = re.compile(rb"state-([0-9]+)")
PAGES = [f"/digests/{NAMED}/", "/tags/", f"/digests/{TOGGLED}/", "/digests/2024/", "/ko/digests/2024/"]


@dataclass
class Change:
    """One event. Between ``begun`` and ``done`` a reader may see either state."""

    kind: str
    value: int
    begun: float
    done: float


@dataclass
class Seen:
    """What one answer said, and between which moments it was asked for and came."""

    path: str
    kind: str
    value: int
    asked: float
    came: float


@dataclass
class Log:
    changes: list[Change] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


def run(url: str, events: int, readers: int, *, control: bool) -> dict[str, Any]:
    """Change and read at once, then judge: {"events", "answers", "old", "failed", "examples"}."""
    importer = Importer()
    list(importer.run((path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))))
    importer.finish()
    if control:
        stamping.move_public_version = lambda: None
    log = Log()
    with servers(url) as ports:
        threads = [threading.Thread(target=read, args=(log, ports, random.Random(n))) for n in range(readers)]
        for thread in threads:
            thread.start()
        write(log, events)
        log.over.set()
        for thread in threads:
            thread.join()
    old = [seen for seen in log.seen if seen.value not in possible(log.changes, seen)]
    examples = [f"{seen.path}: {seen.kind} {seen.value}" for seen in old[:5]] + log.failed[:5]
    counts = {"events": len(log.changes) - 2, "answers": len(log.seen), "old": len(old)}
    return counts | {"failed": len(log.failed), "examples": examples}


@contextmanager
def servers(url: str) -> Iterator[list[int]]:
    """Two gunicorns of two workers each, as two hosts that share nothing but the database; their ports."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    environment |= {"NARANHI_PAGE_CACHE_MB": "16"}
    ports = [free_port() for _ in range(SERVERS)]
    command = [sys.executable, "-m", "gunicorn", "digest.wsgi", "--workers", "2", "--threads", "4"]
    command += ["--log-level", "error"]
    running = [
        subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
        for port in ports
    ]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if get(port, "/about/")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer on port {port}")


def get(port: int, path: str) -> tuple[int, bytes]:
    # A new connection each time, so that any worker may answer.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def write(log: Log, events: int) -> None:
    """Rename, publish and unpublish by the desk's own verbs, one after the other."""
    boss = User.objects.create_superuser("boss")
    tag = Digest.objects.get(date=NAMED).entries.order_by("position").first().tags.first()
    rng, there = random.Random(1), 1
    log.changes = [Change("name", 0, 0, 0), Change("there", 1, 0, 0)]
    for number in range(events + 1):
        begun = time.monotonic()
        if number == 0 or rng.random() < 0.5:
            rename_tag(tag=Tag.objects.get(pk=tag.pk), name=f"state-{number}", by=boss)
            log.changes.append(Change("name", number, begun, time.monotonic()))
        else:
            digest, there = Digest.objects.get(date=TOGGLED), 1 - there
            if there:
                publish_digest(digest=digest, by=boss, acknowledge=True)
            else:
                unpublish_digest(digest=digest, by=boss)
            log.changes.append(Change("there", there, begun, time.monotonic()))
        time.sleep(rng.uniform(0, 0.02))


def read(log: Log, ports: list[int], rng: random.Random) -> None:
    """Ask any server for any page until the writer is done."""
    while not log.over.is_set():
        path, asked = rng.choice(PAGES), time.monotonic()
        status, body = get(rng.choice(ports), path)
        came = time.monotonic()
        if status not in (200, 404):
            log.failed.append(f"{path}: {status}")
        elif path == f"/digests/{TOGGLED}/":
            log.seen.append(Seen(path, "there", int(status == 200), asked, came))
        elif path.endswith("/2024/"):
            log.seen.append(Seen(path, "there", int(TOGGLED.encode() in body), asked, came))
        elif found := NAME.search(body):
            log.seen.append(Seen(path, "name", int(found[1]), asked, came))


def possible(changes: list[Change], seen: Seen) -> set[int]:
    """What an answer may say: the state when it was asked for, and those that came about until it arrived."""
    states: set[int] = set()
    for change in changes:
        if change.kind != seen.kind or change.begun > seen.came:
            continue
        if change.done <= seen.asked:
            states = {change.value}
        else:
            states.add(change.value)
    return states
