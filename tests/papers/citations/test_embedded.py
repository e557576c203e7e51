"""Metadata in a page's head, and COinS."""

from urllib.parse import parse_qsl

from papers.citations import coins, head_metas
from papers.citations.embedded import MOST_COINS_NAMES
from tests.papers.citations.works import all_works, work

KUN_XU = work(
    "Pyramidal Flow",
    ["Yang Jin", "Kun Xu", "Kun Xu", "Gemini Team"],
    arxiv_id="2410.05954",
    abstract=r"A \emph{video}.",
    tags=("flow", "비디오-생성"),
)


def test_head_of_a_preprint():
    assert head_metas(KUN_XU) == [
        ("citation_title", "Pyramidal Flow"),
        ("citation_author", "Jin, Yang"),
        ("citation_author", "Xu, Kun"),
        ("citation_author", "Xu, Kun"),
        ("citation_author", "Gemini Team"),
        ("citation_publication_date", "2024/10"),
        ("citation_doi", "10.48550/arXiv.2410.05954"),
        ("citation_arxiv_id", "2410.05954"),
        ("citation_language", "en"),
        ("citation_abstract", "A video."),
        ("citation_keywords", "flow; 비디오-생성"),
        ("z:itemType", "preprint"),
        ("z:repository", "arXiv"),
        ("z:archiveID", "arXiv:2410.05954"),
        ("DC.title", "Pyramidal Flow"),
        ("DC.creator", "Jin, Yang"),
        ("DC.creator", "Xu, Kun"),
        ("DC.creator", "Xu, Kun"),
        ("DC.creator", "Gemini Team"),
        ("DC.date", "2024-10"),
        ("DC.language", "en"),
    ]


def test_head_says_only_what_is_known_and_never_names_a_pdf():
    assert head_metas(work("Hello", kind="release")) == [
        ("citation_title", "Hello"),
        ("citation_language", "en"),
        ("z:itemType", "webpage"),
        ("DC.title", "Hello"),
        ("DC.language", "en"),
    ]
    names = {name for cited in all_works() for name, _ in head_metas(cited)}
    assert "citation_pdf_url" not in names


def test_google_scholar_gets_what_it_wants_of_every_preprint():
    wanted = {"citation_title", "citation_author", "citation_publication_date"}
    preprints = [cited for cited in all_works() if cited.arxiv_id and cited.names]
    assert len(preprints) > 20
    assert all(wanted <= {name for name, _ in head_metas(cited)} for cited in preprints)


def test_coins_of_a_preprint():
    assert parse_qsl(coins(KUN_XU), strict_parsing=True) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", "Pyramidal Flow"),
        ("rft.au", "Jin, Yang"),
        ("rft.au", "Xu, Kun"),
        ("rft.au", "Xu, Kun"),
        ("rft.date", "2024-10"),
        ("rft.language", "en"),
        ("rft_id", "info:doi/10.48550/arXiv.2410.05954"),
        ("rft_id", "https://arxiv.org/abs/2410.05954"),
    ]


def test_coins_hold_the_title_and_the_first_names_whatever_they_are():
    for cited in all_works():
        found = parse_qsl(coins(cited), strict_parsing=True)
        assert dict(found)["rft.title"] == cited.plain_title
        names = [name.inverted for name in cited.people]
        assert [value for name, value in found if name == "rft.au"] == names[:MOST_COINS_NAMES]
