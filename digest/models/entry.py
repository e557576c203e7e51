"""One item of a digest, and the one rule of what is public."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from digest.models.note import Note
from digest.models.tag import TaggedEntry
from digest.models.window import in_window
from papers.models import Authorship, Paper

MAX_POSITION = 9_999


def order_key(date: datetime.date, position: int) -> int:
    """A sortable, unique number for an entry: descending, it gives the newest digest first, item 1 first.

    ``order_key(2024-10-30, 1) > order_key(2024-10-30, 2) > order_key(2024-10-10, 1)``.
    """
    return date.toordinal() * 10_000 + MAX_POSITION - position


class EntryQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """THE rule of what readers may see: the entry's own publication window holds ``now``.

        The workflow writes the window from the digest's, in one transaction, and only for an entry that is
        not deleted and has a live note; so no join is needed, here or in anything built on it.
        """
        return self.filter(in_window(now))

    def alive(self) -> Self:
        """Entries that no editor has deleted."""
        return self.filter(deleted_at__isnull=True)

    def for_page(self) -> Self:
        """With all that a public page shows, in four queries however many entries there are."""
        return self.select_related("paper", "digest").prefetch_related(
            Prefetch("notes", Note.objects.filter(live__isnull=False).select_related("live")),
            Prefetch("paper__authorships", Authorship.objects.select_related("author").order_by("position")),
            Prefetch("tagged_entries", TaggedEntry.objects.select_related("tag").order_by("pk")),
        )


class Entry(models.Model):
    """One item of a digest, about one paper. ``source_language`` says which of its notes is the source."""

    digest = models.ForeignKey(
        "digest.Digest", models.PROTECT, related_name="entries", verbose_name=_("digest")
    )
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="entries", verbose_name=_("paper"))
    # No unique constraint with digest: both databases refuse to swap two positions in one UPDATE.
    position = models.PositiveSmallIntegerField(_("position"))
    source_language = models.CharField(
        _("source language"), max_length=2, choices=[("ko", "한국어"), ("en", "English")], default="ko"
    )
    # Written by editing.workflow together with the digest's window and position; see order_key().
    order_key = models.BigIntegerField(unique=True, editable=False)
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    unpublish_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of what readers see; see editing.stamping. NULL: nothing since it was published.
    public_hash = models.CharField(max_length=32, blank=True, default="", editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    tags = TaggableManager(through=TaggedEntry, blank=True)
    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-order_key"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "paper"], name="entry_digest_paper_unique"),
            models.CheckConstraint(
                name="entry_position_in_range", condition=Q(position__gte=1, position__lte=MAX_POSITION)
            ),
            models.CheckConstraint(
                name="entry_source_language_known", condition=Q(source_language__in=["ko", "en"])
            ),
            models.CheckConstraint(
                name="entry_deleted_never_public",
                condition=Q(deleted_at__isnull=True) | Q(publish_at__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_unpublish_after_publish",
                condition=Q(unpublish_at__isnull=True)
                | Q(publish_at__isnull=False, unpublish_at__gt=F("publish_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest_id and self.digest} #{self.position} {self.paper}"
