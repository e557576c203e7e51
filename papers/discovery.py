"""What an abstract tells about a paper's own pages. Pure."""

import re
from typing import NamedTuple

from papers.links import url_at

_CODE_HOSTS = ("github.com", "gitlab.com", "huggingface.co", "bitbucket.org")
_HTTP = re.compile("https?://", re.IGNORECASE)


class PaperLinks(NamedTuple):
    """A paper's own project page and code; empty where the abstract names none."""

    project: str = ""
    code: str = ""


def paper_links(abstract: str) -> PaperLinks:
    """The project page and the code that an abstract names: the first URL of each sort.

    A code host means code, any other host the project page. arXiv and DOI links cite other works and are
    left out: an identifier is never guessed.
    """
    links: dict[str, str] = {}
    for match in _HTTP.finditer(abstract):
        found = url_at(abstract, match.start())
        if found is None or len(found.url) > 500:
            continue
        host = found.url.split("/")[2].lower().removeprefix("www.")
        if host.endswith(("arxiv.org", "doi.org")):
            continue
        links.setdefault("code" if host in _CODE_HOSTS else "project", found.url)
    return PaperLinks(**links)
