"""Waiting for something on a page. Playwright's own wait_for_function needs eval, which the site's policy refuses."""

import time


def until(page, expression, seconds=10):
    """What the expression gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := page.evaluate(expression):
            return found
        page.wait_for_timeout(20)
    raise AssertionError(f"never came true: {expression}")
