"""The person's own keys for the API: making one, which shows it this one time, and revoking."""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.models import ApiToken
from accounts.tokens import LONGEST_DAYS, make_token

if TYPE_CHECKING:
    from digest.desk.site import DeskSite


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("What it is for: “export script”.")
    )
    days = forms.IntegerField(label=gettext_lazy("Days it lasts"), min_value=1, max_value=LONGEST_DAYS)


def pages(site: "DeskSite") -> list[URLPattern]:
    return [
        path("profile/tokens/", site.admin_view(tokens), name="tokens"),
        path("profile/tokens/<int:pk>/revoke/", site.admin_view(revoke), name="token_revoke"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; by POST a new one, whose key stands on the answer and nowhere else.

    Making one takes a sign-in of a few minutes ago: a desk left open gives no key away.
    """
    _check(request)
    posted = request.POST if request.method == "POST" else None
    form = TokenForm(posted, initial={"days": settings.NARANHI_API_TOKEN_DAYS})
    key = _made(request, form) if form.is_valid() else None
    if key:
        form = TokenForm(initial=form.initial)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("API tokens"),
        "form": form,
        "key": key,
        "tokens": ApiToken.objects.filter(user=request.user).order_by("-pk"),
        "now": timezone.now(),
        "api_url": settings.SITE_URL + "/api/v1/desk/",
    }
    return TemplateResponse(request, "desk/tokens.html", context)


def _made(request: HttpRequest, form: TokenForm) -> str | None:
    try:
        token, key = make_token(user=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    audit.record("token made", who=request.user.get_username(), request=request, about=token.name)
    return key


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's own tokens; somebody else's is not found."""
    _check(request)
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    token.delete()
    audit.record("token revoked", who=request.user.get_username(), request=request, about=token.name)
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("admin:tokens")


def _check(request: HttpRequest) -> None:
    """A key opens the API alone, which takes the right to see notes."""
    if not request.user.has_perm("digest.view_note"):
        raise PermissionDenied
