"""Where the Markdown twin of a page is: at the page's own address, with ``.md`` in place of the last slash."""

from digest.site.editions import EDITIONS

# Within each edition's namespace, under the page's own name: ``en:md:digest``.
NAMESPACE = "md"
HOME = "index"
# Pages of the URLconf without a twin, and why.
WITHOUT = {
    "reading_list": "the list is on the reader's device; the page itself holds nothing",
    "offline": "what a browser shows without a network",
    "search_suggest": "JSON, not a page",
}


def twin_path(address: str) -> str:
    """The twin's path for the path of a page, its query kept: ``/tags/moe/?before=3`` → ``/tags/moe.md?before=3``."""
    page, mark, query = address.partition("?")
    if any(page == edition.home for edition in EDITIONS):
        return f"{page}{HOME}.md{mark}{query}"
    return f"{page.removesuffix('/')}.md{mark}{query}"
