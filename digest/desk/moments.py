"""Moments as an editor types and reads them: in their own time zone, and always in the site's too."""

import datetime
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_of


def in_zones(moment: datetime.datetime, user: User) -> str:
    """``2026-11-01 09:00 Asia/Seoul``, and after a dot the same in the editor's zone if that is another."""
    zones = dict.fromkeys([timezone.get_default_timezone(), zone_of(user)])
    return " · ".join(f"{moment.astimezone(zone):%Y-%m-%d %H:%M} {zone}" for zone in zones)


class MomentField(forms.DateTimeField):
    """Date and time in ``zone``, by the browser's own picker.

    A time that the clocks skip or pass twice is refused. ``known`` is the stored moment: left as it is shown, it
    stays to the second, also where its hour comes twice.
    """

    def __init__(
        self, zone: zoneinfo.ZoneInfo, known: datetime.datetime | None = None, **kwargs: Any
    ) -> None:
        self.zone, self.known = zone, known
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("help_text", _("Time zone: %(zone)s") % {"zone": zone})
        super().__init__(required=False, widget=widget, initial=known, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime.datetime | None:
        if self.known and value == self.widget.format_value(self.prepare_value(self.known)):
            return self.known
        try:
            with timezone.override(self.zone):
                moment = super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                _("The clocks in %(zone)s skip this time or pass it twice; choose another."),
                code=error.code,
                params={"zone": self.zone},
            ) from error
        if moment is not None and not 1990 <= moment.year <= 2100:
            # As a digest's date; the ends of the calendar exist in some zones only.
            raise ValidationError(_("Give a year from 1990 to 2100."))
        return moment
