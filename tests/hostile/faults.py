"""Everything that can be wrong with a request, made from its schema: one fault at a time."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.support.operations import Schema, kind, nullable, resolved

DEEP = 10_000
LONG = 50_000
# Marks in the JSON text what json.dumps cannot write.
HUGE_FLOAT = "@1e400@"
WRONG: dict[str, list[Any]] = {
    "string": [5, True, [], {}, 1.5],
    "integer": ["x", "5", 1.5, True, [], {}, 10**30, 2**63, float("nan"), float("inf"), HUGE_FLOAT],
    "number": ["x", True, [], {}, float("nan"), HUGE_FLOAT],
    "boolean": ["maybe", 5, [], {}, 1.5],
    "array": ["x", 5, {}, True],
    "object": ["x", 5, [], True],
}
BAD_CHARACTERS = {"NUL": "a\x00b", "a lone surrogate": "a\ud800b", "a control character": "a\x1bb"}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Fault:
    """A body with one fault, and the field that must be named; None when the body as a whole is at fault."""

    what: str
    body: bytes
    field: str | None = None
    media: str | None = JSON


def text_of(value: Any) -> bytes:
    return json.dumps(value).replace(f'"{HUGE_FLOAT}"', "1e400").encode()


def whole_bodies() -> Iterator[Fault]:
    """Bodies that are no request at all."""
    yield Fault("half an object", b'{"name": "x"')
    yield Fault("no JSON", b"name=x")
    yield Fault("a list", b"[]")
    yield Fault("a number", b"5")
    yield Fault("null", b"null")
    yield Fault("a text", b'"x"')
    yield Fault("bytes that are no UTF-8", b'{"name": "\xff\xfe"}')
    yield Fault("UTF-16", '{"name": "x"}'.encode("utf-16"))
    yield Fault("GBK", '{"name": "客户"}'.encode("gbk"))
    yield Fault("endless lists", b"[" * DEEP)
    yield Fault("endless objects", b'{"name":' * DEEP)
    yield Fault("a deep list", b"[" * DEEP + b"]" * DEEP)
    yield Fault("a deep field", b'{"name": ' + b"[" * DEEP + b"]" * DEEP + b"}")
    yield Fault("too much", b'{"name": "' + b"x" * 1_100_000 + b'"}')


def wrong_media(valid: bytes) -> Iterator[Fault]:
    """The right body under the wrong name."""
    yield Fault("no content type", valid, media=None)
    for media in (
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        yield Fault(f"as {media}", valid, media=media)
    yield Fault("as a multipart without end", b"--x\r\n", media="multipart/form-data; boundary=x")
    yield Fault("as no type at all", valid, media="\u00e9/;;;=")


def in_fields(schema: Schema, valid: dict[str, Any]) -> Iterator[Fault]:
    """One field of a valid body at a time, made wrong in every way its schema forbids."""
    for path, inner, holder in places(schema, valid):
        name = ".".join(map(str, path))
        for what, value in wrong_values(inner):
            yield Fault(f"{name} is {what}", text_of(replaced(valid, path, value)), name)
        if path[-1] in resolved(holder).get("required", []):
            yield Fault(f"{name} is missing", text_of(replaced(valid, path, MISSING)), name)
    for path, holder in objects(schema, valid):
        if resolved(holder).get("additionalProperties") is False:
            name = ".".join(map(str, (*path, "no_such_field")))
            yield Fault(f"{name} is unknown", text_of(replaced(valid, (*path, "no_such_field"), 1)), name)


Path = tuple[str | int, ...]
MISSING = object()


def places(schema: Schema, valid: Any, path: Path = ()) -> Iterator[tuple[Path, Schema, Schema]]:
    """Every field of a body, with its schema and that of the object around it."""
    schema = resolved(schema)
    if isinstance(valid, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in valid:
                yield (*path, name), resolved(inner), schema
                yield from places(inner, valid[name], (*path, name))
    elif isinstance(valid, list) and valid:
        yield (*path, 0), resolved(schema["items"]), schema
        yield from places(schema["items"], valid[0], (*path, 0))


def objects(schema: Schema, valid: Any, path: Path = ()) -> Iterator[tuple[Path, Schema]]:
    """Every object of a body."""
    yield path, schema
    for inner, found, _ in places(schema, valid, path):
        if kind(found) == "object":
            yield inner, found


def wrong_values(schema: Schema) -> Iterator[tuple[str, Any]]:
    """What a schema forbids."""
    what = kind(schema)
    for value in WRONG.get(what, []):
        yield f"{value!r}", value
    if what and not nullable(schema):
        yield "null", None
    if "enum" in schema:
        yield "no such choice", "no-such-choice"
    if what == "string":
        yield from wrong_texts(schema)
    if what in {"integer", "number"}:
        yield from ((f"below {n}", n - 1) for n in [schema.get("minimum")] if n is not None)
        yield from ((f"above {n}", n + 1) for n in [schema.get("maximum")] if n is not None)
    if what == "array":
        yield "too many", [None] * LONG


def wrong_texts(schema: Schema) -> Iterator[tuple[str, str]]:
    yield from ((f"a text with {what}", text) for what, text in BAD_CHARACTERS.items())
    yield "too long", "长" * (schema.get("maxLength", LONG) + 1)
    if schema.get("minLength"):
        yield "empty", ""
        yield "blank", "   " if schema.get("writeOnly") is None else ""
    if schema.get("format") in {"uuid", "date", "date-time"}:
        yield f"no {schema['format']}", "x"
        yield "another calendar", "2026-02-30T25:61:00Z"


def replaced(valid: Any, path: Path, value: Any) -> Any:
    """A copy of a body with one place changed or left out."""
    body = deepcopy(valid)
    inner = body
    for part in path[:-1]:
        inner = inner[part]
    if value is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return body
