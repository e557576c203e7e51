"""The roles of a team, as Django groups, and the questions the workflow asks of a user.

A role is a bundle of permissions (the group) and, for work on notes, one or more languages (LanguageGrant).
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.models import LanguageGrant, User

_READ = [
    "digest.view_digest",
    "digest.view_entry",
    "digest.view_note",
    "digest.view_noterevision",
    "digest.view_tag",
]
_READ += ["digest.view_term", "digest.view_comment", "digest.add_comment", "digest.change_comment"]
_READ += ["digest.view_searchterm", "digest.view_lostquery", "digest.change_lostquery"]
_READ += ["papers.view_paper", "papers.view_author", "papers.view_authorship"]
_CATALOGUE = ["digest.add_digest", "digest.change_digest", "digest.add_entry", "digest.change_entry"]
_CATALOGUE += ["papers.add_paper", "papers.change_paper", "papers.add_author", "papers.change_author"]
_CATALOGUE += ["digest.view_importrun", "digest.view_importconflict", "digest.view_importflag"]
_CATALOGUE += ["digest.change_importconflict", "digest.change_importflag", "digest.view_event"]

_GLOSSARY = ["digest.add_term", "digest.change_term", "digest.add_searchterm", "digest.change_searchterm"]
_WEEDING = ["digest.delete_term", "digest.delete_searchterm", "digest.delete_lostquery"]

ROLES: dict[str, list[str]] = {
    "writer": [*_READ, *_CATALOGUE, *_GLOSSARY, "digest.write_note"],
    "translator": [*_READ, *_GLOSSARY, "digest.write_note"],
    "reviewer": [*_READ, *_GLOSSARY, *_WEEDING, "digest.review_note", "digest.assign_note"],
    "publisher": [
        *_READ,
        *_CATALOGUE,
        "digest.publish_digest",
        "digest.delete_entry",
        "digest.add_tag",
        "digest.change_tag",
        *_GLOSSARY,
        *_WEEDING,
        "digest.assign_note",
    ],
}


@transaction.atomic
def setup_roles() -> list[Group]:
    """Create the four groups, or bring their permissions up to date. Running it again changes nothing.

    Raises KeyError naming a permission that the database lacks (not migrated).
    """
    stored = Permission.objects.filter(content_type__app_label__in=["digest", "papers"]).select_related(
        "content_type"
    )
    by_name = {f"{row.content_type.app_label}.{row.codename}": row for row in stored}
    groups = []
    for name, permissions in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set([by_name[permission] for permission in permissions])
        groups.append(group)
    return groups


@transaction.atomic
def assign_role(user: User, role: str, languages: Iterable[str] = ()) -> None:
    """Put ``user`` into the role's group, with a grant for each language. Raises KeyError for an unknown role."""
    if role not in ROLES:
        raise KeyError(f"unknown role {role!r}; known: {', '.join(ROLES)}")
    user.groups.add(Group.objects.get(name=role))
    for language in languages:
        LanguageGrant.objects.get_or_create(user=user, role=role, language=language)


def _granted(user: User, language: str, roles: tuple[str, ...]) -> bool:
    return user.is_superuser or user.grants.filter(language=language, role__in=roles).exists()


def may_write(user: User, language: str) -> bool:
    """May save notes in ``language``: a writer or a translator of that language."""
    return user.has_perm("digest.write_note") and _granted(user, language, ("writer", "translator"))


def may_review(user: User, language: str) -> bool:
    """May approve notes in ``language`` that someone else wrote, or ask for changes."""
    return user.has_perm("digest.review_note") and _granted(user, language, ("reviewer",))


def may_review_own(user: User, language: str) -> bool:
    """May approve their own notes; for one-person teams. The revision then says self_review."""
    return may_review(user, language) and user.has_perm("digest.self_review_note")


def may_publish(user: User) -> bool:
    """May move what readers see."""
    return user.has_perm("digest.publish_digest")
