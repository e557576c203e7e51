"""The HTML of an item: whole, self-contained, with a language on everything and nothing that a reader program drops."""

import re
from html.parser import HTMLParser

import pytest

from digest.models import Entry, Tag
from papers.identifiers import slugify_title
from papers.models import Author, Authorship, Paper
from tests.build import build_entry, build_paper
from tests.digest.site.feeds.conftest import ATOM, every_feed
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
HARD = (
    "a\x0bb\x00c\ufffed\x1b[31m😀👩‍👩‍👧 עברית العربية \u202eevil\u202c e\u0301 ﷽ 𝒳 \x85 <b>&amp;</b> ]]> end"
)


class Html(HTMLParser):
    """``runs``: (language in force, text); ``tags``: (name, attributes)."""

    VOID = ("br", "hr")

    def __init__(self, text):
        super().__init__()
        self.runs, self.tags, self._open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append((tag, dict(attrs).get("lang", self._open[-1][1] if self._open else None)))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        if data.strip(" ·,"):
            self.runs.append((self._open[-1][1] if self._open else None, data))


@pytest.fixture
def rich(db):
    build_entry("2024-10-29", title="Linked $\\alpha^2$ & <work>", arxiv_id="2410.00001")
    build_entry(
        "2024-10-30",
        title="Time -- $N^2$ laws",
        authors=["Hanlin Zhang", "Kun Xu", "Kun Xu"],
        abstract="We show $E=mc^2$ and \\textbf{more}.\n\nSecond.",
        ko="**배치**는 $x_1$에 [[Linked $\\alpha^2$ & <work>]]와 https://arxiv.org/abs/2405.00001 참고\n\n- 하나\n- 둘",
        en="A note with <script>alert(1)</script> and [a link](https://example.org/?a=1&b=2)\n\n> quoted",
        tags=["scaling-law", "비디오-생성"],
        arxiv_id="2410.21676",
        project_url="https://example.org/p",
        code_url="javascript:alert(1)",
    )


def html_of(told, path, number=0):
    return told(path)["items"][number]["content_html"]


def test_a_paper_whole(rich, told):
    paper, linked = (Paper.objects.get(title__startswith=start) for start in ("Time", "Linked"))
    html = html_of(told, "/feeds/papers.json")
    html = re.sub("<math.*?</math>", "MATH", html)
    assert html == (
        '<p lang="en">Hanlin Zhang, Kun Xu, Kun Xu</p>'
        '<div lang="ko"><p><strong>배치</strong>는 MATH에 '
        f'<a href="{SITE}/papers/{linked.pk}/linked-2-work/" lang="en">Linked α² &amp; &lt;work&gt;</a>와 '
        '<a class="cite" href="https://arxiv.org/abs/2405.00001" rel="noopener nofollow" lang="en">arXiv:2405.00001</a>'
        " 참고</p><ul><li>하나</li><li>둘</li></ul></div>"
        '<div lang="en"><p>A note with &lt;script&gt;alert(1)&lt;/script&gt; and '
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">a link</a></p>'
        "<blockquote><p>quoted</p></blockquote></div>"
        '<details><summary lang="ko">초록</summary><div lang="en"><p>We show MATH and <strong>more</strong>.</p>'
        "<p>Second.</p></div></details>"
        '<p><a href="https://arxiv.org/abs/2410.21676" lang="en">arXiv:2410.21676</a> · '
        '<a href="https://example.org/p" lang="ko">프로젝트</a> · '
        f'<a href="{SITE}/digests/2024-10-30/#e1" lang="ko">DIGEST</a></p>'
    ).replace("DIGEST", re.search(r'#e1" lang="ko">(.*?)</a>', html)[1])
    assert "2024년 10월 30일" in html
    assert paper.pk != linked.pk


def test_a_digest_whole(rich, told):
    html = re.sub("<math.*?</math>", "MATH", html_of(told, "/en/feeds/digests.json"))
    # The older digest has no English note, so it is no item here.
    assert len(told("/en/feeds/digests.json")["items"]) == 1
    paper = Paper.objects.get(title__startswith="Time")
    assert html.startswith(
        f'<h2 lang="en"><a href="{SITE}/en/papers/{paper.pk}/{slugify_title("Time – N² laws")}/">Time – MATH laws</a></h2>'
        '<p lang="en">Hanlin Zhang, Kun Xu, Kun Xu</p><div lang="en"><p>A note with'
    )
    assert "배치" not in html
    assert "<details>" not in html


def test_every_run_has_a_language_every_address_is_absolute_and_nothing_runs(rich, told):
    build_indexes("public")
    seen = 0
    for path in [path for path in every_feed() if ".json" in path and "/tags/" not in path]:
        for item in told(path)["items"]:
            html = Html(item["content_html"])
            seen += 1
            assert [run for run in html.runs if run[0] not in ("ko", "en")] == [], path
            names = {tag for tag, _ in html.tags}
            assert not names & {"script", "style", "img", "iframe", "form", "svg", "annotation-xml"}
            for _, attributes in html.tags:
                assert not any(name.startswith("on") or name in ("style", "id", "src") for name in attributes)
                assert attributes.get("href", "https://").startswith(("http://", "https://", "mailto:"))
            assert item["url"].startswith(SITE)
    assert seen >= 10


def test_mathematics_is_mathml_and_titles_are_plain(rich, atom):
    entry = atom("/ko/feeds/papers.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Time – N² laws"
    html = Html(entry.findtext(f"{ATOM}content"))
    assert [tag for tag, _ in html.tags].count("math") == 2
    assert not any("$" in text for _, text in html.runs)
    assert "alpha" not in entry.findtext(f"{ATOM}summary")


def test_one_author_element_per_author(rich, atom, told, client):
    people = [
        (byline.printed_name, f"{SITE}/authors/{byline.author_id}/{slug}/")
        for byline, slug in zip(
            Authorship.objects.filter(paper__arxiv_id="2410.21676"),
            ("hanlin-zhang", "kun-xu", "kun-xu"),
            strict=True,
        )
    ]
    assert len({url for _, url in people}) == 3
    entry = atom("/feeds/papers.atom").find(f"{ATOM}entry")
    found = [(a.findtext(f"{ATOM}name"), a.findtext(f"{ATOM}uri")) for a in entry.findall(f"{ATOM}author")]
    assert found == people
    [item, other] = told("/feeds/papers.json")["items"]
    assert [(author["name"], author["url"]) for author in item["authors"]] == people
    assert "authors" not in other
    rss = client.get("/feeds/papers.rss").content.decode()
    assert re.findall("<dc:creator>(.*?)</dc:creator>", rss) == ["Hanlin Zhang", "Kun Xu", "Kun Xu"]


def test_tags_and_languages_and_works_are_named(rich, atom, told):
    [item, other] = told("/feeds/papers.json")["items"]
    assert (item["tags"], item["external_url"]) == (
        ["scaling-law", "비디오-생성"],
        "https://arxiv.org/abs/2410.21676",
    )
    assert ("language" in item, other["language"]) == (False, "ko")
    assert {item["language"] for item in told("/en/feeds/papers.json")["items"]} == {"en"}
    entry = atom("/ko/feeds/papers.atom").find(f"{ATOM}entry")
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    languages = {tag: entry.find(f"{ATOM}{tag}").get(xml_lang) for tag in ("title", "summary", "content")}
    assert languages == {"title": "en", "summary": "ko", "content": "ko"}
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == ["scaling-law", "비디오-생성"]


def test_a_byline_of_two_hundred_is_folded_in_the_text_and_whole_in_the_data(db, told):
    names = [f"Author {number}" for number in range(200)]
    build_entry("2024-10-30", authors=names)
    [item] = told("/ko/feeds/papers.json")["items"]
    assert [author["name"] for author in item["authors"]] == names
    assert item["content_html"].startswith(
        '<p lang="en">Author 0, Author 1, Author 2, Author 3, Author 4, Author 5, <span lang="ko">외 194명</span></p>'
    )


def test_what_xml_cannot_hold_is_left_out_and_the_rest_survives(client, db, faults, told, monkeypatch):
    # Past the check that every write of ours makes: rows of a restored copy or of another program.
    monkeypatch.setattr("papers.fields.validate_characters", lambda value: None)
    body = HARD.replace("\x00", "")
    paper = build_paper("T", ["N"])
    build_entry("2024-10-30", paper=paper, ko=f"한국어 {body}", en=body, tags=["t"])
    Paper.objects.update(title=body, abstract=body)
    Authorship.objects.update(printed_name=body)
    Author.objects.update(name=body)
    Tag.objects.update(name=body[:80])
    build_indexes("public")
    for path in every_feed():
        if "/tags/" in path:
            path = path.replace("moe,scaling-law", "t")
        answer = client.get(path)
        assert (answer.status_code, faults(path, answer.content)) == (200, []), path
        text = answer.content.decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e]", text), path
    [item] = told("/feeds/papers.json")["items"]
    for text in (item["title"], item["content_html"], item["authors"][0]["name"], item["tags"][0]):
        assert all(part in text for part in ("😀👩‍👩‍👧", "עברית", "العربية")), text


def test_a_note_of_ten_thousand_characters_arrives_whole(client, db, told, atom, faults):
    words = [f"낱말{number}😀" for number in range(1_400)]
    body = "\n\n".join(" ".join(words[start : start + 100]) for start in range(0, 1_400, 100))
    assert len(body) > 10_000
    build_entry("2024-10-30", ko=body)
    for path in ("/feeds/papers.atom", "/feeds/papers.rss", "/ko/feeds/digests.json"):
        answer = client.get(path)
        assert faults(path, answer.content) == []
        assert all(word in answer.content.decode() for word in words), path
    [item] = told("/feeds/papers.json")["items"]
    assert item["content_html"].count("<p>낱말") == 14
    assert len(item["summary"]) <= 300


def test_a_bare_entry_is_an_item_too(client, db, faults, told):
    build_entry("2024-10-30", title="Bare", ko="노트")
    for path in ("/feeds/papers.atom", "/feeds/papers.rss", "/feeds/papers.json", "/feeds/digests.atom"):
        assert faults(path, client.get(path).content) == []
    html = html_of(told, "/feeds/digests.json")
    paper = Entry.objects.get().paper_id
    assert html == (
        f'<h2 lang="en"><a href="{SITE}/papers/{paper}/bare/">Bare</a></h2><div lang="ko"><p>노트</p></div>'
    )
