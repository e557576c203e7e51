import pytest
from django.contrib.auth.models import Group

from accounts.models import LanguageGrant
from accounts.roles import ROLES, assign_role, may_publish, may_review, may_review_own, may_write, setup_roles


def test_migrate_has_made_the_groups(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_setup_again_changes_nothing_and_repairs_rights(db):
    Group.objects.get(name="publisher").permissions.clear()
    setup_roles()
    rights = {group.name: group.permissions.count() for group in Group.objects.all()}
    assert rights == {name: len(set(permissions)) for name, permissions in ROLES.items()}
    setup_roles()
    assert rights == {group.name: group.permissions.count() for group in Group.objects.all()}


def test_unknown_role_is_named(db, stranger):
    with pytest.raises(KeyError, match="unknown role 'king'"):
        assign_role(stranger, "king")


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        ("minji", {("write", "ko")}),
        ("tom", {("write", "en")}),
        ("rina", {("write", "ko"), ("review", "ko"), ("review", "en")}),
        ("paul", {("publish", "ko"), ("publish", "en")}),
        ("stranger", set()),
    ],
)
def test_who_may_what(request, who, rights):
    user = request.getfixturevalue(who)
    found = {("write", language) for language in ("ko", "en") if may_write(user, language)}
    found |= {("review", language) for language in ("ko", "en") if may_review(user, language)}
    found |= {("publish", language) for language in ("ko", "en") if may_publish(user)}
    assert found == rights
    assert not may_review_own(user, "ko")


def test_grant_without_the_group_is_nothing(stranger):
    LanguageGrant.objects.create(user=stranger, role="writer", language="ko")
    assert not may_write(stranger, "ko")


def test_deactivated_superuser_may_nothing(boss):
    assert may_write(boss, "ko")
    assert may_review_own(boss, "ko")
    boss.is_active = False
    assert not may_write(boss, "ko")
    assert not may_publish(boss)
