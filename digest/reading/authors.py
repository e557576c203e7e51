"""An author with all their public papers, and the people they wrote them with."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from digest.models import Entry, Tag, published_authors, published_papers
from digest.reading.entries import PublicEntry, read_short
from papers.models import Author

COAUTHORS = 20


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """A person on the same bylines, and on how many of them."""

    pk: int
    name: str
    homonym: int
    papers: int


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """``entries`` holds each paper once, by its newest entry; ``same_name`` the other people of that name.

    ``coauthors`` are the twenty most frequent, ``tags`` all of their papers' with counts, both by count.
    """

    author: Author
    entries: list[PublicEntry]
    same_name: list[Author]
    coauthors: list[CoAuthor]
    tags: list[tuple[Tag, int]]


def public_author(author_id: int) -> Author | None:
    """The author, if one of their papers is public."""
    return published_authors().filter(pk=author_id).first()


def author_page(author_id: int) -> AuthorPage | None:
    """An author's public papers, newest first; None if there are none."""
    author = public_author(author_id)
    if author is None:
        return None
    by_author = Entry.objects.published().filter(paper__authorships__author=author).order_by("-order_key")
    newest: dict[int, PublicEntry] = {}
    # Pairs in a dict, because one paper may have several entries with the same tag.
    tagged: dict[tuple[Tag, int], None] = {}
    for entry in read_short(by_author):
        newest.setdefault(entry.paper.pk, entry)
        for tag in entry.tags:
            tagged[tag, entry.paper.pk] = None
    others = published_authors().filter(name_key=author.name_key).exclude(pk=author.pk).order_by("homonym")
    return AuthorPage(
        author=author,
        entries=list(newest.values()),
        same_name=list(others),
        coauthors=_coauthors(author),
        tags=sorted(Counter(tag for tag, _ in tagged).items(), key=lambda row: (-row[1], row[0].slug)),
    )


def _coauthors(author: Author) -> list[CoAuthor]:
    """From the author's papers to all names on them; a byline of two hundred makes two hundred rows, no more."""
    theirs = published_papers().filter(authorships__author=author).values("pk")
    columns = ("authorships__author", "authorships__author__name", "authorships__author__homonym")
    counted = (
        published_papers()
        .filter(pk__in=theirs)
        .values_list(*columns)
        .annotate(papers=Count("pk"))
        .order_by("-papers", "authorships__author__name", "authorships__author")
    )
    # The author is on all of them and so among the first, unless many share every paper.
    found = [CoAuthor(*row) for row in counted[: COAUTHORS + 1]]
    return [person for person in found if person.pk != author.pk][:COAUTHORS]
