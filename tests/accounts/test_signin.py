import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from accounts.roles import ROLES
from accounts.signin import account_of, second_factor_missing
from digest.settings import ROLE_NAMES
from tests.two_step import set_up


def test_settings_know_exactly_the_roles_there_are():
    assert set(ROLE_NAMES) == {*ROLES, "superuser"}


def test_account_is_found_by_name_then_by_an_address_of_its_own(paul, rina, tom):
    users = get_user_model().objects
    users.filter(pk=paul.pk).update(email="paul@example.org")
    users.filter(pk__in=[rina.pk, tom.pk]).update(email="desk@example.org")
    sly = users.create_user("paul@example.org", is_staff=True)
    assert account_of("paul") == paul
    assert account_of("PAUL") is None
    assert account_of("paul@example.org") == sly
    sly.delete()
    assert account_of("Paul@Example.ORG") == paul
    assert account_of("desk@example.org") is None
    assert account_of("@") is None


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        ([], set()),
        (["publisher", "superuser"], {"paul", "boss"}),
        (["superuser"], {"boss"}),
        (["writer", "translator"], {"minji", "tom", "rina"}),
    ],
)
def test_second_factor_is_missing_where_a_role_asks_for_it(
    settings, minji, tom, rina, paul, stranger, boss, names, missing
):
    settings.NARANHI_MFA_REQUIRED = names
    people = (minji, tom, rina, paul, stranger, boss)
    assert {user.username for user in people if second_factor_missing(user)} == missing
    assert not second_factor_missing(AnonymousUser())


def test_second_factor_once_set_up_is_not_missing_and_asking_takes_one_query(
    required, paul, boss, django_assert_num_queries
):
    set_up(paul)
    # role and authenticator together
    with django_assert_num_queries(1):
        assert not second_factor_missing(paul)
    with django_assert_num_queries(1):
        assert second_factor_missing(boss)


def test_nobody_required_takes_no_query(settings, paul, django_assert_num_queries):
    settings.NARANHI_MFA_REQUIRED = []
    with django_assert_num_queries(0):
        assert not second_factor_missing(paul)
