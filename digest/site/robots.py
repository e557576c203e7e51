"""Two files for programs at the root: what crawlers may ask for, and what language models find here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from digest.site.editions import BOTH, EDITIONS, ENGLISH, KOREAN, Edition
from digest.site.rendering import public_page, reverse_in
from digest.site.twins.paths import twin_path
from digest.text import markdown

DAY = 86_400
# Without number, or work for the database: a crawler learns nothing from them that no page says.
CLOSED = ("/admin/", "/api/v1/desk/", "/api/v1/search/", "/oembed", "/unapi")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the desk, and what answers to a query: search results, suggestions."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    for edition in EDITIONS:
        search = reverse_in(edition, "search")
        lines += [f"Disallow: {search}?", f"Disallow: {twin_path(search)}?"]
        lines += [f"Disallow: {search}suggest/", f"Disallow: {search}cite."]
        lines.append(f"Disallow: {reverse_in(edition, 'feeds')}search/")
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}"]
    return _answer("\n".join(lines) + "\n", "text/plain")


@public_page
def llms(request: HttpRequest) -> HttpResponse:
    """https://llmstxt.org: a title, what this is in a quotation, and sections of links. Both languages, in short."""
    blocks = [f"# {markdown.escape(settings.SITE_NAME)}"]
    blocks += [
        "> A digest of machine-learning papers: each digest is a day's pick, and each paper in it comes with a short "
        "note in Korean and English, by its editors. 기계학습 논문을 날마다 골라 한국어와 영어 노트를 나란히 싣습니다.",
        "Every page has a twin in Markdown at its own address with `.md` in place of the last slash "
        "(the home page: `index.md`). The address chooses the language: `/` has both, `/ko/` Korean, `/en/` English. "
        "모든 페이지는 주소 끝의 `/` 대신 `.md`를 붙이면 Markdown으로 읽을 수 있습니다.",
        "The notes belong to those who wrote them and the abstracts to their authors: quote with a link. "
        "The program is free software under the MIT licence. 노트의 권리는 쓴 사람에게, 초록의 권리는 저자에게 있습니다.",
    ]
    blocks += _section("Digests 다이제스트", [_pages(edition) for edition in (BOTH, KOREAN, ENGLISH)])
    blocks += _section("Find 찾기", _finding())
    blocks += _section("Optional", _optional())
    answer = _answer("\n\n".join(blocks) + "\n", "text/markdown")
    answer.headers["Content-Language"] = "en, ko"
    return answer


def _section(name: str, items: list[str]) -> list[str]:
    return [f"## {name}", "\n".join(f"- {item}" for item in items)]


def _pages(edition: Edition) -> str:
    names = {
        BOTH: "Latest digest, both languages",
        KOREAN: "최신 다이제스트, 한국어",
        ENGLISH: "Latest digest, English",
    }
    return markdown.link(names[edition], _twin(edition, "home"))


def _finding() -> list[str]:
    one = f"{settings.SITE_URL}{BOTH.home}"
    return [
        f"{markdown.link('Archive 보관소', _twin(BOTH, 'archive'))}: every year, month and digest; "
        f"one digest is `{one}digests/2024-10-30.md`",
        f"{markdown.link('Tags 태그', _twin(BOTH, 'tags'))}: every tag with its count; "
        f"`{one}tags/a+b.md` both, `a,b` either, `a+-b` the first without the second",
        f"{markdown.link('Search 검색', _twin(BOTH, 'search'))}: `{one}search.md?q=batch+size`; phrases in quotation "
        "marks, `-word`, `tag:`, `author:`, `year:`, `lang:`, `arxiv:`",
        f"Papers by arXiv id: `{one}arxiv/2408.16357.md` leads to the paper, or to the notes that cite it",
        f"{markdown.link('Trends 흐름', _twin(BOTH, 'trends'))}: the tags of each month",
    ]


def _optional() -> list[str]:
    def root(label: str, name: str) -> str:
        return markdown.link(label, settings.SITE_URL + reverse(name))

    return [
        f"{markdown.link('Feeds 피드', _twin(BOTH, 'feeds'))}: Atom, RSS, JSON Feed, by language, tag, author and search",
        f"{root('API', 'api:root')}: the same as JSON; {root('its description', 'api:schema')} is OpenAPI 3",
        f"{root('Sitemap', 'sitemap_index')}: every page, and when its words changed last",
        f"{markdown.link('About 소개', _twin(BOTH, 'about'))}: how the notes are made",
    ]


def _twin(edition: Edition, name: str) -> str:
    return f"{settings.SITE_URL}{twin_path(reverse_in(edition, name))}"


def _answer(text: str, kind: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=f"{kind}; charset=utf-8", headers={"Cache-Control": f"public, max-age={DAY}"}
    )
