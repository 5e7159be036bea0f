"""Every place of every request where an id can stand, and what an attacker may learn from the answer."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import orjson
from werkzeug.test import TestResponse

from app.core.ids import new_id
from tests.hostile.faults import Path, places, replaced
from tests.support.operations import Operation, kind
from tests.support.samples import MARK, CannotPlace, table_of
from tests.support.store import Snapshot
from tests.support.world import Request, World

PER_PLACE = 3
# What the trail is about may be of any kind.
_NAMES = {"subject_id": "user_id"}
_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TEXT = re.compile(rf"{MARK} \w+ \d+".encode())


@dataclass(frozen=True)
class Place:
    """Where an id can stand: in the path, the query or the body; and what it points to."""

    part: str
    where: Path
    table: str

    def __str__(self) -> str:
        return f"{self.part} {'.'.join(map(str, self.where))}"

    def put(self, request: Request, value: str) -> Request:
        """The same request with another id in this place."""
        if self.part == "path":
            return replace(request, path={**request.path, str(self.where[0]): value})
        if self.part == "query":
            return replace(request, query={**request.query, str(self.where[0]): value})
        if self.part == "filter":
            tree = {"field": self.where[0], "op": "eq", "value": value}
            return replace(request, query={**request.query, "filter": orjson.dumps(tree).decode()})
        return replace(request, json=replaced(deepcopy(request.json), self.where, value))


def id_places(world: World, request: Request) -> Iterator[Place]:
    """Every place of a request where an id stands or could stand.

    :raises CannotPlace: when nobody knows what an id there would point to
    """
    operation = request.operation
    for parameter in operation.of("path"):
        if parameter.is_id:
            yield Place("path", (parameter.name,), world.table_in(operation, parameter.name, request.path))
    for parameter in operation.of("query"):
        if parameter.is_id or parameter.name.endswith("_id"):
            name = _NAMES.get(parameter.name, parameter.name)
            yield Place("query", (parameter.name,), table_of(name, operation.resource, world.tables))
        if parameter.name == "filter":
            yield Place("filter", ("owner_id",), "users")
    if request.json is not None:
        yield from _in_body(world, request)


def _in_body(world: World, request: Request) -> Iterator[Place]:
    assert request.operation.body is not None
    for where, schema, _ in places(request.operation.body, request.json):
        name = next(str(part) for part in reversed(where) if isinstance(part, str))
        if schema.get("format") == "uuid":
            yield Place("body", where, table_of(name, request.operation.resource, world.tables))
        elif name == "tenant" and kind(schema) == "string":
            yield Place("body", where, "")


def victims(world: World, place: Place) -> list[str]:
    """Ids of a company that somebody else might put there: the first, the second and the last."""
    if not place.table:
        return [world.slug]
    found = world.ids(place.table)
    if not found:
        raise CannotPlace(f"{place}: the victim has nothing in {place.table}")
    return list(dict.fromkeys([*found[: PER_PLACE - 1], found[-1]]))


def unknown(place: Place) -> str:
    """An id that nobody has."""
    return str(new_id()) if place.table else "nowhere0000"


def told(answer: TestResponse, *sent: str) -> tuple[int, Any]:
    """What an answer says, with what differs between any two requests left out."""
    body = answer.data
    for text in sent:
        body = body.replace(text.encode(), b"(sent)")
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return answer.status_code, body
    if isinstance(said, dict):
        said.pop("request_id", None)
    return answer.status_code, said


def leaks(answer: TestResponse, victim: Snapshot, own: Snapshot, *sent: str) -> frozenset[bytes]:
    """Ids and texts of a victim in an answer that the attacker did not send."""
    shown = _marks(answer.data) - {text.encode() for text in sent}
    return (shown & marks_of(victim)) - marks_of(own) if shown else shown


def marks_of(snapshot: Snapshot) -> frozenset[bytes]:
    """The ids and sample texts in a company's rows."""
    return _kept_marks(b"\n".join(row for rows in snapshot.values() for row in rows))


def _marks(text: bytes) -> frozenset[bytes]:
    return frozenset(_UUID.findall(text)) | frozenset(_TEXT.findall(text))


# Hundreds of tests look at the same two companies.
_kept_marks = lru_cache(maxsize=8)(_marks)


def detail_of(operation: Operation, everything: tuple[Operation, ...]) -> Operation | None:
    """The operation that shows the record which an operation acts on."""
    head, mark, _ = operation.path.partition("}")
    return next((o for o in everything if o.method == "GET" and o.path == head + mark), None)
