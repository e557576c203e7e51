"""What templates need to lead to a feed."""

from typing import Any

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.filter
def feed_query(asked: Any) -> str:
    """A search as the query of its feed's address: the same words and filters, neither order nor page."""
    return urlencode(asked.query(sort="", page=1))


@register.filter
def builder_query(asked: Any) -> str:
    """The same for the page that builds feeds, where ``tag`` and ``author`` are fields of their own."""
    query = asked.query(sort="", page=1)
    return urlencode(
        {"scope": "search"} | {n if n == "q" else f"in_{n}": value for n, value in query.items()}
    )
