"""manage.py ping_hub: tells the WebSub hub which feeds have news."""

import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from digest.editing.hub import HubFailed, ping_hub
from digest.reading.feeds import Scope, digest_page, paper_page
from digest.text.languages import EN, KO, LANGUAGES

EDITIONS = {"site": LANGUAGES, "ko": (KO,), "en": (EN,)}
PAGES = {"digests": digest_page, "papers": paper_page}
FORMS = ("atom", "rss", "json")


class Command(BaseCommand):
    help = "Tell the hub (NARANHI_WEBSUB_HUB) which of the feeds on everything changed in the last minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=int, default=15, help="how far back to look (default: 15)")
        parser.add_argument("--all", action="store_true", help="every feed, whenever it changed")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = settings.NARANHI_WEBSUB_HUB
        if not hub:
            raise CommandError("NARANHI_WEBSUB_HUB is empty: there is no hub to tell", returncode=2)
        if options["minutes"] < 1:
            raise CommandError("--minutes: give 1 or more", returncode=2)
        since = None if options["all"] else timezone.now() - datetime.timedelta(minutes=options["minutes"])
        failed = [url for url in changed_feeds(since) if not self._told(hub, url)]
        if failed:
            raise CommandError(f"{len(failed)} not told", returncode=1)

    def _told(self, hub: str, url: str) -> bool:
        try:
            ping_hub(hub, url)
        except HubFailed as error:
            self.stderr.write(f"{url}: {error}")
            return False
        self.stdout.write(f"{url}: told")
        return True


def changed_feeds(since: datetime.datetime | None) -> list[str]:
    """The addresses of the feeds on everything that changed at ``since`` or later; with None all that hold anything."""
    found = []
    for namespace, languages in EDITIONS.items():
        for items, page in PAGES.items():
            updated = page(Scope(), languages).updated
            if updated and (since is None or updated >= since):
                found += [
                    settings.SITE_URL + reverse(f"{namespace}:feed", args=[items, form]) for form in FORMS
                ]
    return found
