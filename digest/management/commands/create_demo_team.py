"""manage.py create_demo_team: people to sign in as, in development."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.roles import assign_role, setup_roles

PASSWORD = "demo"  # noqa: S105 - the command refuses to run outside development
TEAM = {
    "writer": [("writer", ["ko"])],
    "translator": [("translator", ["en"])],
    "reviewer": [("reviewer", ["ko", "en"])],
    "publisher": [("publisher", [])],
}


class Command(BaseCommand):
    help = (
        "Create writer, translator, reviewer, publisher and admin with the password 'demo'. Development only."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "this makes accounts with a known password: it runs only with DEBUG=true", returncode=2
            )
        setup_roles()
        users = get_user_model().objects
        for username, roles in TEAM.items():
            user, created = users.get_or_create(username=username, defaults={"is_staff": True})
            if created:
                user.set_password(PASSWORD)
                user.save()
            for role, languages in roles:
                assign_role(user, role, languages)
        if not users.filter(username="admin").exists():
            users.create_superuser("admin", password=PASSWORD)
        self.stdout.write(f"Sign in at /admin/ as {', '.join(TEAM)} or admin; the password is “{PASSWORD}”.")
