"""A digest's rows as a seed file again."""

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from digest.editing.tagging import find_tags
from digest.models import Digest, Entry
from digest.text.languages import EN, KO
from digest.text.markdown_out import format_markdown
from digest.text.seed_format import format_digest, format_over
from digest.text.seeds import SeedDigest, SeedEntry, parse_seed
from digest.text.tags import tag_slug
from papers.identifiers import arxiv_url


def export_name(digest: Digest) -> str:
    """The file's name: the one it was imported from, else the date."""
    source = getattr(digest, "source_file", None)
    return source.name if source else f"{digest.date.isoformat()}.txt"


def export_digest(digest: Digest, *, live: bool = False, now: datetime.datetime | None = None) -> bytes:
    """The digest as the desk has it now (working copies, drafts too), or ``live`` as readers see it at ``now``; UTF-8.

    What nobody touched since the import keeps its bytes: an untouched digest comes out as it went in. Raises
    ValueError for a digest that the grammar cannot hold, such as one without entries.
    """
    source = getattr(digest, "source_file", None)
    rows = _entries(digest, live=live, now=now)
    spelled = _tags_in_file(bytes(source.content)) if source and any(map(_without_base, rows)) else {}
    entries = tuple(_seed_entry(entry, live=live, spelled=spelled) for entry in rows)
    seed = SeedDigest(date=digest.date, entries=entries, line=1)
    return format_over(seed, bytes(source.content)) if source else format_digest(seed).encode()


def export_markdown(digest: Digest, *, live: bool = False) -> str:
    """The digest as Markdown for a letter or another site; ``live`` as in ``export_digest``."""
    entries = _entries(digest, live=live)
    seed = SeedDigest(
        date=digest.date, entries=tuple(_seed_entry(entry, live=live) for entry in entries), line=1
    )
    papers = [entry.paper for entry in entries]
    return format_markdown(
        seed, [arxiv_url(paper.arxiv_id) if paper.arxiv_id else paper.url for paper in papers]
    )


def _entries(digest: Digest, *, live: bool, now: datetime.datetime | None = None) -> list[Entry]:
    chosen = digest.entries.published(now) if live else digest.entries.alive()
    rows = chosen.order_by("position", "pk").select_related("paper")
    return list(
        rows.prefetch_related("notes__live", "import_bases", "tagged_entries__tag", "paper__authorships")
    )


def _without_base(entry: Entry) -> bool:
    """True for an entry that came from an archive: its file is known, what the import read in it is not."""
    return not entry.import_bases.all()


def _tags_in_file(content: bytes) -> dict[str, tuple[str, ...]]:
    parsed = parse_seed(content).digest
    return {entry.title: entry.tags for entry in parsed.entries} if parsed else {}


def _seed_entry(
    entry: Entry, *, live: bool, spelled: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> SeedEntry:
    if live:
        notes = {note.language: note.live.body for note in entry.notes.all() if note.live}
    else:
        notes = {note.language: note.body for note in entry.notes.all()}
    authorships = sorted(entry.paper.authorships.all(), key=lambda authorship: authorship.position)
    return SeedEntry(
        title=entry.paper.title,
        authors=tuple(authorship.printed_name for authorship in authorships),
        abstract=entry.paper.abstract,
        ko=notes.get(KO, ""),
        en=notes.get(EN, ""),
        tags=tuple(_tag_names(entry, spelled.get(entry.paper.title, ()))),
    )


def _tag_names(entry: Entry, in_file: Sequence[str]) -> list[str]:
    """The tags in the file's own spelling and order where they are still the same tags."""
    tags = [row.tag for row in sorted(entry.tagged_entries.all(), key=lambda row: row.pk)]
    spelled: list[str] = next(
        (base.text.split() for base in entry.import_bases.all() if base.field == "tags"), list(in_file)
    )
    found = find_tags(spelled) if spelled else {}
    slugs = {tag_slug(name) for name in spelled}
    # A tag that is gone altogether was taken away, too: its name must not come back from the file.
    if slugs <= found.keys() and {found[slug].pk for slug in slugs} == {tag.pk for tag in tags}:
        return spelled
    return [tag.name for tag in tags]
