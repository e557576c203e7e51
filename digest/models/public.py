"""Papers and authors that are public: those a published entry discusses. The rule is ours, the rows are not."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from digest.models.entry import Entry
from papers.models import Author, Authorship, Paper


def published_papers(now: datetime.datetime | None = None) -> QuerySet[Paper]:
    """Papers that at least one entry readers may see discusses."""
    return Paper.objects.filter(Exists(Entry.objects.published(now).filter(paper=OuterRef("pk"))))


def published_authorships(now: datetime.datetime | None = None) -> QuerySet[Authorship]:
    """Places on the bylines of public papers."""
    public = Entry.objects.published(now).filter(paper=OuterRef("paper"))
    return Authorship.objects.filter(Exists(public))


def published_authors(now: datetime.datetime | None = None) -> QuerySet[Author]:
    """Authors of at least one public paper."""
    public = Entry.objects.published(now).filter(paper=OuterRef("paper"))
    return Author.objects.filter(Exists(Authorship.objects.filter(Exists(public), author=OuterRef("pk"))))
