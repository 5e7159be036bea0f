"""Schemathesis throws what the document allows, and what it forbids, at every operation.

The document must then be true: no answer it does not tell of, and none that breaks its schema. The examples
are the same in every run; `--fuzz` makes many more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.support.operations import Operation, label, operations
from tests.support.world import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = 6


@pytest.fixture(scope="module")
def document(world: World) -> Any:
    """The document as the application serves it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", world.app)


@pytest.fixture
def copy(world: World) -> Iterator[World]:
    with world.copy() as made:
        yield made


def _throwable() -> Iterator[Any]:
    """Nothing can be wrong with a request that says nothing at all."""
    for operation in operations():
        for mode in GenerationMode:
            if (
                mode is GenerationMode.POSITIVE
                or not operation.kept
                or operation.parameters
                or operation.body
            ):
                yield pytest.param(operation, mode, id=f"{label(operation)}-{mode.value}")


@pytest.mark.parametrize(("operation", "mode"), list(_throwable()))
def test_the_document_is_true(
    document: Any, copy: World, operation: Operation, mode: GenerationMode, pytestconfig: pytest.Config
) -> None:
    told = document[operation.path][operation.method]
    headers = {"Authorization": f"Bearer {copy.admin.token}"} if operation.signed_in else {}
    examples = max(FEW, -(-pytestconfig.getoption("--fuzz") // (len(operations()) * len(GenerationMode))))
    target = copy.workable(operation).path if operation.signed_in else {}

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=told.as_strategy(mode, path_parameters=target or None))
    def throw(case: Any) -> None:
        if operation.needs_version:
            headers["If-Match"] = f'"{copy.version(operation, target)}"'
        case.call_and_validate(headers=headers, checks=CHECKS)

    throw()
