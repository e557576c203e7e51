"""The site's addresses and one more: a constant answer through the same middlewares, to measure against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from digest.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), *urlpatterns]
