"""manage.py setup_roles: the groups of the team."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.roles import setup_roles


class Command(BaseCommand):
    help = "Create the groups writer, translator, reviewer and publisher, or bring their rights up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        for group in setup_roles():
            if options["verbosity"]:
                self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
