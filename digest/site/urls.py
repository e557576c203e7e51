"""The readers' addresses, included once for each edition; see digest/urls.py."""

from django.urls import path

from digest.site import comfort, converters, views, views_archive, views_search, views_tags

converters.register()

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("digests/", views_archive.archive, name="archive"),
    path("digests/<year:year>/", views_archive.year, name="year"),
    path("digests/<year:year>/<month:month>/", views_archive.month, name="month"),
    path("digests/<year:year>/<week:week>/", views_archive.week, name="week"),
    path("digests/<date:date>/", views.digest, name="digest"),
    path("papers/<row:paper_id>/<words:slug>/", views.paper, name="paper"),
    path("authors/<row:author_id>/<words:slug>/", views.author, name="author"),
    path("arxiv/<arxiv:arxiv_id>/", views.arxiv, name="arxiv"),
    path("tags/", views_tags.tags, name="tags"),
    path("tags/<words:slug>/", views_tags.tag, name="tag"),
    path("trends/", views_tags.trends, name="trends"),
    path("search/", views_search.search, name="search"),
    path("search/suggest/", views_search.search_suggest, name="search_suggest"),
    path("opensearch.xml", views_search.opensearch, name="opensearch"),
    path("about/", views.about, name="about"),
    path("feeds/", views.feeds, name="feeds"),
    path("reading-list/", comfort.reading_list, name="reading_list"),
    path("offline/", comfort.offline, name="offline"),
]
