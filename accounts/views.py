"""allauth's views as pages of the desk, and the two that it lacks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.signin import second_factor_missing
from accounts.zones import zone_of

View = Callable[..., HttpResponse]


def desk_page(view: View, title: Any) -> View:
    """``view`` with what the desk's header needs in its context, and a title."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.context_data = {
                **admin.site.each_context(request),
                "title": title,
                "zone": zone_of(request.user),
                "second_factor_missing": second_factor_missing(request.user),
                **(response.context_data or {}),
            }
        return response

    return page


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's own sessions; somebody else's is not found."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    audit.record("session ended", who=request.user.get_username(), request=request)
    end_sessions(request, [session])
    get_adapter().add_message(request, messages.SUCCESS, message=_("The session has ended."))
    return redirect("usersessions_list")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429, for allauth's limits: a page with the way back."""
    context = {**admin.site.each_context(request), "title": _("Too many attempts")}
    return TemplateResponse(request, "account/too_many.html", context, status=429).render()
