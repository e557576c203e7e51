"""The team at the desk: users, and the languages they hold a role in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import LanguageGrant, User


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
