"""All of an import that needs nothing but a file's bytes, so that it can be done in another process."""

from dataclasses import dataclass, field

from digest.text.analysis.documents import FieldTerms, field_terms
from digest.text.markup import NoteLink, note_links
from digest.text.seed_parse import parse_seed
from digest.text.seed_rows import SeedFile


@dataclass(frozen=True, slots=True)
class PreparedSeed:
    """A seed file as it was read; the links of its notes and the terms of its texts, each by the text itself."""

    file: SeedFile
    links: dict[str, list[NoteLink]] = field(default_factory=dict)
    terms: dict[str, FieldTerms] = field(default_factory=dict)


def prepare_seed(content: bytes, engine: str | None) -> PreparedSeed:
    """Read a seed file and, with the search index's ``engine``, analyse what it will be asked for."""
    prepared = PreparedSeed(parse_seed(content))
    for entry in prepared.file.digest.entries if prepared.file.digest else ():
        for body in filter(None, (entry.ko, entry.en)):
            prepared.links[body] = note_links(body)
        if engine is not None:
            texts = (entry.title, byline_text(entry.authors), entry.abstract, entry.ko, entry.en)
            prepared.terms.update((text, field_terms(text, engine)) for text in texts)
    return prepared


def byline_text(names: tuple[str, ...] | list[str]) -> str:
    """The names as the index takes them: one a line, each once."""
    return "\n".join(dict.fromkeys(names))
