"""A digest from what an editor types: a whole one in the seed grammar, or one entry by its paper."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.arranging import add_entry
from digest.editing.errors import Refused
from digest.editing.import_report import FileReport
from digest.editing.importing import Importer
from digest.editing.locking import lock_catalogue
from digest.editing.rights import require
from digest.models import Digest, Entry, SourceFile
from digest.text.seeds import parse_seed
from papers.characters import forbidden_character
from papers.discovery import paper_links
from papers.matching import match_paper, set_byline
from papers.models import Paper

# What an import may touch beside notes, whose right is asked language by language where a text is written.
COMPOSE_RIGHTS = (
    "digest.add_digest",
    "digest.change_digest",
    "digest.add_entry",
    "digest.change_entry",
    "papers.add_paper",
    "papers.change_paper",
)
_LONGEST_NAME = 255


def may_compose(user: User) -> bool:
    """May import a whole digest as draft: all that an import may touch, notes aside."""
    return user.has_perms(COMPOSE_RIGHTS)


def import_draft(*, content: bytes, by: User, name: str = "") -> FileReport:
    """Import a seed as ``import_seeds --as-draft`` does, as ``by``: three-way, whole or not at all.

    ``name`` is the uploaded file's, empty for pasted text. Raises NotAllowed; what is wrong with the text, or may
    not be written by ``by``, stands in the report with its line, and then nothing was written.
    """
    for right in COMPOSE_RIGHTS:
        require(by, right)
    digest = parse_seed(content).digest
    importer = Importer(as_draft=True, by=by)
    known_as = source_name(digest.date, name) if digest else name
    (report,) = importer.run([(known_as, content)])
    importer.finish()
    return report


def source_name(date: datetime.date, upload: str = "") -> str:
    """The file name an import of ``date`` goes by: the one its digest is known by, else the upload's, else the date.

    An upload whose name another digest's file holds goes by its date: editors call every file ``digest.txt``.
    """
    known = SourceFile.objects.filter(digest__date=date).values_list("name", flat=True).first()
    if known:
        return known
    upload = upload.replace("\\", "/").rpartition("/")[2].strip()[:_LONGEST_NAME]
    if upload and not forbidden_character(upload) and not SourceFile.objects.filter(name=upload).exists():
        return upload
    return f"{date.isoformat()}.txt"


@transaction.atomic
def add_paper_entry(
    *,
    digest: Digest,
    title: str,
    authors: Sequence[str],
    by: User,
    abstract: str = "",
    arxiv_id: str | None = None,
    url: str = "",
) -> Entry:
    """Add an entry at the end of ``digest``, about the known paper of that arXiv id or title, else about a new one.

    A known paper is left as it is. Raises NotAllowed; Refused if the digest has an entry on it, deleted or not;
    ValidationError for what cannot be stored.
    """
    require(by, "digest.add_entry")
    # First, as an import takes it: the other way round the two wait for each other.
    lock_catalogue()
    # Two people adding at once must not take the same position.
    digest = Digest.objects.select_for_update().get(pk=digest.pk)
    paper = find_or_add_paper(
        title=title, authors=authors, abstract=abstract, arxiv_id=arxiv_id, url=url, by=by
    )
    refuse_twice(digest, paper)
    return add_entry(digest, paper, by=by)


def find_or_add_paper(
    *, title: str, authors: Sequence[str], abstract: str, by: User, arxiv_id: str | None = None, url: str = ""
) -> Paper:
    """The known paper of that arXiv id or title as it stands, else a new one. Call inside a transaction.

    Raises NotAllowed for a new one without the right to papers; ValidationError for what cannot be stored.
    """
    lock_catalogue()
    known = match_paper(title, authors, arxiv_id=arxiv_id)
    if known is not None:
        return known
    require(by, "papers.add_paper")
    links = paper_links(abstract)
    paper = Paper(
        title=title,
        abstract=abstract,
        arxiv_id=arxiv_id,
        url=url,
        project_url=links.project,
        code_url=links.code,
    )
    paper.full_clean()
    paper.save()
    set_byline(paper, authors)
    return paper


def refuse_twice(digest: Digest, paper: Paper) -> None:
    """Raise Refused if ``digest`` has an entry on ``paper``."""
    there = Entry.objects.filter(digest=digest, paper=paper).first()
    if there and there.deleted_at:
        raise Refused(
            _("This digest has a deleted entry on this paper; bring it back instead."), code="deleted"
        )
    if there:
        raise Refused(_("This digest has an entry on this paper already."), code="twice")
