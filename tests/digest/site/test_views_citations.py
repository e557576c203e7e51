"""Files for reference managers: every scope, every format, in each edition."""

import json

import pytest

from digest.models import Entry
from digest.reading import citing
from papers.citations import FORMATS
from papers.identifiers import slugify_title
from papers.models import Author, Paper
from tests.build import build_entry
from tests.indexed import build_indexes
from tests.zotero import read_rdf

pytestmark = pytest.mark.django_db

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
    "rdf": "application/rdf+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def paper_path(title, edition=""):
    paper = Paper.objects.get(title=title)
    return f"{edition}/papers/{paper.pk}/{slugify_title(title)}/"


def author_path(name):
    author = Author.objects.filter(name=name).order_by("homonym").first()
    return f"/authors/{author.pk}/{slugify_title(name)}/"


def numbers(*titles):
    return ",".join(str(Paper.objects.get(title=title).pk) for title in titles)


def file(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response).decode() if response.streaming else response.content.decode()


def titles(client, address):
    return [item["title"] for item in json.loads(file(client, address))]


def test_every_scope_holds_its_papers(client, site):
    build_indexes()
    build_entry("2024-10-30", title="Hidden", tags=["scaling-law"], authors=["Kun Xu"], public=False)
    page = {
        paper_path("Critical Batch Size") + "cite.json": ["Critical Batch Size"],
        "/digests/2024-10-30/cite.json": ["Critical Batch Size", "Second Paper"],
        "/tags/scaling-law/cite.json": ["Critical Batch Size", "Second Paper"],
        "/tags/scaling-law+-비디오-생성/cite.json": ["Second Paper"],
        author_path("Kun Xu") + "cite.json": ["Critical Batch Size"],
        "/search/cite.json?q=note": ["Critical Batch Size", "Second Paper"],
        "/search/cite.json?tag=moe": ["Korean Only"],
        f"/cite.json?papers={numbers('Korean Only', 'Second Paper')}": ["Korean Only", "Second Paper"],
        "/cite.json": ["Critical Batch Size", "Second Paper", "Korean Only", "English Only"],
    }
    assert {address: titles(client, address) for address in page} == page
    assert {address: titles(client, f"/en{address}") for address in page} == page


@pytest.mark.parametrize("format", FORMATS)
def test_headers(client, site, format):
    response = client.get(f"/digests/2024-10-30/cite.{format}")
    assert response.headers["Content-Type"] == TYPES[format]
    kind = "inline" if format == "txt" else "attachment"
    name = f'filename="naranhi-2024-10-30.{format}"'
    assert response.headers["Content-Disposition"] == f"{kind}; {name}"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_file_names(client, site):
    def name(address):
        return client.get(address).headers["Content-Disposition"].partition("; ")[2]

    paper = Paper.objects.get(title="Critical Batch Size")
    assert (
        name(paper_path("Critical Batch Size") + "cite.bib") == f'filename="zhang2024critical-{paper.pk}.bib"'
    )
    assert name(author_path("Kun Xu") + "cite.ris") == 'filename="naranhi-kun-xu.ris"'
    assert name("/tags/비디오-생성/cite.rdf").startswith("filename*=utf-8''naranhi-%EB%B9%84")
    assert name("/cite.json") == 'filename="naranhi.json"'
    assert name(f"/cite.bib?papers={paper.pk}") == 'filename="naranhi-reading-list.bib"'


@pytest.mark.parametrize(
    ("edition", "languages"), [("", ["한국어", "English"]), ("/ko", ["한국어"]), ("/en", ["English"])]
)
def test_rdf_holds_the_notes_of_its_edition(client, site, edition, languages):
    (item,) = read_rdf(file(client, paper_path("Critical Batch Size", edition) + "cite.rdf"))
    source = f'<p><a href="http://localhost:8000{edition}/digests/2024-10-30/#e1">나란히, 2024-10-30, no. 1'
    bodies = {"한국어": "<p>배치 크기 노트</p>", "English": "<p>A note on batch size</p>"}
    assert item["notes"] == [f"{source} ({name})</a></p>{bodies[name]}" for name in languages]


def test_a_paper_discussed_twice_brings_the_notes_of_both_days(client, site):
    paper = Paper.objects.get(title="Second Paper")
    build_entry("2024-11-01", paper=paper, ko="[[Critical Batch Size]]와 $x^2$", en="[[Hidden]]")
    build_entry("2024-11-01", title="Hidden", public=False)
    build_entry("2024-11-02", paper=paper, ko="초안", public=False)
    (item,) = read_rdf(file(client, paper_path("Second Paper", "/ko") + "cite.rdf"))
    link = "http://localhost:8000" + paper_path("Critical Batch Size", "/ko")
    bodies = [note.partition("</a></p>")[2] for note in item["notes"]]
    assert bodies == [
        f'<p><a href="{link}" lang="en">Critical Batch Size</a>와 <span class="math">$x^2$</span></p>',
        "<p>둘째 노트</p>",
    ]
    (item,) = read_rdf(file(client, paper_path("Second Paper", "/en") + "cite.rdf"))
    assert [note.partition("</a></p>")[2] for note in item["notes"]] == [
        "<p>Hidden</p>",
        "<p>Second note</p>",
    ]


def test_an_edited_note_that_is_not_approved_does_not_show(client, site):
    note = Entry.objects.get(paper__title="Korean Only").notes.get()
    note.body, note.rev = "rewritten", 2
    note.save()
    assert "rewritten" not in file(client, "/cite.rdf")
    assert "한국어만" in file(client, "/cite.rdf")


def test_text_is_in_the_style_asked_for(client, site):
    path = paper_path("Second Paper") + "cite.txt"
    assert file(client, path) == file(client, f"{path}?style=apa") == "Second Paper. (n.d.).\n"
    assert file(client, f"{path}?style=chicago") == "“Second Paper.” n.d.\n"
    assert file(client, f"{path}?style=ieee") == "“Second Paper.”\n"
    assert file(client, "/digests/2024-05-29/cite.txt?style=ieee") == "[1] “Korean Only.”\n"


NUMBERS = "Give the numbers of papers with commas between them: ?papers=1,2,3."
REFUSED = {
    "/cite.txt?style=mla": "There is no such style; known: apa, chicago, ieee.",
    "/search/cite.bib": "Say what to look for: ?q=words.",
    "/search/cite.bib?q=%00": "Say what to look for: ?q=words.",
    "/cite.bib?papers=": NUMBERS,
    "/cite.bib?papers=1,,2": NUMBERS,
    "/cite.bib?papers=1%202": NUMBERS,
    "/cite.bib?papers=-1": NUMBERS,
    "/cite.bib?papers=٣": NUMBERS,
    f"/cite.bib?papers={'1' * 19}": NUMBERS,
    f"/cite.bib?papers={'1,' * 500}1": "Give at most 500 papers.",
}


@pytest.mark.parametrize(("address", "words"), REFUSED.items())
def test_bad_input_is_refused_in_plain_words(client, site, address, words):
    response = client.get(f"/en{address}")
    assert (response.status_code, response.content.decode()) == (400, f"{words}\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get(address).status_code == 400


def test_five_hundred_papers_are_not_too_many(client, site):
    ids = ",".join(map(str, range(10_000, 10_499))) + f",{numbers('Korean Only')}"
    assert titles(client, f"/cite.json?papers={ids}") == ["Korean Only"]


@pytest.mark.parametrize(
    "address",
    [
        "/papers/999999/x/cite.bib",
        "/digests/2023-01-01/cite.ris",
        "/tags/never-was/cite.json",
        "/tags/moe+-moe/cite.json",
        "/authors/999999/x/cite.rdf",
        "/search/cite.txt?q=neverwas",
        "/cite.bib?papers=999999",
        "/cite.docx",
        "/digests/2024-10-30/cite.BIB",
    ],
)
def test_where_there_is_nothing_it_is_the_page_that_says_so(client, site, address):
    build_indexes()
    response = client.get(address)
    assert (response.status_code, response.content) == (404, client.get("/nowhere/").content)


def test_an_empty_site_has_nothing_to_cite(client, db):
    assert client.get("/cite.bib").status_code == 404


def test_a_hidden_search_answers_like_one_for_nothing(client, site):
    build_entry("2021-01-01", title="zqhiddenzq", ko="zqhiddenzq", tags=["zqhiddenzq"], public=False)
    build_indexes()
    for query in ("zqhiddenzq", "tag:zqhiddenzq", "note zqhiddenzq"):
        hidden = client.get("/search/cite.bib", {"q": query})
        never = client.get("/search/cite.bib", {"q": query.replace("hidden", "qqqqqq")})
        assert (
            (hidden.status_code, hidden.content) == (never.status_code, never.content) == (404, never.content)
        )


def test_other_spellings_lead_to_the_right_address(client, site):
    paper = Paper.objects.get(title="Second Paper")
    moved = {
        f"/en/papers/{paper.pk}/wrong/cite.txt?style=ieee": paper_path("Second Paper", "/en")
        + "cite.txt?style=ieee",
        "/tags/Scaling_Law/cite.bib": "/tags/scaling-law/cite.bib",
        author_path("Kun Xu").replace("kun-xu", "kun") + "cite.rdf": author_path("Kun Xu") + "cite.rdf",
    }
    for address, target in moved.items():
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, target)


@pytest.mark.parametrize("address", ["/digests/2024-10-30/cite.rdf", "/cite.bib"])
def test_the_same_file_is_not_sent_twice(client, site, monkeypatch, address):
    for chunk in (citing.CHUNK, 1):
        monkeypatch.setattr(citing, "CHUNK", chunk)
        first = client.get(address)
        assert first.status_code == 200
        etag = first.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.headers["ETag"]) == (304, etag)
        head = client.head(address)
        assert (head.status_code, head.headers["Content-Type"]) == (200, first.headers["Content-Type"])
        assert b"".join(head) == b""
        build_entry(f"2024-10-{20 + chunk % 7}", title=f"New {chunk}")
        Entry.objects.filter(paper__title="Second Paper").update(changed_at="2026-01-01T00:00Z")
        Paper.objects.filter(title="Second Paper").update(doi=f"10.1/{chunk}")
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("format", FORMATS)
def test_a_long_file_is_streamed_and_the_same_as_a_short_one(client, site, monkeypatch, format):
    short = client.get(f"/cite.{format}")
    monkeypatch.setattr(citing, "CHUNK", 3)
    long = client.get(f"/cite.{format}")
    assert (short.streaming, long.streaming) == (False, True)
    assert b"".join(long) == short.content
    for name in ("Content-Type", "Content-Disposition", "Cache-Control", "X-Robots-Tag"):
        assert long.headers[name] == short.headers[name]


@pytest.mark.parametrize("count", [1, 100])
def test_queries_do_not_grow_with_the_papers(client, db, django_assert_num_queries, count):
    for number in range(count):
        build_entry(
            "2024-10-30", title=f"P {number}", authors=["Ann Lee"], tags=["moe"], en=f"[[P {number}]] note"
        )
    build_indexes()
    # (scope, queries): of each file the entries, notes, authorships and taggings, and before them:
    asked = {
        paper_path("P 0"): 4,  # nothing
        "/digests/2024-10-30/": 5,  # its papers
        "/tags/moe/": 6,  # the tag; its papers
        author_path("Ann Lee"): 6,  # the author; their papers
        "/": 5,  # all papers
    }
    for base, queries in asked.items():
        for format in FORMATS:
            # in RDF: the papers that titles in notes mean
            with django_assert_num_queries(queries + (format == "rdf")):
                assert client.get(f"{base}cite.{format}").status_code == 200
    ids = ",".join(str(pk) for pk in Paper.objects.values_list("pk", flat=True))
    # which of them are public
    with django_assert_num_queries(5):
        client.get(f"/cite.bib?papers={ids}")


def test_a_search_asks_as_often_for_one_paper_as_for_a_hundred(client, db, django_assert_max_num_queries):
    build_entry("2024-10-30", title="P", en="note")
    build_indexes()
    with django_assert_max_num_queries(20) as few:
        client.get("/search/cite.bib?q=note")
    for number in range(99):
        build_entry("2024-10-31", title=f"P {number}", en="note")
    build_indexes()
    with django_assert_max_num_queries(20) as many:
        assert client.get("/search/cite.bib?q=note").content.count(b"@misc") == 100
    assert len(many) == len(few)
