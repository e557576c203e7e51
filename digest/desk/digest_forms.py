"""The small forms of a digest's verbs."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.models import Digest


class MomentField(forms.DateTimeField):
    """Date and time in the site's time zone, by the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)


class PublishForm(forms.Form):
    """When readers see the digest. The button pressed says whether ``publish_at`` counts."""

    publish_at = MomentField(label=_("Publish at"))
    unpublish_at = MomentField(label=_("Unpublish at"), help_text=_("Leave empty to keep it published."))
    acknowledge = forms.BooleanField(label=_("Publish although this is missing"), required=False)

    def __init__(self, *args: Any, digest: Digest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.digest = digest
        self.initial |= {"publish_at": digest.publish_at, "unpublish_at": digest.unpublish_at}
        zone = timezone.get_current_timezone_name()
        self.fields["publish_at"].help_text = _("Time zone: %(zone)s") % {"zone": zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "now" in self.data:
            cleaned["publish_at"] = None
        elif not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Give the moment to publish at."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """For publish_digest."""
        return {name: self.cleaned_data[name] for name in ("publish_at", "unpublish_at", "acknowledge")}


class MoveForm(forms.Form):
    """The date a digest moves to."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
