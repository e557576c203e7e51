"""A search that found nothing, as a line of a file: this door cannot write rows (docs/search.md)."""

import logging
from logging.handlers import WatchedFileHandler
from pathlib import Path

from django.utils import timezone

from digest.text.lost_queries import MAX_FILE, clean_query

_logger = logging.getLogger("naranhi.lost_queries")


class LostQueriesHandler(WatchedFileHandler):
    """Appends to the file that settings name, up to a size; begins it anew when it was taken away.

    Where the file cannot be written, logging says so on its own error output, and the search is answered.
    """

    def emit(self, record: logging.LogRecord) -> None:
        path = Path(self.baseFilename)
        try:
            if not path.exists() or path.stat().st_size < MAX_FILE:
                super().emit(record)
        except OSError:
            self.handleError(record)


def note_lost(text: str) -> None:
    """Keep the words and the day, nothing about who searched. Does nothing unless settings name a file."""
    words = clean_query(text)
    if words:
        _logger.info("%s %s", timezone.localdate().isoformat(), words)
