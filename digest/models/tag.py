"""Tags on entries: taggit's interface, our own rows, and the old spellings that still lead to them."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from digest.models.window import in_window
from papers.fields import LineField, ProseField


class TagQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """Tags that at least one entry readers may see carries."""
        return self.filter(Exists(TaggedEntry.objects.published(now).filter(tag=OuterRef("pk"))))


class Tag(TagBase):
    """A tag. ``slug`` is its identity: spellings that differ by case, ``_`` or ``-`` share it (text/tags.py)."""

    name = LineField(_("name"), max_length=100, unique=True)
    slug = LineField(_("address"), max_length=200, unique=True, editable=False)
    label_ko = LineField(_("Korean label"), max_length=100, blank=True)
    description = ProseField(_("description"), max_length=2_000, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(name="tag_name_not_empty", condition=~Q(name="")),
            models.CheckConstraint(name="tag_slug_not_empty", condition=~Q(slug="")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("site:tag", args=[self.slug])


class TagAlias(models.Model):
    """An old address of a tag, after a rename or a merge; it redirects, and imports follow it."""

    slug = LineField(_("old address"), max_length=200, unique=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))

    class Meta:
        verbose_name = _("old tag spelling")
        verbose_name_plural = _("old tag spellings")

    def __str__(self) -> str:
        return self.slug


class TaggedEntryQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """Taggings of entries that readers may see at ``now``."""
        return self.filter(in_window(now, "content_object__"))


class TaggedEntry(ItemBase):
    """A tag on an entry. Carries the entry's order key, so that a tag's page is one index range."""

    content_object = models.ForeignKey("digest.Entry", models.CASCADE, related_name="tagged_entries")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_entries")
    order_key = models.BigIntegerField(editable=False)

    objects = TaggedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag on an entry")
        verbose_name_plural = _("tags on entries")
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_tag_entry_unique"),
        ]
        indexes = [models.Index(fields=["tag", "-order_key"], name="tagged_tag_order")]
