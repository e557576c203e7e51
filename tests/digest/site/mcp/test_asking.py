"""Pages asked for within the process: the same words as at their twins' addresses, nothing where there is no page."""

import pytest
from django.utils import translation

from digest.site.editions import BOTH, ENGLISH, KOREAN
from digest.site.mcp.asking import ask, edition_named
from digest.site.twins.paths import twin_path
from papers.models import Paper
from tests.addresses import ADDRESSES, TWINNED
from tests.build import build_entry
from tests.planted import plant_hidden, plant_public

pytestmark = pytest.mark.django_db


def test_editions_by_the_language_asked_for():
    assert [edition_named(language) for language in ("both", "ko", "en")] == [BOTH, KOREAN, ENGLISH]


@pytest.mark.parametrize("edition", [BOTH, KOREAN, ENGLISH])
def test_page_is_its_twin(client, edition):
    public = plant_public()
    with translation.override("en"):  # a process of its own has no language of a request
        for name in TWINNED:
            for arguments in ADDRESSES[name][0](public):
                page = ask(edition, name, *arguments.values())
                twin = client.get(twin_path(page.url.removeprefix("http://localhost:8000")))
                assert page.markdown() == twin.content.decode()


def test_nothing_hidden_has_a_page():
    public = plant_public()
    hidden = plant_hidden(public)
    for name in ("digest", "paper", "author", "tag", "year", "month", "week"):
        make = ADDRESSES[name][0]
        for arguments in make(hidden):
            if arguments not in make(public):
                assert ask(BOTH, name, *arguments.values()) is None


def test_a_wrong_slug_and_an_arxiv_id_lead_to_the_paper():
    paper = build_entry("2024-10-30", title="비디오 A", arxiv_id="2410.00001").paper
    for page in (ask(KOREAN, "paper", paper.pk, "wrong"), ask(KOREAN, "arxiv", "2410.00001")):
        assert page.context["paper"] == Paper.objects.get()


@pytest.mark.parametrize(
    ("name", "args"), [("tag", ["a/b"]), ("tag", ["\x00"]), ("paper", [10**30, "x"]), ("arxiv", ["nonsense"])]
)
def test_what_no_address_can_hold_has_no_page(name, args):
    assert ask(BOTH, name, *args) is None
