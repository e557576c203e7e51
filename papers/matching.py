"""Finding the paper and the people a seed means, and writing a byline."""

from collections.abc import Sequence

from papers.identifiers import name_key, title_key
from papers.models import Author, Authorship, Paper


def match_paper(title: str, authors: Sequence[str], *, arxiv_id: str | None = None) -> Paper | None:
    """The known paper with this arXiv id, else with this title, or None.

    Two works may share a title: if both bylines are known and have no name in common, or both arXiv ids are
    known and differ, they are two papers.
    """
    if arxiv_id and (known := Paper.objects.filter(arxiv_id=arxiv_id).first()):
        return known
    names = {name_key(name) for name in authors}
    candidates = (
        Paper.objects.filter(title_key=title_key(title)).order_by("pk").prefetch_related("authorships")
    )
    for paper in candidates:
        if arxiv_id and paper.arxiv_id:
            continue
        printed = {name_key(authorship.printed_name) for authorship in paper.authorships.all()}
        if not names or not printed or names & printed:
            return paper
    return None


def byline(paper: Paper) -> list[str]:
    """The names as printed, in order."""
    return [authorship.printed_name for authorship in paper.authorships.order_by("position")]


def set_byline(paper: Paper, names: Sequence[str]) -> bool:
    """Make the byline exactly ``names``; answers whether it changed. Raises ValidationError for an unfit name.

    The k-th equal name is homonym k of that name, so "Kun Xu, Kun Xu" are two people. A name already on this
    byline keeps its person, also where editors have merged or split people since.
    """
    before = list(paper.authorships.select_related("author").order_by("position"))
    if [authorship.printed_name for authorship in before] == list(names):
        return False
    rows = [
        Authorship(paper=paper, position=place, printed_name=name)
        for place, name in enumerate(names, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["paper", "author"], validate_constraints=False)
    numbered = numbered_names(names)
    people = dict(
        zip(numbered_names([authorship.printed_name for authorship in before]), before, strict=True)
    )
    known = {key: authorship.author for key, authorship in people.items()}
    known = _authors(names, numbered, known)
    paper.authorships.all().delete()
    used: set[int] = set()
    for row, key in zip(rows, numbered, strict=True):
        author = known[key]
        while author.pk in used:  # two spellings that editors merged into one person, on one byline
            author = _next_homonym(author)
        used.add(author.pk)
        row.author = author
    Authorship.objects.bulk_create(rows)
    return True


def numbered_names(names: Sequence[str]) -> list[tuple[str, int]]:
    """(name key, how many equal names so far) for each name: the identity of a person within one byline."""
    counts: dict[str, int] = {}
    numbered = []
    for name in names:
        key = name_key(name)
        counts[key] = counts.get(key, 0) + 1
        numbered.append((key, counts[key]))
    return numbered


def _authors(
    names: Sequence[str], numbered: Sequence[tuple[str, int]], known: dict[tuple[str, int], Author]
) -> dict[tuple[str, int], Author]:
    """The people for every key: those in ``known``, those stored, and new rows for the rest. Two queries."""
    stored = {
        (author.name_key, author.homonym): author
        for author in Author.objects.filter(name_key__in=[key for key, _k in numbered])
    }
    people = stored | known
    new = {}
    for name, (key, homonym) in zip(names, numbered, strict=True):
        if (key, homonym) not in people:
            author = Author(name=name, name_key=key, homonym=homonym)
            author.full_clean(validate_unique=False, validate_constraints=False)
            new[key, homonym] = author
    for author in Author.objects.bulk_create(new.values()):
        people[author.name_key, author.homonym] = author
    return people


def _next_homonym(author: Author) -> Author:
    following, _created = Author.objects.get_or_create(
        name_key=author.name_key, homonym=author.homonym + 1, defaults={"name": author.name}
    )
    return following
