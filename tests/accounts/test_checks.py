import pytest
from django.core.checks import INFO, run_checks


def found():
    messages = run_checks(include_deployment_checks=True)
    return [(m.id, m.level) for m in messages if (m.id or "").startswith("accounts")]


@pytest.mark.parametrize(
    ("backend", "expected"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", [("accounts.I001", INFO)]),
        ("django.core.cache.backends.db.DatabaseCache", []),
    ],
)
def test_a_cache_of_one_process_is_mentioned_before_deployment(settings, backend, expected):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "x"}}
    assert found() == expected


def test_everyday_checks_say_nothing():
    assert [m for m in run_checks() if (m.id or "").startswith("accounts")] == []
