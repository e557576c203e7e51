"""The site as a server runs it, in this process: no test client, whose template records cost as much as a page."""

import gzip
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.urls import reverse

from tests.addresses import ADDRESSES, EDITIONS, QUERIES

HOST = "localhost"
PER_NAME = 2


@dataclass
class Answer:
    """What one request gave. ``queries`` counts SQL statements, ``ms`` is processor time, not the clock's."""

    status: int
    headers: dict
    body: bytes
    queries: int
    ms: float

    @property
    def text(self):
        return self.body.decode()

    @property
    def gzipped(self):
        return len(gzip.compress(self.body, 6))


class Server:
    """Answers GET requests through every middleware of the site."""

    def __init__(self):
        self.handler = WSGIHandler()

    def get(self, address):
        path, _, query = address.partition("?")
        # WSGI hands paths over as the bytes of their decoded form, spelt in Latin-1.
        environ = {"REQUEST_METHOD": "GET", "SERVER_NAME": HOST, "SERVER_PORT": "80", "wsgi.input": BytesIO()}
        environ |= {"PATH_INFO": plain(path), "QUERY_STRING": query, "wsgi.url_scheme": "http"}
        started, count = [], QueryCount()
        with connection.execute_wrapper(count), open_connection():
            before = time.process_time()
            response = self.handler(environ, lambda status, headers: started.extend((status, headers)))
            body = b"".join(response)
            response.close()
            ms = (time.process_time() - before) * 1_000
        return Answer(int(started[0][:3]), dict(started[1]), body, count.total, ms)

    def first_view(self, address, times=1):
        """The answer with nothing kept from before; ``ms`` is the median of so many ``times``."""
        answers = []
        for _ in range(times):
            for cache in caches.all(initialized_only=True):
                cache.clear()
            answers.append(self.get(address))
        answers[-1].ms = statistics.median(answer.ms for answer in answers)
        return answers[-1]


@contextmanager
def open_connection():
    """A request in a test must not close the connection of the transaction that the test stands in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class QueryCount:
    """Counts statements on a connection."""

    def __init__(self):
        self.total = 0

    def __call__(self, execute, sql, params, many, context):
        self.total += 1
        return execute(sql, params, many, context)


def plain(path):
    """A percent-encoded path as WSGI's PATH_INFO."""
    return unquote_to_bytes(path).decode("latin-1")


def addresses(entries, editions=EDITIONS, most=PER_NAME):
    """{name: addresses of that public page}, from entries; at most so many for each entry and edition."""
    found = {}
    for name, row in ADDRESSES.items():
        paths = {}
        for entry in entries:
            for arguments in [made for made in row[0]([entry]) if None not in made.values()][:most]:
                for edition in editions:
                    paths[reverse(f"{edition}:{name}", kwargs=arguments) + QUERIES.get(name, "")] = None
        found[name] = list(paths)
    return found
