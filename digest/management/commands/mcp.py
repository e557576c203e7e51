"""``manage.py mcp``: the published site as tools for language models, over standard input and output."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

try:
    from digest.site.mcp.server import make_server
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("mcp", "pydantic"):
        raise
    make_server = None  # type: ignore[assignment]


class Command(BaseCommand):
    help = "Serves the published site to a language model's client by the Model Context Protocol over stdio."

    def handle(self, *args: Any, **options: Any) -> None:
        """Until the client closes standard input. Nothing but the protocol is written to standard output."""
        if make_server is None:
            raise CommandError(
                "The Model Context Protocol needs a package that is not installed: "
                "pip install -r requirements-mcp.txt",
                returncode=2,
            )
        try:
            make_server().run("stdio")
        except KeyboardInterrupt:
            # Ctrl-C in a terminal is how a person ends it; a client closes standard input.
            return
