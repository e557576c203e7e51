"""The readers' API, one address for all editions: nothing in it depends on who asks, or in which language."""

from django.urls import path

from digest.site import converters
from digest.site.api import overview, search, views

converters.register()

app_name = "api"
urlpatterns = [
    path("v1/", overview.Root.as_view(), name="root"),
    path("v1/digests/", views.Digests.as_view(), name="digests"),
    path("v1/digests/<date:date>/", views.Digest.as_view(), name="digest"),
    path("v1/entries/", views.Entries.as_view(), name="entries"),
    path("v1/entries/<row:entry_id>/", views.Entry.as_view(), name="entry"),
    path("v1/papers/", views.Papers.as_view(), name="papers"),
    path("v1/papers/<row:paper_id>/", views.Paper.as_view(), name="paper"),
    path("v1/authors/", views.Authors.as_view(), name="authors"),
    path("v1/authors/<row:author_id>/", views.Author.as_view(), name="author"),
    path("v1/tags/", views.Tags.as_view(), name="tags"),
    path("v1/tags/<words:slug>/", views.Tag.as_view(), name="tag"),
    path("v1/notes/", views.Notes.as_view(), name="notes"),
    path("v1/mentions/", views.Mentions.as_view(), name="mentions"),
    path("v1/trends/", overview.Trends.as_view(), name="trends"),
    path("v1/search/", search.Search.as_view(), name="search"),
    path("v1/schema/", overview.Document.as_view(), name="schema"),
    path("v1/schema.json", overview.Document.as_view(), {"form": "json"}, name="schema_json"),
    path("v1/schema.yaml", overview.Document.as_view(), {"form": "yaml"}, name="schema_yaml"),
    path("docs/", overview.docs, name="docs"),
]
