"""Everything the desk shows of digest: importing a module registers its pages with the admin site."""

from django.contrib import admin
from taggit.models import Tag

from digest.desk import (
    compose,
    concordance,
    digests,
    entries,
    glossary,
    lost_queries,
    notifications,
    papers,
    people,
    profile,
    provenance,
    queue_assign,
    search_terms,
    statistics,
    suggestions,
    tags,
    tokens,
)

__all__ = [
    "compose",
    "concordance",
    "digests",
    "entries",
    "glossary",
    "lost_queries",
    "notifications",
    "papers",
    "people",
    "profile",
    "provenance",
    "queue_assign",
    "search_terms",
    "statistics",
    "suggestions",
    "tags",
    "tokens",
]

admin.site.register_pages(compose.pages)
admin.site.register_pages(concordance.pages)
admin.site.register_pages(notifications.pages)
admin.site.register_pages(people.pages)
admin.site.register_pages(queue_assign.pages)
admin.site.register_pages(statistics.pages)
admin.site.register_pages(suggestions.pages)
admin.site.register_pages(profile.pages)
admin.site.register_pages(tokens.pages)

# taggit's own table is empty: ours is digest.Tag.
admin.site.unregister(Tag)
