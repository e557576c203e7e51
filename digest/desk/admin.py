"""Everything the desk shows of digest: importing a module registers its pages with the admin site."""

from django.contrib import admin
from taggit.models import Tag

from digest.desk import digests, entries, provenance, tags

__all__ = ["digests", "entries", "provenance", "tags"]

# taggit's own table is empty: ours is digest.Tag.
admin.site.unregister(Tag)
