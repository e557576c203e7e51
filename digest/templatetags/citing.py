"""What a page says of a paper to reference managers."""

from django import template

from digest.reading.citing import work_of
from digest.reading.entries import PublicEntry
from papers.citations import coins

register = template.Library()


@register.filter
def coins_of(entry: PublicEntry) -> str:
    """The paper of an entry as the title of a COinS span; its tags are left to unAPI."""
    return coins(work_of([entry]))
