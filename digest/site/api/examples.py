"""Answers for the OpenAPI document, shortened. A test compares each with its schema."""

from typing import Any

SITE = "https://naranhi.example"
MOMENT = "2024-10-29T15:00:00Z"


def page(item: dict[str, Any]) -> dict[str, Any]:
    """A list of one."""
    return {"results": [item], "next": None}


def _pages(path: str) -> dict[str, str]:
    return {"both": f"{SITE}{path}", "ko": f"{SITE}/ko{path}", "en": f"{SITE}/en{path}"}


PAPER_NAME = {
    "id": 41,
    "url": f"{SITE}/api/v1/papers/41/",
    "title": "How Does Critical Batch Size Scale in Pre-training?",
    "title_tex": "How Does Critical Batch Size Scale in Pre-training?",
    "arxiv_id": "2410.21676",
}
_FACTS = {
    "id": 41,
    "url": f"{SITE}/api/v1/papers/41/",
    "kind": "paper",
    "title": PAPER_NAME["title"],
    "title_tex": PAPER_NAME["title_tex"],
    "authors": [{"id": 7, "name": "Hanlin Zhang"}, {"id": 8, "name": "Depen Morwani"}],
    "abstract": "Training large-scale models under given resources requires careful design of parallelism.",
    "abstract_tex": "Training large-scale models under given resources requires careful design of parallelism.",
    "arxiv_id": "2410.21676",
    "arxiv_url": "https://arxiv.org/abs/2410.21676",
    "doi": None,
    "doi_url": None,
    "link": None,
    "project_url": None,
    "code_url": None,
}
_PAPER_PAGES = _pages("/papers/41/how-does-critical-batch-size-scale-in-pre-training/")
_TAG_NAME = {"slug": "scaling-law", "name": "scaling-law", "label_ko": "스케일링 법칙"}
_PLACE = {"date": "2024-10-30", "position": 1, "published": MOMENT, "changed": MOMENT}
_NOTE = {"language": "ko", "markdown": "배치 크기에 대한 노트", "html": "<p>배치 크기에 대한 노트</p>"}
ENTRY_NAME = {
    "id": 12,
    "url": f"{SITE}/api/v1/entries/12/",
    "paper": 41,
    "title": PAPER_NAME["title"],
    "languages": ["ko", "en"],
    **_PLACE,
}
ENTRY = {
    "id": 12,
    "url": f"{SITE}/api/v1/entries/12/",
    **_PLACE,
    "paper": _FACTS | {"pages": _PAPER_PAGES},
    "notes": [_NOTE],
    "tags": [_TAG_NAME],
    "pages": _pages("/digests/2024-10-30/#e1"),
}
_DIGEST = {
    "date": "2024-10-30",
    "url": f"{SITE}/api/v1/digests/2024-10-30/",
    "published": MOMENT,
    "changed": MOMENT,
    "pages": _pages("/digests/2024-10-30/"),
}
DIGEST_IN_LIST = _DIGEST | {"entries": [ENTRY_NAME]}
DIGEST = _DIGEST | {"entries": [ENTRY]}
PAPER = _FACTS | {
    "tags": [_TAG_NAME],
    "published": MOMENT,
    "changed": MOMENT,
    "entries": [ENTRY_NAME],
    "pages": _PAPER_PAGES,
}
AUTHOR = {
    "id": 7,
    "url": f"{SITE}/api/v1/authors/7/",
    "name": "Hanlin Zhang",
    "homonym": 1,
    "papers": 2,
    "papers_url": f"{SITE}/api/v1/papers/?author=7",
    "pages": _pages("/authors/7/hanlin-zhang/"),
}
TAG = {
    **_TAG_NAME,
    "url": f"{SITE}/api/v1/tags/scaling-law/",
    "description": "",
    "entries": 31,
    "first": "2024-03-14",
    "last": "2024-10-30",
    "entries_url": f"{SITE}/api/v1/entries/?tag=scaling-law",
    "pages": _pages("/tags/scaling-law/"),
}
NOTE = {
    "entry": 12,
    "entry_url": f"{SITE}/api/v1/entries/12/",
    **_PLACE,
    **_NOTE,
    "paper": PAPER_NAME,
    "pages": _pages("/digests/2024-10-30/#e1"),
}
MENTION = {
    "id": 90,
    "language": "ko",
    "entry": ENTRY_NAME,
    "paper": None,
    "arxiv_id": "2305.00001",
    "arxiv_url": "https://arxiv.org/abs/2305.00001",
}
TRENDS = {
    "months": ["2024-09", "2024-10"],
    "tags": [{**_TAG_NAME, "total": 5, "counts": [2, 3]}],
}
SEARCH = {
    "query": {"q": "배치 크기"},
    "total": 1,
    "capped": False,
    "index": "ready",
    "did_you_mean": None,
    "expanded": [{"typed": "배치 크기", "also": ["batch size"]}],
    "page": 1,
    "page_size": 20,
    "pages": 1,
    "next": None,
    "previous": None,
    "facets": {"tags": [{"value": "scaling-law", "label": "scaling-law", "count": 1, "chosen": False}]},
    "results": [
        {
            "date": "2024-10-30",
            "position": 1,
            "digest_url": f"{SITE}/digests/2024-10-30/#e1",
            "url": _PAPER_PAGES["both"],
            "paper": {
                "id": 41,
                "title": PAPER_NAME["title"],
                "arxiv_id": "2410.21676",
                "authors": ["Hanlin Zhang", "Depen Morwani"],
            },
            "tags": ["scaling-law"],
            "languages": ["en", "ko"],
            "title": None,
            "snippets": [
                {"field": "note", "language": "ko", "text": "배치 크기에 대한 노트", "marks": [[0, 5]]}
            ],
        }
    ],
}
_NAMES = (
    "digests",
    "entries",
    "papers",
    "authors",
    "tags",
    "notes",
    "mentions",
    "trends",
    "search",
    "schema",
)
ROOT = {name: f"{SITE}/api/v1/{name}/" for name in _NAMES} | {"docs": f"{SITE}/api/docs/"}
