"""What has to be measured in a process of its own: a rebuild's peak of memory, and what a web worker grows by.

``python -m bench.search_child rebuild NAME`` or ``serve`` with one address a line on standard input; answers JSON.
The parent names the database in DATABASE_URL.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from django.db import connection

from bench.search_clock import worked

STATM = Path("/proc/self/statm")


def run_child(*arguments: str, lines: Sequence[str] = ()) -> dict[str, Any]:
    """Run this module on the parent's database. Its progress is seen; raises CalledProcessError if it fails."""
    url = database_url(connection.vendor, connection.settings_dict)
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    command = [sys.executable, "-m", "bench.search_child", *arguments]
    done = subprocess.run(
        command,
        env=environment,
        input="\n".join(lines),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def database_url(vendor: str, settings: Mapping[str, Any]) -> str:
    """The database of a connection, which in tests is not that of the site's settings."""
    if vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, password, host = (quote(settings[key] or "", safe="") for key in ("USER", "PASSWORD", "HOST"))
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{login}{host}{port}/{settings['NAME']}"


def rebuild(name: str) -> dict[str, Any]:
    """An index by the code that rebuild_search runs."""
    reindexing = importlib.import_module("digest.editing.reindexing")
    progress = importlib.import_module("digest.management.progress").Progress(reindexing.count_entries(name))
    connection.ensure_connection()
    begun, begun_work = time.monotonic(), worked()
    for done in reindexing.rebuild(name, engine="rules"):
        progress.reach(done)
    seconds, work = time.monotonic() - begun, worked() - begun_work
    progress.close()
    reindexing.retire_others(name)
    return {"seconds": round(seconds, 2), "worked": round(work, 2), "peak_mb": round(peak() / 1e6, 1)}


def serve(addresses: Sequence[str]) -> dict[str, Any]:
    """Answer each address as a web worker does, and say what the process holds before the first and after the last.

    ``loaded_mb`` is after a page without a search, when templates and addresses are in.
    """
    server = importlib.import_module("tests.serve").Server()
    server.get("/about/")
    loaded = resident()
    statuses = [server.get(address).status for address in addresses]
    after = resident()
    return {
        "searches": statuses.count(200),
        "loaded_mb": round(loaded / 1e6, 1),
        "grown_mb": round((after - loaded) / 1e6, 1),
    }


def resident() -> int:
    """Bytes of memory this process holds; where the system does not say, the most it ever held."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * resource.getpagesize()
    return peak()


def peak() -> int:
    """The most bytes this process ever held. Linux counts in kilobytes, macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    django.setup()
    action, *arguments = sys.argv[1:]
    found = rebuild(*arguments) if action == "rebuild" else serve(sys.stdin.read().split("\n"))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
