"""A translation service on this machine that speaks both protocols, and misbehaves when told to."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-very-secret"


class Translator(BaseHTTPRequestHandler):
    """``server.mode`` is what to do; ``server.asked`` keeps (path, headers, body) of every request."""

    def log_message(self, *args):
        """Quiet."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers), None))
        self.answer(200, b"{}")

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), body))
        if self.server.before_answer:
            self.server.before_answer()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.translate(body) if self.server.mode is None else self.misbehave(self.server.mode)

    def translate(self, body):
        if "messages" in body:
            choice = {"message": {"role": "assistant", "content": self.server.text}}
            answer = {"choices": [choice]}
        else:
            answer = {"translations": [{"detected_source_language": "KO", "text": self.server.text}]}
        self.answer(200, json.dumps(answer).encode())

    def misbehave(self, mode):
        if isinstance(mode, int):
            self.answer(mode, b'{"error": "no"}', Location="/elsewhere")
        elif isinstance(mode, bytes):
            self.answer(200, mode)
        elif mode == "oversize":
            self.answer(200, b'{"choices": "' + b"x" * 300_000 + b'"}')
        elif mode == "silent":
            time.sleep(1.5)
        elif mode == "drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        elif mode == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
        elif mode == "no http":
            self.wfile.write(b"HELLO\r\n\r\n")

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def translator():
    """The running service; ``url`` is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Translator)
    server.daemon_threads = True
    server.mode, server.text, server.asked, server.before_answer = None, "A translation", [], None
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def configure(settings, server, provider="openai"):
    """Point the site at the service."""
    settings.SUGGESTIONS, settings.SUGGESTIONS_KEY = provider, KEY
    settings.SUGGESTIONS_MODEL = "small" if provider == "openai" else ""
    path = "/v1/chat/completions" if provider == "openai" else "/v2/translate"
    settings.SUGGESTIONS_URL = server.url + path
