"""Requests by the thousand, made from the OpenAPI document, to the application a server runs: right ones and wrong ones.

A few hundred in the suite; ``pytest -m long`` sends five thousand (docs/api.md).
"""

import sys
from collections import Counter

import pytest
from django.core.cache import cache

from digest.wsgi import application
from tests.build import build_entry
from tests.indexed import build_indexes
from tests.serve import open_connection

schemathesis = pytest.importorskip("schemathesis", reason="pip install -r requirements-dev.txt")
hypothesis = pytest.importorskip("hypothesis", reason="pip install -r requirements-dev.txt")

pytestmark = pytest.mark.django_db
SHORT, LONG = 300, 5_000
OPERATIONS = 15
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@pytest.fixture
def rows(site):
    """What the addresses may find: keys from 1 on, mentions by id and by title, formulas."""
    cites = "https://arxiv.org/abs/2410.21676 [[Second Paper]] https://arxiv.org/abs/2305.00001 $x^2$"
    build_entry("2024-06-01", title="Citing $E=mc^2$", ko=cites, en=cites, tags=["moe"], doi="10.1000/x")
    build_indexes("public")


def send(most):
    """So many cases over all operations, half of them wrong on purpose: what they were answered with."""
    seen = Counter()
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    # The root takes no parameter, so there is one right request and no wrong one.
    pairs = [(one, mode) for one in operations for mode in MODES if one.path != "/api/v1/"]
    each = -(-most // len(pairs))
    for operation, mode in pairs:
        for status in answers(operation, mode, each):
            seen[mode.name.lower(), status] += 1
    return seen


def answers(operation, mode, most):
    """The statuses of so many cases of one operation; a breach of the document raises."""
    statuses = []

    @hypothesis.settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def one(case):
        # Its WSGI client does not unpack what is compressed.
        response = case.call(headers={"Accept-Encoding": "identity"})
        statuses.append(response.status_code)
        case.validate_response(response)

    one()
    return statuses


@pytest.mark.once
def test_a_few_hundred_requests_break_no_promise(rows):
    with open_connection():
        seen = send(SHORT)
    cache.clear()
    assert sum(seen.values()) >= SHORT
    assert {status for _, status in seen} <= {200, 301, 400, 404, 405, 406}


@pytest.mark.long
def test_five_thousand_requests_break_no_promise(rows, capsys):
    with open_connection():
        seen = send(LONG)
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(seen.values())} cases: {dict(sorted(seen.items()))}\n")
    assert sum(seen.values()) >= LONG
    assert {status for _, status in seen} <= {200, 301, 400, 404, 405, 406}
