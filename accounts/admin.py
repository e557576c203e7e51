"""The team at the desk: users, and the languages they hold a role in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import LanguageGrant, User

# allauth's tables are nobody's to look at: a secret of two-step sign-in is as good as the phone it is in.
admin.site.unregister([Authenticator, EmailAddress, UserSession])


class LanguageGrantInline(admin.StackedInline):
    """A role's group says what its holder may do, the grant in which language."""

    model = LanguageGrant
    fields = [("role", "language")]
    extra = 1


@admin.register(User)
class TeamAdmin(UserAdmin):
    inlines = [LanguageGrantInline]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]
    # Plain lists: the two-box chooser has controls without a name for screen readers.
    filter_horizontal: list[str] = []
    readonly_fields = ["last_login", "date_joined"]
    show_full_result_count = False
    actions = ["remove_second_step"]

    @admin.action(description=_("Remove two-step sign-in, for somebody who lost it"), permissions=["change"])
    def remove_second_step(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """The password alone signs these people in, until they set up a second step anew; their sessions end."""
        own = request.session.session_key
        for user in queryset:
            Authenticator.objects.filter(user=user).delete()
            for session in UserSession.objects.filter(user=user).exclude(session_key=own):
                session.end()
            self._record("second step removed", request, user)
        done = ngettext(
            "Two-step sign-in of %(count)d person is removed.",
            "Two-step sign-in of %(count)d people is removed.",
            len(queryset),
        )
        self.message_user(request, done % {"count": len(queryset)})

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        self._record("account added", request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Called for a password set here, too."""
        self._record("account changed", request, obj)
        return super().log_change(request, obj, message)

    def _record(self, what: str, request: HttpRequest, user: User) -> None:
        audit.record(what, who=request.user.get_username(), about=user.get_username(), request=request)
