"""Whole addresses: of the resources, and of the pages in each edition."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from digest.site.editions import BOTH, ENGLISH, KOREAN
from digest.site.rendering import reverse_in
from papers.identifiers import slugify_title
from papers.models import Author, Paper
from papers.tex import tex_to_text

_NAMES = (("both", BOTH), ("ko", KOREAN), ("en", ENGLISH))


def api_url(name: str, *args: Any) -> str:
    """The address of a resource."""
    return settings.SITE_URL + reverse(f"api:{name}", args=args)


def pages(name: str, *args: Any, anchor: str = "") -> dict[str, str]:
    """The address of a page in each edition."""
    return {key: settings.SITE_URL + reverse_in(edition, name, *args) + anchor for key, edition in _NAMES}


def paper_pages(paper: Paper) -> dict[str, str]:
    """A paper's page."""
    return pages("paper", paper.pk, slugify_title(tex_to_text(paper.title)))


def author_pages(author: Author) -> dict[str, str]:
    """A person's page."""
    return pages("author", author.pk, slugify_title(author.name))


def web_link(url: str) -> str | None:
    """The address if a browser may be sent there: http and https only."""
    return url if url.lower().startswith(("https://", "http://")) else None
