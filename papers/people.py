"""Who is who on the bylines: two rows that are one person, and one row that is two."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from papers.models import Author, Authorship, Paper


@transaction.atomic
def merge_authors(*, source: Author, target: Author) -> Author:
    """Give every paper of ``source`` to ``target`` and delete ``source``; names as printed stay.

    Raises ValidationError if both are on one byline: there they are two people.
    """
    if source.pk == target.pk:
        raise ValidationError(_("An author cannot be merged with themselves."), code="same")
    locked = {author.pk: author for author in _lock([source.pk, target.pk])}
    shared = Paper.objects.filter(authorships__author=source).filter(authorships__author=target).first()
    if shared is not None:
        raise ValidationError(
            _("Both are authors of “%(paper)s”; they cannot be one person."),
            code="same_paper",
            params={"paper": shared.title},
        )
    Authorship.objects.filter(author=source).update(author=target)
    locked[source.pk].delete()
    return locked[target.pk]


@transaction.atomic
def split_author(*, author: Author, papers: Iterable[Paper]) -> Author:
    """Give ``papers`` to a new person of the same name, the next homonym. Answers that person.

    Raises ValidationError if no paper moves or none stays.
    """
    _lock([author.pk])
    moving = author.authorships.filter(paper__in=list(papers))
    count = moving.count()
    if not count:
        raise ValidationError(_("Choose the papers of the other person."), code="none")
    if count == author.authorships.count():
        raise ValidationError(_("At least one paper must stay with this author."), code="all")
    last = Author.objects.filter(name_key=author.name_key).aggregate(last=Max("homonym"))["last"] or 0
    other = Author(name=author.name, name_key=author.name_key, homonym=last + 1)
    other.full_clean()
    other.save()
    moving.update(author=other)
    return other


def _lock(pks: list[int]) -> list[Author]:
    return list(Author.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
