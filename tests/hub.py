"""A WebSub hub on this machine that remembers what it is told, and misbehaves when asked to."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class Hub(BaseHTTPRequestHandler):
    """``server.told`` keeps the form of every request; ``server.status`` is the answer, 0 for none."""

    def log_message(self, *args):
        """Quiet."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append((self.headers["Content-Type"], parse_qs(body, strict_parsing=True)))
        if self.server.status:
            self.send_response(self.server.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def do_GET(self):
        self.server.told.append(("followed", {}))
        self.send_error(500)


@contextlib.contextmanager
def hub():
    """The running hub; ``url`` is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.daemon_threads = True
    server.told, server.status = [], 202
    server.url = f"http://127.0.0.1:{server.server_address[1]}/hub"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
