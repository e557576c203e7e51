"""The entries of one digest on its page: their list, their order, and adding one by its paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from digest.desk.cards import stale_languages
from digest.desk.digest_forms import PaperEntryForm
from digest.desk.digest_pages import DigestPages
from digest.desk.pages import whole_number
from digest.editing.arranging import arrange_entries, present_order
from digest.editing.composing import add_paper_entry
from digest.editing.errors import Refused
from digest.models import Digest, Entry, TaggedEntry
from digest.text.clean import normalise_line
from digest.text.languages import LANGUAGES
from papers.arxiv import ArxivFailed, fetch_paper, is_on
from papers.fields import validate_characters
from papers.identifiers import arxiv_url, normalise_arxiv_id
from papers.links import whole_url
from papers.matching import match_paper

# A title is at most 500 characters, an address may be longer.
LONGEST_ABOUT = 2_000


class EntryPages(DigestPages):
    """Mixed into the digest's admin."""

    def entry_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/order/", wrap(self.order_view), name="digest_digest_order"),
            path("<int:pk>/entry/", wrap(self.add_entry_view), name="digest_digest_entry"),
        ]

    @method_decorator(require_POST)
    def order_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Order the entries by the numbers typed, or move one by a step; equal numbers keep their present order.

        ``order`` is the order the page showed. Asked for JSON, the answer is the new order and a sentence.
        """
        digest = self.object_or_404(request, pk)
        if not self.has_change_permission(request, digest):
            raise PermissionDenied
        seen = [whole_number(text) for text in request.POST.get("order", "").split(",")]
        try:
            arrange_entries(digest, _wanted_order(request.POST, digest), by=request.user, seen=seen)
        except ValidationError as error:
            done, words = False, " ".join(error.messages)
        else:
            done, words = True, str(_("Order saved."))
        if request.headers.get("Accept") == "application/json":
            order = ",".join(map(str, present_order(digest)))
            return JsonResponse({"order": order, "message": words}, status=200 if done else 409)
        (messages.success if done else messages.error)(request, words)
        return self.to_digest(pk)

    def add_entry_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add an entry: what the digest's page asked about is looked up and shown; the form's own button adds it."""
        digest = self.object_or_404(request, pk)
        if not request.user.has_perm("digest.add_entry"):
            raise PermissionDenied
        adding = request.method == "POST" and "about" not in request.POST
        found = self._look_up(request) if request.method == "POST" and not adding else {}
        form = PaperEntryForm(request.POST) if adding else PaperEntryForm(initial=found)
        if adding and form.is_valid() and self._add_entry(request, digest, form):
            return self.to_digest(pk)
        known = None
        if found.get("title") or found.get("arxiv_id"):
            names = found.get("authors", "").split("\n") if found.get("authors") else []
            known = match_paper(found.get("title", ""), names, arxiv_id=found.get("arxiv_id"))
        context = self.page_context(request, digest, _("Add entry")) | {
            "form": form,
            "known": known,
            "fetched": arxiv_url(found["arxiv_id"]) if found.get("title") and "arxiv_id" in found else "",
        }
        if known and not found.get("title"):
            form.initial |= {"title": known.title}
        return TemplateResponse(request, "admin/digest/digest/entry.html", context)

    def _look_up(self, request: HttpRequest) -> dict[str, str]:
        """What the form begins with: from arXiv where the site may ask it, else what was typed."""
        about = normalise_line(request.POST["about"][:LONGEST_ABOUT])
        try:
            validate_characters(about)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return {}
        arxiv_id = normalise_arxiv_id(about)
        if arxiv_id is None:
            return {"url": about} if whole_url(about) else {"title": about}
        if is_on():
            try:
                paper = fetch_paper(arxiv_id)
            except ArxivFailed as failure:
                messages.warning(request, str(failure))
            else:
                return {
                    "title": paper.title,
                    "authors": "\n".join(paper.authors),
                    "abstract": paper.abstract,
                    "arxiv_id": arxiv_id,
                }
        return {"arxiv_id": arxiv_id}

    def _add_entry(self, request: HttpRequest, digest: Digest, form: PaperEntryForm) -> bool:
        try:
            entry = add_paper_entry(digest=digest, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error)
        except ValidationError as error:
            # Errors of a model name the model's fields, which this form may lack.
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Added: %(title)s") % {"title": entry.paper.title})
            return True
        return False


def digest_rows(digest: Digest) -> list[dict[str, Any]]:
    """The digest's entries for its page, in order, in four queries."""
    rows = []
    tagged = TaggedEntry.objects.select_related("tag").order_by("pk")
    entries = digest.entries.alive().select_related("paper").order_by("position", "pk")
    for entry in entries.prefetch_related("notes__live", Prefetch("tagged_entries", tagged)):
        notes = {note.language: note for note in entry.notes.all() if note.rev}
        stale = stale_languages(notes, entry.source_language)
        sides = [(notes.get(language), language in stale) for language in LANGUAGES]
        tags = " ".join(f"#{row.tag.name}" for row in entry.tagged_entries.all())
        rows.append({"entry": entry, "sides": sides, "tags": tags})
    return rows


def _wanted_order(posted: QueryDict, digest: Digest) -> list[Entry]:
    """The entries in the order asked for. Raises Refused if the form does not name one."""
    entries = list(digest.entries.alive().order_by("position", "pk"))
    if "move" in posted:
        return _moved(entries, posted["move"])
    typed = {entry.pk: posted.get(f"position_{entry.pk}", "") for entry in entries}
    if not all(text.isascii() and text.isdecimal() and len(text) < 6 for text in typed.values()):
        raise Refused(_("Give every entry a number; the page may be out of date."), code="numbers")
    return sorted(entries, key=lambda entry: int(typed[entry.pk]))


def _moved(entries: list[Entry], move: str) -> list[Entry]:
    """``up:12`` or ``down:12``: entry 12 one place further; at the end of the list it stays."""
    direction, _colon, number = move.partition(":")
    places = {entry.pk: place for place, entry in enumerate(entries)}
    place = places.get(whole_number(number))
    if place is None or direction not in ("up", "down"):
        raise Refused(_("There is no such entry in this digest."), code="unknown_entry")
    other = place + (1 if direction == "down" else -1)
    if 0 <= other < len(entries):
        entries[place], entries[other] = entries[other], entries[place]
    return entries
