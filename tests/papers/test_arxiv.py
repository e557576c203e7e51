"""Asking arXiv, against a server of our own that speaks its Atom, well and badly."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from papers import arxiv
from papers.arxiv import ArxivFailed, ArxivPaper, fetch_paper, read_answer

ID = "2408.16357"
ENTRY = f"""<entry>
    <id>http://arxiv.org/abs/{ID}v2</id>
    <published>2024-08-29T08:44:39Z</published>
    <title>Law of Vision
  Representation in $L_2$ &amp; MLLMs</title>
    <summary>  We present the "Law".
We find a &lt; b.
</summary>
    <author><name>Shijia Yang</name></author>
    <author><name>Bohan  Zhai</name></author>
    <link href="http://arxiv.org/abs/{ID}v2" rel="alternate" type="text/html"/>
  </entry>"""
ERROR = """<entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_x</id>
    <title>Error</title><summary>incorrect id format for x</summary>
  </entry>"""


def atom(*entries):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  {"".join(entries)}
</feed>""".encode()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&c;</title></entry></feed>"""


class Service(ThreadingHTTPServer):
    """Answers every request with ``status``, ``headers`` and ``body``, after ``wait``; keeps what was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.headers, self.body, self.wait, self.drip = 200, {}, atom(ENTRY), 0, False
        self.asked = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api/query"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        service = self.server
        service.asked.append((self.path, self.headers["User-Agent"]))
        time.sleep(service.wait)
        self.send_response(service.status)
        for name, value in service.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if service.drip:
                for byte in service.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)
            else:
                self.wfile.write(service.body)
        except OSError:
            pass  # given up on, as it should be

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    service = Service()
    settings.ARXIV_API = service.url
    settings.SITE_URL = "https://example.org"
    cache.clear()
    yield service
    service.shutdown()
    service.server_close()
    cache.clear()


def failure(arxiv_id=ID):
    with pytest.raises(ArxivFailed) as failed:
        fetch_paper(arxiv_id)
    return str(failed.value)


def test_paper_is_fetched_with_texts_on_one_line(service):
    found = fetch_paper(ID)
    assert found == ArxivPaper(
        ID,
        "Law of Vision Representation in $L_2$ & MLLMs",
        ("Shijia Yang", "Bohan Zhai"),
        'We present the "Law". We find a < b.',
    )
    assert found.url == f"https://arxiv.org/abs/{ID}"
    assert service.asked == [
        (
            f"/api/query?id_list={ID}&max_results=1",
            "%EB%82%98%EB%9E%80%ED%9E%88 (https://example.org)",
        )
    ]


def test_old_id_with_a_slash_is_found(service):
    service.body = atom(ENTRY.replace(f"{ID}v2", "cs/0701001v1"))
    assert fetch_paper("cs/0701001").arxiv_id == "cs/0701001"
    assert service.asked[0][0] == "/api/query?id_list=cs%2F0701001&max_results=1"


def test_nothing_is_asked_where_it_is_not_switched_on(service, settings):
    settings.ARXIV_API = ""
    failure()
    assert service.asked == []


def test_second_request_waits_its_turn(service):
    fetch_paper(ID)
    failure()
    assert len(service.asked) == 1
    cache.clear()
    fetch_paper(ID)
    assert len(service.asked) == 2


@pytest.mark.parametrize("body", [atom(), atom(ERROR), atom(ENTRY.replace(ID, "2408.99999"))])
def test_unknown_id_is_no_paper(service, body):
    service.body = body
    assert ID in failure()


def test_id_that_arxiv_cannot_read_is_no_paper(service):
    service.status, service.body = 400, atom(ERROR)
    assert ID in failure()


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_error_of_the_service_is_named(service, status):
    service.status = status
    assert str(status) in failure()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_not_followed(service, status):
    other = Service()
    service.status, service.headers = status, {"Location": other.url}
    assert str(status) in failure()
    other.shutdown()
    other.server_close()
    assert other.asked == []


def test_proxy_of_the_environment_is_not_used(service, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch_paper(ID).arxiv_id == ID


@pytest.mark.parametrize("drip", [False, True])
def test_silent_and_dripping_services_are_given_up(service, monkeypatch, drip):
    monkeypatch.setattr(arxiv, "TIMEOUT", 0.3)
    service.wait, service.drip = (0, True) if drip else (2, False)
    began = time.monotonic()
    failure()
    assert time.monotonic() - began < 1.5


def test_nobody_at_the_address(service, settings):
    settings.ARXIV_API = "http://127.0.0.1:9/api/query"
    failure()


def test_broken_reply_is_no_crash(service):
    service.headers, service.body = {"Content-Length": "100000"}, service.body[:300]
    failure()


def test_longest_answer_is_two_megabytes(service):
    service.body = atom(ENTRY, f"<!-- {'x' * arxiv.MAX_BYTES} -->")
    began = time.monotonic()
    failure()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>busy</html>",
        b"not xml",
        atom(ENTRY)[:-20],
        b"\xff\xfe\x00",
        BOMB,
        BOMB.decode().encode("utf-16"),
        b"<a>" * 100_000,
        atom(f"<entry><id>http://arxiv.org/abs/{ID}</id></entry>"),
        atom("<entry><id/></entry>"),
    ],
)
def test_malformed_answers_are_refused(answer):
    began = time.process_time()
    with pytest.raises(ArxivFailed):
        read_answer(answer, ID)
    assert time.process_time() - began < 1
