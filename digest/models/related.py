"""Which papers are read well together; made by editing/relating.py when something is published."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from digest.models.entry import Entry
from papers.models import Paper

MOST_RELATED = 12  # rows kept for a paper; readers see half of them


class RelatedQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """Rows whose other side readers may see at ``now``. Whoever asks stands on the public page of the one side."""
        return self.filter(Exists(Entry.objects.published(now).filter(paper=OuterRef("other"))))


class Related(models.Model):
    """``other`` belongs in the list of ``paper``. The three parts add up to the score, so that it can be explained."""

    # No index of its own: the unique constraint and related_best begin with it.
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="related", db_index=False)
    other = models.ForeignKey(Paper, models.CASCADE, related_name="+")
    score = models.FloatField()
    tags = models.FloatField(default=0)
    mentions = models.FloatField(default=0)
    text = models.FloatField(default=0)

    objects = RelatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("related paper")
        verbose_name_plural = _("related papers")
        constraints = [
            models.UniqueConstraint(fields=["paper", "other"], name="related_paper_other_unique"),
            models.CheckConstraint(name="related_not_itself", condition=~Q(paper=F("other"))),
            models.CheckConstraint(name="related_score_positive", condition=Q(score__gt=0)),
        ]
        # A paper's list, the nearest first.
        indexes = [models.Index(fields=["paper", "-score"], name="related_best")]

    def __str__(self) -> str:
        return f"{self.paper_id} ~ {self.other_id} ({self.score:.2f})"
