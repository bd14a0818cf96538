"""The interface keeps to its own description, whoever asks and whatever is asked."""

from __future__ import annotations

from collections import Counter
from unittest import SkipTest

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from attack.house import ROLES
from lengths import at_length

KEPT = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "response_headers_conformance", "allow_header_conformance",
)  # fmt: skip
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
EXAMPLES = at_length(4, 150)
NEWS = "/api/stream"
"""It goes on for ever: only how it begins can be looked at."""


@pytest.fixture(scope="module")
def operations(house):
    schema = schemathesis.openapi.from_dict(house.client.get("/openapi.json").json())
    schema.config.update(base_url=house.server.url)
    found = [each.ok() for each in schema.get_all_operations()]
    return [
        (each, {mode: each.as_strategy(generation_mode=mode) for mode in MODES}) for each in found
    ]


@pytest.fixture(scope="module")
def session():
    with requests.Session() as one:
        yield one


def begun(case, session, heads):
    """Ask for what goes on for ever, and look at how it begins."""
    asked = case.as_transport_kwargs()
    asked["headers"] = {**asked.get("headers", {}), **heads}
    with session.request(**asked, stream=True, timeout=20) as answer:
        assert str(answer.status_code) in case.operation.definition.raw["responses"]
        return answer.status_code


def each(strategy, do):
    """Do something with some examples, the same each time."""

    @seed(1)
    @settings(
        max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate], deadline=None,
    )  # fmt: skip
    @given(case=strategy)
    def one(case):
        do(case)

    one()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("mode", MODES)
def test_every_answer_is_as_described(house, operations, session, role, mode):
    """No error of the server's own, no status, type or shape that its description leaves out."""
    checks = [CHECKS.get_one(name) for name in KEPT]
    heads = house.auth(role)
    met, broken = Counter(), []

    def attacked(case):
        if case.path == NEWS:
            met[case.operation.label, begun(case, session, heads)] += 1
            return
        answer = case.call(session=session, headers=heads, timeout=20)
        met[case.operation.label, answer.status_code] += 1
        case.validate_response(answer, checks=checks)

    for operation, strategies in operations:
        try:
            each(strategies[mode], attacked)
        except (Unsatisfiable, SkipTest):
            assert mode is GenerationMode.NEGATIVE  # there is nothing that could be said wrong
        except FailureGroup as error:
            broken += [f"{operation.label}: {each}" for each in error.exceptions]
    assert not broken, "\n\n".join(broken)
    assert not [what for what in met if what[1] >= 500]
    assert len({label for label, _ in met}) > 3
