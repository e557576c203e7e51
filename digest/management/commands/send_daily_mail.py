"""manage.py send_daily_mail: to each person, what waits for them."""

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from digest.editing.daily_mail import Undelivered, daily_mail, is_due, mail_recipients, send_daily_mail


class Command(BaseCommand):
    help = "Send each member of the team one e-mail with what waits for them. At most one in 20 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print the mails, send and write nothing")
        parser.add_argument("--for", dest="user", metavar="USER", help="only to this username")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [
            user for user in self._recipients(options["user"]) if not self._serve(user, options["dry_run"])
        ]
        if failed:
            raise CommandError(f"{len(failed)} not sent: {', '.join(map(str, failed))}", returncode=1)

    def _recipients(self, username: str | None) -> list[User]:
        if username is None:
            return list(mail_recipients())
        if not User.objects.filter(username=username).exists():
            raise CommandError(f"--for: there is no user {username!r}", returncode=2)
        found = list(mail_recipients().filter(username=username))
        if not found:
            self.stdout.write(f"{username}: gets no mail (no address, switched off, or not at the desk)")
        return found

    def _serve(self, user: User, dry_run: bool) -> bool:
        """One person's mail; False if it could not be handed over."""
        now = timezone.now()
        if dry_run:
            mail = daily_mail(user, now) if is_due(user, now) else None
            self.stdout.write(_as_text(mail) if mail else f"{user}: nothing to send")
            return True
        try:
            if send_daily_mail(user, now):
                self.stdout.write(f"{user}: sent to {user.email}")
        except Undelivered as error:
            self.stderr.write(f"{user}: {user.email}: {error}")
            return False
        return True


def _as_text(mail: EmailMessage) -> str:
    return f"To: {', '.join(mail.to)}\nSubject: {mail.subject}\n\n{mail.body}"
