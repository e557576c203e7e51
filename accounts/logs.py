"""How a record becomes a line of the log. Imported while logging is set up, before the apps: nothing of Django here."""

import logging
import time


class LineFormatter(logging.Formatter):
    """One record is one line, stamped in UTC; a line feed in what somebody typed is spelt out."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        text = super().formatMessage(record)
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
