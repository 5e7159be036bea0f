"""Every operation of the interface, from its own document, for tests that find their cases by themselves."""

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from flask import Flask

from app.config import from_environment
from app.factory import create_app

METHODS = ("get", "post", "put", "patch", "delete")
API = "/api/v1"
PHONE = "/mobile/v1"
Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """Something in the path, the query or a header."""

    name: str
    place: str
    schema: Schema = field(hash=False)
    required: bool

    @property
    def is_id(self) -> bool:
        return self.schema.get("format") == "uuid"


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    parameters: tuple[Parameter, ...] = field(hash=False)
    body: Schema | None = field(hash=False)
    media: str | None
    signed_in: bool
    responses: dict[str, Any] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def of(self, place: str) -> list[Parameter]:
        return [p for p in self.parameters if p.place == place]

    @property
    def takes_key(self) -> bool:
        return any(p.name == "Idempotency-Key" for p in self.parameters)

    @property
    def needs_version(self) -> bool:
        return any(p.name == "If-Match" for p in self.parameters)

    @property
    def kept(self) -> bool:
        """Whether it is a door of those who keep the installation, who belong to no company."""
        return self.path.startswith(f"{API}/operator/")

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def resource(self) -> str:
        """The first noun of the path: customers."""
        return _below_door(self.path).split("/")[0]

    @property
    def successes(self) -> set[int]:
        return {int(status) for status in self.responses if status.startswith("2")}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document, from the code alone: no server is needed to list the cases."""
    from app.http.openapi import specification

    app = sys.modules["wsgi"].app if "wsgi" in sys.modules else _nowhere()
    with app.app_context():
        return specification(app)


def _nowhere() -> Flask:
    """The application without its servers; the real one, made later, takes over all settings."""
    settings = from_environment(
        {
            "GUANXI_ENVIRONMENT": "test",
            "DATABASE_URL": "postgresql://-",
            "REDIS_URL": "redis://-",
            "GUANXI_SECRET_KEY": "-" * 32,
        }
    )
    doors = (importlib.import_module(name).BLUEPRINTS for name in ("api.v1", "mobile_api.v1"))
    return create_app(settings, mounts=chain.from_iterable(doors))


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    """All operations of the browser's door and of the phone's."""
    return tuple(_operations())


def _operations() -> Iterator[Operation]:
    for path, item in document()["paths"].items():
        if not path.startswith((API, PHONE)):
            continue
        for method in METHODS:
            if method in item:
                told = item[method]
                contents = told.get("requestBody", {}).get("content", {})
                media = next(iter(contents), None)
                yield Operation(
                    method=method.upper(),
                    path=path,
                    parameters=tuple(
                        Parameter(p["name"], p["in"], resolved(p["schema"]), p.get("required", False))
                        for p in map(resolved, [*item.get("parameters", []), *told.get("parameters", [])])
                    ),
                    body=contents[media].get("schema") if media else None,
                    media=media,
                    signed_in=bool(told["security"]),
                    responses=told["responses"],
                )


def resolved(node: Schema) -> Schema:
    """A schema or parameter with its reference followed."""
    while "$ref" in node:
        found: Any = document()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = {**found, **{key: value for key, value in node.items() if key != "$ref"}}
    for word in ("allOf", "anyOf", "oneOf"):
        options = [o for o in node.get(word, []) if resolved(o).get("type") != "null"]
        if options:
            rest = {key: value for key, value in node.items() if key != word}
            rest["nullable"] = len(options) < len(node[word])
            return resolved({**resolved(options[0]), **rest})
    return node


def nullable(schema: Schema) -> bool:
    """Whether null is among the values of a resolved schema."""
    return bool(schema.get("nullable")) or "null" in schema.get("type", "")


def kind(schema: Schema) -> str:
    """The JSON type of a schema, null left out."""
    said = schema.get("type", "object" if "properties" in schema else "")
    return next((t for t in said if t != "null"), "") if isinstance(said, list) else said


def _below_door(path: str) -> str:
    return path.removeprefix(f"{API}/").removeprefix(f"{PHONE}/")


def label(operation: Operation) -> str:
    """The name of a case in a test report."""
    called = operation.path.removeprefix(API).removeprefix("/")
    return re.sub(r"[^\w{}-]+", "-", f"{operation.method} {called}")
