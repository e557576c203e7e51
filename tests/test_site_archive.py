"""The proof of archives: out of one site and into an empty one, an anonymous walk over both gives the same bytes.

The first site is taken back with its transaction, so that the second begins empty in the same database, whichever that is.
"""

import datetime
import random
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from digest.editing.indexing import index_papers
from digest.editing.relating import relate_papers
from digest.editing.revisions import write_references
from digest.editing.tagging import merge_tags, rename_tag
from digest.management.corpus.writing import make_files
from digest.models import Digest, Entry, Note, NoteRevision, SearchTerm, Tag
from digest.text.seeds import parse_seed
from papers.models import Author, Paper
from papers.people import merge_authors
from tests.addresses import EDITIONS, paths_of
from tests.archives import export, members, take_in
from tests.build import import_files
from tests.digest.management.test_crash import manage
from tests.indexed import build_indexes
from tests.links import visit
from tests.planted import TOKENS, plant_hidden, plant_public
from tests.serve import Server

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
# Beside what links lead to: a renamed tag by its old address, and what is not there.
MORE = ("/tags/moe/", "/en/tags/moe/", "/tags/never/", "/archive.zip", "/nowhere/")


def populate(files, paul):
    """A site in which people have worked: seeds, edits, merges, and one of every hidden kind beside them."""
    import_files(files)
    public = plant_public()
    tag, target = Tag.objects.published().order_by("slug")[:2]
    merge_tags(source=tag, target=target, by=paul)
    rename_tag(tag=Tag.objects.get(slug="moe"), name="Mixture-of-Experts", by=paul)
    Tag.objects.filter(slug="mixture-of-experts").update(label_ko="전문가 혼합", description="Sparse.")
    apart = Author.objects.order_by("pk").values_list("pk", flat=True)
    merge_authors(source=Author.objects.get(pk=apart[20]), target=Author.objects.get(pk=apart[0]))
    note = Note.objects.filter(language="ko", entry__digest__source_file__isnull=False).order_by("pk")[3]
    note.live = NoteRevision.objects.create(
        note=note, rev=2, body="고쳐서 공개한 글 [[Second]]", origin="edit"
    )
    note.body, note.rev = note.live.body, 2
    note.save()
    write_references(note.live)
    plant_hidden(public)
    # An entry of an imported digest goes, and one that stays will end.
    gone = Entry.objects.filter(digest__source_file__isnull=False).order_by("-order_key")[1]
    Entry.objects.filter(pk=gone.pk).update(publish_at=None, deleted_at=timezone.now())
    Digest.objects.filter(pk=gone.digest_id).update(changed_at=timezone.now())
    soon = timezone.now() + datetime.timedelta(days=9)
    Entry.objects.filter(pk=public[0].pk).update(unpublish_at=soon)
    SearchTerm.objects.create(forms="배치\nbatch\nbsz")
    index_papers(Paper.objects.values_list("pk", flat=True))
    Entry.objects.published().filter(pk=public[1].pk).update(changed_at=F("publish_at"))
    relate_papers(Paper.objects.values_list("pk", flat=True))
    build_indexes()
    return public


def walk(starts, alone, most=None):
    """{address: what anybody gets there}, headers and all; from ``starts`` on by links, and of ``alone`` each by itself."""
    cache.clear()
    server = Server()
    answers = visit(server, starts, most=most, rng=random.Random(5) if most else None)
    answers |= {path: server.get(path) for path in alone}
    return {path: (answer.status, answer.headers, answer.body) for path, answer in answers.items()}


def there_and_back(files, paul, path, *, most, editions=EDITIONS):
    """The walk before, the walk after, and the files of the archive."""
    with transaction.atomic():
        public = populate(files, paul)
        # What narrows a search leads to every combination there is, so searches are asked and not followed.
        alone = [*paths_of(public, editions), *MORE]
        doors = [reverse(f"{edition}:home") for edition in EDITIONS]
        before = walk(doors, alone, most)
        archive = export(path)
        transaction.set_rollback(True)
    assert not Paper.objects.exists()
    take_in(path)
    # The same addresses again: from the smallest difference on, another walk would take other ways.
    after = walk([], list(before))
    return before, after, archive


def differences(before, after):
    return sorted({path for path in before.keys() | after.keys() if before.get(path) != after.get(path)})


@pytest.mark.django_db
def test_an_anonymous_walk_over_the_restored_site_gives_the_same_bytes(tmp_path, paul):
    path = tmp_path / "site.zip"
    files = [(file.name, file.read_bytes()) for file in SEEDS[1:2]]
    before, after, archive = there_and_back(files, paul, path, most=100, editions=["site"])
    assert len(before) > 200
    assert {status for status, _, _ in before.values()} >= {200, 301, 404}
    assert differences(before, after) == []
    text = "\n".join(archive) + b"\n".join(archive.values()).decode()
    assert {token for token in TOKENS.values() if token in text} == set()
    again = tmp_path / "again.zip"
    export(again)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.long
@pytest.mark.django_db
def test_a_large_site_comes_back_byte_for_byte_and_through_the_other_database(tmp_path, paul):
    path = tmp_path / "site.zip"
    files = [(file.name, file.read_bytes()) for file in SEEDS]
    taken = {parse_seed(content).digest.date for _name, content in files}
    files += [(name, content) for name, content, digest in make_files(120, 7) if digest.date not in taken]
    before, after, archive = there_and_back(files, paul, path, most=1_000)
    assert len(before) >= 1_000
    assert differences(before, after) == []
    text = "\n".join(archive) + b"\n".join(archive.values()).decode()
    assert {token for token in TOKENS.values() if token in text} == set()
    # Through a SQLite file of its own and out again; with DATABASE_URL=postgres://… the first was PostgreSQL.
    other = tmp_path / "other.sqlite3"
    assert manage(other, "migrate").wait() == 0
    assert manage(other, "import_site", path).wait() == 0
    assert manage(other, "import_site", path).wait() == 2
    assert manage(other, "export_site", tmp_path / "other.zip").wait() == 0
    assert manage(other, "rebuild_search", "--check").wait() == 0
    found = members(tmp_path / "other.zip")
    assert [name for name in archive if archive[name] != found.get(name)] == []
    assert (tmp_path / "other.zip").read_bytes() == path.read_bytes()
