"""The addresses of the twins, made from those of the pages, so that a new page has one at once."""

from collections.abc import Sequence

from django.urls import URLPattern, URLResolver, include, path

from digest.site.twins.answers import twin
from digest.site.twins.paths import HOME, NAMESPACE, WITHOUT


def twins_of(patterns: Sequence[URLPattern | URLResolver]) -> URLResolver:
    """The twins of the pages among the site's addresses, to be included beside them."""
    pages = [pattern for pattern in patterns if isinstance(pattern, URLPattern) and is_page(pattern)]
    twins = [
        path(f"{str(page.pattern).removesuffix('/') or HOME}.md", twin(page.callback), name=page.name)
        for page in pages
        if page.name not in WITHOUT
    ]
    return path("", include((twins, NAMESPACE)))


def is_page(pattern: URLPattern) -> bool:
    """Whether an address is a page's: the home page, or one that ends in a slash. Others are files already."""
    route = str(pattern.pattern)
    return not route or route.endswith("/")
