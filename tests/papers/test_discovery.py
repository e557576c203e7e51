import pytest

from papers.discovery import PaperLinks, paper_links


@pytest.mark.parametrize(
    ("abstract", "links"),
    [
        (
            "Project page: https://task-vectors-are-cross-modal.github.io.",
            PaperLinks("https://task-vectors-are-cross-modal.github.io"),
        ),
        (
            "Our code is at: https://github.com/shikiw/Modality-Integration-Rate.",
            PaperLinks("", "https://github.com/shikiw/Modality-Integration-Rate"),
        ),
        (
            "Pages https://a.example/x and code (https://github.com/a/b), also https://github.com/c/d.",
            PaperLinks("https://a.example/x", "https://github.com/a/b"),
        ),
        ("We extend https://arxiv.org/abs/2408.16357 and https://doi.org/10.1/x.", PaperLinks()),
        ("No link; notgithub.com is not a URL.", PaperLinks()),
        ("", PaperLinks()),
    ],
)
def test_paper_links_found_in_abstract(abstract, links):
    assert paper_links(abstract) == links
