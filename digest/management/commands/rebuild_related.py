"""manage.py rebuild_related: every paper's related papers anew, in the order they were published."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from digest.editing.relating import forget_relations, relate_papers
from digest.editing.relating_rows import Last
from digest.editing.versioning import move_public_version
from digest.management.progress import Progress
from digest.models import Digest, Entry, order_key


class Command(BaseCommand):
    help = "Work out every paper's related papers anew. Safe to run and to repeat at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        digests = Digest.objects.filter(publish_at__isnull=False).order_by("date").values_list("pk", "date")
        progress = Progress(len(digests), sys.stderr)
        forget_relations()
        papers: set[int] = set()
        for pk, date in digests:
            discussed = set(Entry.objects.filter(digest=pk).values_list("paper", flat=True))
            with transaction.atomic():
                relate_papers(discussed, until=Last("order_key", order_key(date, 0)))
                move_public_version()
            papers |= discussed
            progress.step()
        progress.close()
        self.stdout.write(f"{len(papers)} papers in {len(digests)} digests")
