"""Whatever stands in a query string is understood or refused by name."""

from urllib.parse import quote

import pytest

from tests.hostile.answers import fault_of
from tests.support.operations import Operation, Parameter, kind, label, operations
from tests.support.world import Request, World

ASKING = [operation for operation in operations() if operation.of("query") and operation.signed_in]
NUMBERS = ["x", "1.5", "1e9", "0x10", "１２", "99999999999999999999", "1 ", "%00"]
HUGE, LONG = "9" * 400, "x" * 20_000
# Texts may hold anything, and nothing; what cannot be text in the database must still not hurt.
ODD_TEXTS = [
    "",
    "%00",
    "%ED%A0%80",
    "%FF",
    "%F0%9F%90%BC",
    "%",
    "'",
    '"',
    "\\",
    "%25",
    "_",
    "*",
    "(",
    "%E2%80%AE",
    "x" * 5000,
]
CURSORS = ["x", "AAAA", "e30=", "W10", "bnVsbA", "eyJhIjoxfQ", "%00", "x" * 5000, ".."]


def ask(world: World, operation: Operation, query: str) -> str | None:
    """What is wrong with the answer to a raw query string that must be refused."""
    return fault_of(world.admin.send(asked(world, operation, query)))


def asked(world: World, operation: Operation, query: str) -> Request:
    request = world.workable(operation)
    for name, value in request.query.items():
        query += f"&{name}={quote(value)}"
    request.query = query  # type: ignore[assignment]
    return request


WRONG = {
    ("boolean", None): ["maybe", "2", "%00"],
    ("string", "uuid"): ["x", "%00", "00000000", "'"],
    ("string", "date"): ["x", "2026-02-30", "%00"],
    ("string", "date-time"): ["x", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "%00"],
}


def refused(parameter: Parameter) -> list[str]:
    """Values that a parameter must refuse."""
    schema = parameter.schema
    if parameter.name == "cursor":
        return CURSORS
    if "enum" in schema:
        return ["no-such-choice", "%00"]
    if kind(schema) == "integer":
        bounds = [(schema.get("minimum"), -1), (schema.get("maximum"), 1)]
        return [*NUMBERS, HUGE, *(str(bound + step) for bound, step in bounds if bound is not None)]
    too_long = "x" * (schema.get("maxLength", 20_000) + 1)
    return WRONG.get((kind(schema), schema.get("format")), [too_long])


@pytest.mark.parametrize("operation", ASKING, ids=label)
def test_every_wrong_parameter_is_named(world: World, operation: Operation) -> None:
    wrong = {}
    for parameter in operation.of("query"):
        for value in refused(parameter):
            answer = world.admin.send(asked(world, operation, f"{parameter.name}={value}"))
            if said := fault_of(answer, parameter.name):
                wrong[f"{parameter.name}={value[:60]}"] = said
    assert wrong == {}


@pytest.mark.parametrize("operation", ASKING, ids=label)
def test_an_unknown_parameter_is_named(world: World, operation: Operation) -> None:
    answer = world.admin.send(asked(world, operation, "no_such_parameter=1"))
    assert fault_of(answer, "no_such_parameter") is None


@pytest.mark.parametrize("operation", ASKING, ids=label)
def test_odd_texts_do_no_harm(world: World, operation: Operation) -> None:
    wrong = {}
    texts = [
        p.name for p in operation.of("query") if kind(p.schema) == "string" and not p.schema.get("format")
    ]
    for name in texts:
        for text in ODD_TEXTS:
            answer = world.admin.send(asked(world, operation, f"{name}={text}"))
            if answer.status_code not in operation.successes and (said := fault_of(answer)):
                wrong[f"{name}={text[:40]}"] = said
    assert wrong == {}


@pytest.mark.parametrize("operation", ASKING, ids=label)
def test_odd_query_strings_do_no_harm(world: World, operation: Operation) -> None:
    wrong = {}
    for query in (
        "&&&",
        "=",
        "a=b=c",
        "%",
        "?",
        "\x00",
        "[]=1",
        "limit=1&limit=2",
        "limit[]=1",
        "x" * 20_000,
    ):
        answer = world.admin.send(asked(world, operation, query))
        if answer.status_code not in operation.successes and (said := fault_of(answer)):
            wrong[query[:40]] = said
    assert wrong == {}
