"""The readers' addresses, included once for each edition; see digest/urls.py."""

from django.urls import path

from digest.site import (
    comfort,
    converters,
    unapi,
    views,
    views_archive,
    views_citations,
    views_search,
    views_tags,
)
from digest.site.cards import views as cards
from digest.site.feeds import page as feeds_page
from digest.site.feeds import views as feeds
from digest.site.twins.urls import twins_of

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
    path("feeds/", feeds_page.feeds, name="feeds"),
    path("feeds/<items:items>.<form:form>", feeds.feed, name="feed"),
    path("feeds/tags/<words:slug>/<items:items>.<form:form>", feeds.tag_feed, name="tag_feed"),
    path("feeds/authors/<row:author_id>/<items:items>.<form:form>", feeds.author_feed, name="author_feed"),
    path("feeds/search/<items:items>.<form:form>", feeds.search_feed, name="search_feed"),
    path("reading-list/", comfort.reading_list, name="reading_list"),
    path("offline/", comfort.offline, name="offline"),
    path(
        "papers/<row:paper_id>/<words:slug>/cite.<cite:format>", views_citations.cite_paper, name="cite_paper"
    ),
    path("digests/<date:date>/cite.<cite:format>", views_citations.cite_digest, name="cite_digest"),
    path("tags/<words:slug>/cite.<cite:format>", views_citations.cite_tag, name="cite_tag"),
    path(
        "authors/<row:author_id>/<words:slug>/cite.<cite:format>",
        views_citations.cite_author,
        name="cite_author",
    ),
    path("search/cite.<cite:format>", views_citations.cite_search, name="cite_search"),
    path("cite.<cite:format>", views_citations.cite, name="cite"),
    path("unapi", unapi.unapi, name="unapi"),
]
urlpatterns += [
    path("card.png", cards.site, name="card"),
    path("digests/<date:date>/card.png", cards.digest, name="digest_card"),
    path("papers/<row:paper_id>/<words:slug>/card.png", cards.paper, name="paper_card"),
]
urlpatterns.append(twins_of(urlpatterns))
