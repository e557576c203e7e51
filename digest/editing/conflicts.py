"""Deciding an import conflict: keep ours, take the file's text, or write a merged one."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.indexing import index_papers
from digest.editing.locking import lock_catalogue
from digest.editing.revisions import lock_note
from digest.editing.rights import require
from digest.editing.workflow import save_note
from digest.models import Entry, ImportBase, ImportConflict, ImportFlag, NoteRevision
from digest.text.clean import normalise_line, normalise_newlines, normalise_note
from digest.text.languages import LANGUAGES
from papers.identifiers import title_key
from papers.matching import byline, set_byline
from papers.models import Paper

_RESOLUTIONS = ImportConflict.Resolution


@transaction.atomic
def resolve_conflict(
    *, conflict: ImportConflict, by: User, resolution: str, text: str = "", seen: str | None = None
) -> ImportConflict:
    """Close a conflict as ``ours``, ``incoming`` or ``merged`` (with ``text``); the next import starts from the file.

    ``seen`` is our text as the page showed it: if it moved on since, nothing is written. Raises NotAllowed;
    Refused for a resolved conflict; ValidationError for text that cannot be stored.
    """
    require(by, "digest.change_importconflict")
    conflict = _locked(conflict)
    ours = present_text(conflict)
    if seen is not None and _normal(conflict.field, seen) != ours:
        raise Refused(
            _("Our text has changed since the page was shown; read it and decide again."), code="moved_on"
        )
    wanted: dict[str, str] = {
        _RESOLUTIONS.OURS: ours,
        _RESOLUTIONS.INCOMING: conflict.incoming,
        _RESOLUTIONS.MERGED: text,
    }
    if resolution not in wanted:
        raise Refused(_("There is no such resolution."), code="unknown_resolution")
    now = timezone.now()
    _write(conflict, _normal(conflict.field, wanted[resolution]), ours, by, now)
    ImportBase.objects.update_or_create(
        entry=conflict.entry,
        field=conflict.field,
        defaults={"text": conflict.incoming, "source_file": conflict.source_file, "line": conflict.line},
    )
    conflict.resolved_at, conflict.resolved_by, conflict.resolution = now, by, resolution
    conflict.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    record("resolve", conflict, by=by, now=now, field=conflict.field, resolution=resolution)
    return conflict


@transaction.atomic
def resolve_flag(*, flag: ImportFlag, by: User) -> ImportFlag:
    """Say that someone has looked at a doubtful place of a file."""
    require(by, "digest.change_importflag")
    flag = ImportFlag.objects.select_for_update().get(pk=flag.pk)
    if flag.resolved_at is None:
        flag.resolved_at = timezone.now()
        flag.save(update_fields=["resolved_at"])
        record("resolve", flag, by=by, now=flag.resolved_at)
    return flag


def present_text(conflict: ImportConflict) -> str:
    """What our field says now, in the form a conflict holds it."""
    entry = conflict.entry
    if conflict.field in LANGUAGES:
        note = entry.notes.filter(language=conflict.field).first()
        return note.body if note else ""
    if conflict.field == "authors":
        return "\n".join(byline(entry.paper))
    return str(getattr(Paper.objects.get(pk=entry.paper_id), conflict.field))


def _locked(conflict: ImportConflict) -> ImportConflict:
    locked = ImportConflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if locked.resolved_at is not None:
        raise Refused(_("This conflict is resolved already."), code="resolved")
    if locked.field == "tags":
        raise Refused(_("Tags are merged by the import and never in conflict."), code="tags")
    locked.entry = Entry.objects.select_related("digest", "paper").get(pk=locked.entry_id)
    return locked


def _normal(field: str, text: str) -> str:
    """A text as its field stores it."""
    if field in LANGUAGES:
        return normalise_note(text)
    if field == "authors":
        names = (normalise_line(line) for line in normalise_newlines(text).split("\n"))
        return "\n".join(name for name in names if name)
    return normalise_line(text) if field == "title" else normalise_newlines(text).strip()


def _write(conflict: ImportConflict, text: str, ours: str, by: User, now: datetime.datetime) -> None:
    """Give the field its decided text, with the rights that the field asks for. Unchanged: nothing."""
    if text == ours:
        return
    if conflict.field in LANGUAGES:
        note = lock_note(conflict.entry, conflict.field)
        save_note(
            entry=conflict.entry,
            language=conflict.field,
            body=text,
            by=by,
            rev=note.rev,
            origin=NoteRevision.Origin.MERGE,
            now=now,
        )
        return
    require(by, "papers.change_paper")
    lock_catalogue()
    paper = Paper.objects.select_for_update().get(pk=conflict.entry.paper_id)
    if conflict.field == "authors":
        set_byline(paper, text.split("\n") if text else [])
    else:
        setattr(paper, conflict.field, text)
        paper.title_key = title_key(paper.title)
        paper.full_clean()
        paper.save()
    index_papers([paper.pk])
