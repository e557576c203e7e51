"""The filters of the queue as a form; digest.editing.queues.Filter reads what it sends."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.talk import people_by_language
from digest.editing.queues import NOBODY, Filter

ORDERS = [("oldest", _("oldest digest first")), ("newest", _("newest digest first"))]


class FilterForm(forms.Form):
    """Only shown, never validated: what Filter cannot read it leaves out."""

    lang = forms.ChoiceField(label=_("Language"), choices=[("", _("both")), *LANGUAGE_NAMES.items()])
    digest = forms.DateField(
        label=_("Digest"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tag = forms.CharField(label=_("Tag"), widget=forms.TextInput(attrs={"size": 12}))
    assignee = forms.ChoiceField(label=_("Assignee"))
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS)

    use_required_attribute = False

    @classmethod
    def of(cls, where: Filter, user: User, team: Mapping[int, str]) -> Self:
        """The form that says ``where``; ``team`` are the names to choose from, by id."""
        initial: dict[str, Any] = {
            "lang": where.language or "",
            "digest": where.digest,
            "tag": where.tag or "",
            "assignee": where.assignee or "",
            "order": where.order,
        }
        form = cls(initial=initial, auto_id="filter_%s", label_suffix="")
        others = {pk: name for pk, name in team.items() if pk != user.pk}
        people = {user.pk: _("%(person)s (me)") % {"person": user}, **others}
        if isinstance(where.assignee, int):
            people.setdefault(where.assignee, str(where.assignee))
        form.fields["assignee"].choices = [("", _("anyone")), (NOBODY, _("nobody")), *people.items()]
        return form


def team_names() -> dict[int, str]:
    """Everyone who works in a language, by id. One query."""
    return {person.pk: str(person) for people in people_by_language().values() for person in people}
