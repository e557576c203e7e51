"""What people choose for themselves, and the ways to what guards their account."""

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts import audit
from accounts.forms import ProfileForm
from accounts.models import User

if TYPE_CHECKING:
    from digest.desk.site import DeskSite


def pages(site: "DeskSite") -> list[URLPattern]:
    return [path("profile/", site.admin_view(partial(profile, site)), name="profile")]


def profile(site: "DeskSite", request: HttpRequest) -> HttpResponse:
    """Show and save the person's own profile; nobody can name another's."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        if "email" in form.changed_data:
            audit.record("e-mail address changed", who=request.user.get_username(), request=request)
        messages.success(request, _("The profile is saved."))
        return redirect("admin:profile")
    context = {**site.each_context(request), "title": _("Profile"), "form": form}
    return TemplateResponse(request, "desk/profile.html", context)
