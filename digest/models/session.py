"""Who has which text open, and what they typed since their last save."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.models.note import LANGUAGE_CHOICES, MAX_NOTE
from papers.fields import ProseField


class EditSession(models.Model):
    """One person at one text: presence (``seen_at``) and the autosaved draft, coalesced into this one row.

    A draft is not a revision: revisions never change, and nobody reviews half a sentence. Saving turns the draft
    into one revision and empties it. ``draft_at`` is NULL while there is nothing unsaved.
    """

    entry = models.ForeignKey("digest.Entry", models.CASCADE, related_name="sessions")
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="edit_sessions")
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)
    body = ProseField(_("unsaved text"), max_length=MAX_NOTE, blank=True)
    # The revision of the note that the draft was begun from (0: there was no note), and the significant
    # revision of the source in view then.
    base_rev = models.PositiveIntegerField(default=0)
    source_rev = models.PositiveIntegerField(null=True, blank=True)
    # Grows with every autosave: the token by which a second tab of the same person is noticed.
    serial = models.PositiveIntegerField(default=0)
    draft_at = models.DateTimeField(_("autosaved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("edit session")
        verbose_name_plural = _("edit sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language", "user"], name="session_entry_language_user_unique"
            ),
            models.CheckConstraint(name="session_language_known", condition=Q(language__in=["ko", "en"])),
            models.CheckConstraint(
                name="session_body_only_in_draft", condition=Q(draft_at__isnull=False) | Q(body="")
            ),
        ]
        # What I left unsaved.
        indexes = [
            models.Index(
                fields=["user", "-draft_at"], name="session_drafts", condition=Q(draft_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.language} {self.user_id}"
