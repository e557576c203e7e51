"""``manage.py store_lost_queries``: count what readers searched for and did not find."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from digest.editing.lost_queries import take_in


class Command(BaseCommand):
    help = "Count the queries in the file of NARANHI_LOST_QUERIES and empty it; fit for a daily job."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.NARANHI_LOST_QUERIES:
            raise CommandError("NARANHI_LOST_QUERIES names no file, so nothing is kept.")
        self.stdout.write(f"{take_in(by=None)} searches taken in.")
