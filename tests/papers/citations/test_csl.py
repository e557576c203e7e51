"""CSL-JSON: one item, and a list of many."""

import json

import pytest

from papers.citations import citation_key, csl_item, form_of, write_file
from papers.citations.work import Name
from tests.papers.citations.works import all_works, work


def test_a_preprint():
    cited = work(
        r"On $\mu$P",
        ["Kun Xu", "Kun Xu", "OpenAI", "Laurens van der Maaten"],
        arxiv_id="2410.05838",
        abstract=r"An \emph{abstract}.",
        tags=("moe", "비디오-생성"),
    )
    assert csl_item(cited) == {
        "id": "xu2024-12",
        "type": "article",
        "title": "On μP",
        "author": [
            {"family": "Xu", "given": "Kun"},
            {"family": "Xu", "given": "Kun"},
            {"literal": "OpenAI"},
            {"family": "van der Maaten", "given": "Laurens"},
        ],
        "issued": {"date-parts": [[2024, 10]]},
        "publisher": "arXiv",
        "number": "arXiv:2410.05838",
        "DOI": "10.48550/arXiv.2410.05838",
        "URL": "https://arxiv.org/abs/2410.05838",
        "language": "en",
        "keyword": "moe, 비디오-생성",
        "abstract": "An abstract.",
    }


def test_it_says_only_what_is_known():
    assert csl_item(work("Hello")) == {
        "id": "anonhello-12",
        "type": "article",
        "title": "Hello",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("paper", "article"), ("post", "post-weblog"), ("release", "webpage"), ("other", "document")],
)
def test_types(kind, type_):
    assert csl_item(work(kind=kind))["type"] == type_


def test_a_file_is_one_json_list_with_every_name_in_order():
    works = all_works()
    items = json.loads("".join(write_file(form_of("json"), [works])))
    assert [item["id"] for item in items] == [citation_key(cited) for cited in works]
    for cited, item in zip(works, items, strict=True):
        names = [
            Name(name.get("given", ""), name.get("family") or name["literal"])
            for name in item.get("author", [])
        ]
        assert names == cited.people
        assert (item["title"], item.get("abstract", "")) == (cited.plain_title, cited.plain_abstract)
