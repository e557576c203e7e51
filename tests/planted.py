"""Public things, and one of every hidden kind beside them, each with a token that no public answer may hold."""

import datetime

from django.utils import timezone

from accounts.models import ApiToken, User
from digest.editing.relating import relate_papers
from digest.editing.revisions import write_references
from digest.models import (
    CheckDismissal,
    Comment,
    EditSession,
    Event,
    LostQuery,
    NoteRevision,
    Notification,
    SearchTerm,
    TagAlias,
    Term,
)
from papers.models import Author, Paper
from tests.build import build_entry, build_note

# No answer of a dynamic address may hold any of these; each is planted in every field of one hidden thing.
TOKENS = {
    "draft": "zqdraftzq",
    "scheduled": "zqscheduledzq",
    "ended": "zqendedzq",
    "deleted": "zqdeletedzq",
    "edited": "zqeditedzq",
    "desk": "zqdeskzq",
}
# A year that only hidden digests have.
HIDDEN_YEAR = 2021
# Public notes cite this paper, which has no entry of its own, so it has a page all the same.
CITED = "https://arxiv.org/abs/2305.00001"


def plant_public():
    shared = {"authors": ["Hanlin Zhang", "Kun Xu"], "tags": ["scaling-law", "비디오-생성"]}
    public = [
        build_entry(
            "2024-10-30",
            title="In both",
            ko=f"노트 {CITED} [[Second]]와 [[Hidden work]]",
            en=f"Note {CITED}",
            abstract="a",
            arxiv_id="2410.00001",
            **shared,
        ),
        build_entry("2024-10-30", title="Second", en="Note", arxiv_id="2410.00002", **shared),
        build_entry(
            "2024-05-29",
            title="Korean only",
            ko="https://arxiv.org/abs/2410.00001에 이어",
            arxiv_id="2405.00001",
            tags=["moe"],
            authors=["Kun Xu"],
        ),
        build_entry(
            "2024-03-14",
            title="English only",
            ko="",
            en="Note",
            source_language="en",
            arxiv_id="2403.00001",
            **shared,
        ),
    ]
    relate_papers(entry.paper_id for entry in public)
    return public


def plant_hidden(public):
    """One thing of every hidden kind; each also carries a public tag and a public author, as drafts do.

    Their notes mention public papers by id and by title, a paper that only public notes cite, and each other.
    """
    hour, now = datetime.timedelta(hours=1), timezone.now()
    kinds = {
        "draft": {"date": f"{HIDDEN_YEAR}-01-05", "public": False},
        "scheduled": {"date": f"{HIDDEN_YEAR}-02-05", "publish_at": now + hour},
        "ended": {"date": f"{HIDDEN_YEAR}-03-05", "unpublish_at": now - hour},
        "deleted": {"date": "2024-10-30", "publish_at": None, "deleted_at": now},
    }
    hidden = []
    for number, (kind, fields) in enumerate(kinds.items(), start=1):
        token = TOKENS[kind]
        words = dict.fromkeys(("abstract", "doi"), token) | {"title": f"Title {token}"}
        mentions = f"{token} {CITED} https://arxiv.org/abs/2410.00001 https://arxiv.org/abs/2101.9000{number}"
        words |= dict.fromkeys(("ko", "en"), f"{mentions} [[In both]] [[Title {TOKENS['draft']}]]")
        links = dict.fromkeys(("url", "project_url", "code_url"), f"https://example.org/{token}")
        names = {"authors": [f"Author {token}", "Kun Xu"], "tags": [token, "scaling-law"]}
        entry = build_entry(**words, **links, **names, **fields, arxiv_id=f"2101.0000{number}")
        TagAlias.objects.create(slug=f"old-{token}", tag=entry.tags.get(slug=token))
        hidden.append(entry)
    # A second, hidden discussion of a public paper; a namesake nobody may know of; a text being rewritten.
    build_entry(f"{HIDDEN_YEAR}-01-06", paper=public[0].paper, ko=TOKENS["draft"], tags=["moe"], public=False)
    Author.objects.create(name="Kun Xu", name_key="kun xu", homonym=7)
    note = public[0].notes.get(language="ko")
    note.body, note.rev, note.sig_rev, note.state = TOKENS["edited"], 2, 2, "draft"
    note.save()
    rewritten = f"{TOKENS['edited']} {CITED} [[Second]] [[English only]]"
    for changed in (note, public[2].notes.get()):
        write_references(NoteRevision.objects.create(note=changed, rev=2, body=rewritten))
    build_note(public[2], "en", rewritten, live=False)
    build_entry(f"{HIDDEN_YEAR}-01-07", title="Hidden work", tags=["moe"], public=False)
    plant_desk(public, hidden)
    # Whoever publishes next makes the public papers' lists anew, with all of this around.
    relate_papers(Paper.objects.values_list("pk", flat=True))
    return hidden


def plant_desk(public, hidden):
    """What editors type, say and are told, on public and hidden entries alike: each with the desk's token."""
    words, now = f"{TOKENS['desk']} {CITED} [[In both]]", timezone.now()
    user = User.objects.create(
        username=TOKENS["desk"], first_name=TOKENS["desk"], email=f"{TOKENS['desk']}@example.org"
    )
    # An entry that joins a published digest, the latest one, before it is ready.
    build_entry("2024-10-30", title=f"Title {TOKENS['desk']}", ko=words, en=words, public=False)
    # A machine's suggestion beside an English note, and an English note that is being rewritten.
    suggested = build_note(public[3], "ko", words, live=False)
    NoteRevision.objects.create(note=suggested, rev=2, body=words, origin="suggestion", author=user)
    english = public[1].notes.get(language="en")
    NoteRevision.objects.create(note=english, rev=2, body=words, author=user)
    english.body, english.rev, english.sig_rev, english.state = words, 2, 2, "changes"
    english.save()
    for entry in (*public, *hidden):
        for language in ("ko", "en"):
            EditSession.objects.create(
                entry=entry, language=language, user=user, body=words, base_rev=1, draft_at=now
            )
        for note in entry.notes.all():
            revision = note.revisions.order_by("rev").last()
            said = {"note": note, "revision": revision, "author": user}
            Comment.objects.create(**said, body=words, quote=TOKENS["desk"])
            Comment.objects.create(**said, body=words, resolved_by=user, resolved_at=now)
            CheckDismissal.objects.create(
                note=note, code="link_missing", found=TOKENS["desk"], reason=words, by=user
            )
            event = Event.objects.create(
                actor=user,
                verb="request_changes",
                object_type="note",
                object_id=note.pk,
                object_label=words,
                revision=revision,
                detail={"comment": words},
            )
            Notification.objects.create(user=user, event=event, note=note)
            note.assignee, note.due_on = user, datetime.date(HIDDEN_YEAR, 1, 1)
            note.save(update_fields=["assignee", "due_on"])
    Term.objects.create(
        ko=TOKENS["desk"], en=f"In both {TOKENS['desk']}", note=words, forbidden=TOKENS["desk"]
    )
    ApiToken.objects.create(user=user, name=TOKENS["desk"], digest="0", expires_at=now)
    # The forms of a search term are for readers, its note is not.
    SearchTerm.objects.create(forms="note\nremark", note=TOKENS["desk"])
    LostQuery.objects.create(text=TOKENS["desk"], last_day=now)
