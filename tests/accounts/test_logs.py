import logging
import sys

from django.conf import settings

from accounts.logs import LineFormatter

FORMAT = settings.LOGGING["formatters"]["line"]["format"]


def line(message, *args, exc_info=None):
    record = logging.LogRecord("naranhi.x", logging.INFO, "x.py", 1, message, args, exc_info)
    record.created, record.msecs = 1_793_162_472.25, 250.0
    return LineFormatter(FORMAT, style="{").format(record)


def test_a_record_is_one_line_in_utc():
    assert line("a %s c", "b") == "2026-10-28T04:41:12.250Z INFO naranhi.x: a b c"


def test_control_characters_are_spelt_out_and_hangul_is_not():
    typed = "폴\r\nsigned in\x00\x1b[31m\u2028\u202e"
    assert line("who=%s", typed).endswith(r"who=폴\r\nsigned in\x00\x1b[31m\u2028\u202e")


def test_a_traceback_keeps_its_lines():
    try:
        raise ValueError("no")
    except ValueError:
        assert line("failed", exc_info=sys.exc_info()).endswith("\nValueError: no")
