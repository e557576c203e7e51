"""The addresses of the editors' API, included twice: for tokens below /api/, for sessions below /admin/."""

from django.urls import path, re_path

from digest.desk.api import views

app_name = "desk_api"

_NOTE = "entries/<int:pk>/notes/<str:language>/"

urlpatterns = [
    path("me/", views.Me.as_view(), name="me"),
    path("queue/", views.Queue.as_view(), name="queue"),
    path("queue/counts/", views.QueueCounts.as_view(), name="queue_counts"),
    path("entries/<int:pk>/", views.EntryPair.as_view(), name="entry"),
    path(_NOTE, views.NoteText.as_view(), name="note"),
    path(f"{_NOTE}revisions/", views.NoteRevisions.as_view(), name="revisions"),
    path(f"{_NOTE}<str:verb>/", views.NoteVerb.as_view(), name="verb"),
    # Nothing falls through to the readers' pages: their 404 is a page, and public.
    re_path("", views.Nothing.as_view(), name="nothing"),
]
