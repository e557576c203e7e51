"""What editors say about a note to each other: a thread beside the text, never shown to readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.fields import ProseField

MAX_COMMENT = 2_000


class Comment(models.Model):
    """A remark on a note, or on a phrase quoted from one of its revisions."""

    note = models.ForeignKey("digest.Note", models.CASCADE, related_name="comments", verbose_name=_("note"))
    # The text that the remark is about, as it stood then: the phrase may be gone from later revisions.
    revision = models.ForeignKey(
        "digest.NoteRevision", models.PROTECT, related_name="+", verbose_name=_("revision")
    )
    quote = ProseField(_("quoted phrase"), max_length=500, blank=True)
    body = ProseField(_("comment"), max_length=MAX_COMMENT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="comment_not_empty", condition=~Q(body="")),
            models.CheckConstraint(
                name="comment_resolved_at_and_by",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["note"], name="comment_open", condition=Q(resolved_at__isnull=True))]

    def __str__(self) -> str:
        return self.body[:80]
