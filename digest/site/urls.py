"""The readers' addresses, included once for each edition; see digest/urls.py."""

from django.urls import path

from digest.site import converters, views

converters.register()

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("digests/", views.archive, name="archive"),
    path("digests/<year:year>/", views.year, name="year"),
    path("digests/<year:year>/<month:month>/", views.month, name="month"),
    path("digests/<date:date>/", views.digest, name="digest"),
    path("papers/<row:paper_id>/<words:slug>/", views.paper, name="paper"),
    path("authors/<row:author_id>/<words:slug>/", views.author, name="author"),
    path("arxiv/<arxiv:arxiv_id>/", views.arxiv, name="arxiv"),
    path("tags/", views.tags, name="tags"),
    path("tags/<words:slug>/", views.tag, name="tag"),
]
