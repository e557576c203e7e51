"""The small forms of a digest's verbs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_of
from digest.desk.fields import NamesField
from digest.desk.moments import MomentField
from digest.editing.publishing import Readiness
from digest.models import Digest
from digest.text.clean import normalise_line
from papers.fields import validate_characters
from papers.forms import ProseFormField
from papers.identifiers import normalise_arxiv_id


class PublishForm(forms.Form):
    """When readers see the digest. The button pressed says whether ``publish_at`` counts.

    The page carries the keys of the gaps it lists (``gap``), so that ticking the box covers those and no others.
    """

    acknowledge = forms.BooleanField(label=_("Publish although this is missing"), required=False)

    def __init__(self, *args: Any, digest: Digest, ready: Readiness, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = zone_of(user)
        self.fields["publish_at"] = MomentField(zone, digest.publish_at, label=_("Publish at"))
        leave = _("Time zone: %(zone)s. Leave empty to keep it published.") % {"zone": zone}
        self.fields["unpublish_at"] = MomentField(
            zone, digest.unpublish_at, label=_("Unpublish at"), help_text=leave
        )
        if not ready.gaps:
            del self.fields["acknowledge"]
        self.order_fields(["publish_at", "unpublish_at", "acknowledge"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "now" in self.data:
            cleaned["publish_at"] = None
        elif not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Give the moment to publish at."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """For publish_digest."""
        seen = self.data.getlist("gap") if self.cleaned_data.get("acknowledge") else []
        window = {name: self.cleaned_data[name] for name in ("publish_at", "unpublish_at")}
        return window | {"acknowledge": frozenset(seen)}

    def ask_again(self) -> None:
        """Something is missing that was not listed, or not ticked: show the list anew, the box empty."""
        self.add_error(
            "acknowledge" if "acknowledge" in self.fields else None,
            _("Tick this to publish although something is missing."),
        )
        self.data = self.data.copy()
        self.data.pop("acknowledge", None)


class MoveForm(forms.Form):
    """The date a digest moves to."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PaperEntryForm(forms.Form):
    """The paper a new entry is about, as arXiv gave it or typed by hand."""

    title = forms.CharField(label=_("Title"), max_length=500, validators=[validate_characters])
    authors = NamesField(label=_("Authors"), help_text=_("One name per line."))
    abstract = ProseFormField(label=_("Abstract"), max_length=20_000)
    arxiv_id = forms.CharField(
        label=_("arXiv id"), required=False, max_length=500, help_text=_("An id or a link; may be empty.")
    )
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")

    def clean_title(self) -> str:
        return normalise_line(self.cleaned_data["title"])

    def clean_arxiv_id(self) -> str | None:
        typed = self.cleaned_data["arxiv_id"]
        found = normalise_arxiv_id(typed)
        if typed and found is None:
            raise ValidationError(_("This is not an arXiv id."))
        return found
