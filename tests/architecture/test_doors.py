"""Every view says who may knock, and the document tells the truth about each."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.http.door import Door, door_of
from app.http.openapi import specification

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
SHORTEST_REASON = 12
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return specification(app)


@pytest.fixture(scope="module")
def doors(app: Flask) -> dict[str, tuple[str, Door | None]]:
    """Path and declaration of every view, by method and endpoint."""
    with app.app_context():
        return {
            f"{method} {rule.endpoint}": (rule.rule, door_of(rule.endpoint, method))
            for rule in app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) & METHODS)
        }


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method.upper() in METHODS:
                yield path, method, operation


def test_every_view_declares_its_door(doors: dict[str, tuple[str, Door | None]]) -> None:
    assert [view for view, (_, door) in doors.items() if door is None] == []


def test_open_doors_say_why(doors: dict[str, tuple[str, Door | None]]) -> None:
    unexplained = [
        view
        for view, (_, door) in doors.items()
        if door and door.kind != "signed-in" and len(door.reason) < SHORTEST_REASON
    ]
    assert unexplained == []


def test_the_fast_lane_only_reads(doors: dict[str, tuple[str, Door | None]]) -> None:
    assert [
        view for view, (_, door) in doors.items() if door and door.hot and not view.startswith("GET ")
    ] == []


def test_every_operation_is_documented(app: Flask, document: dict[str, Any]) -> None:
    told = {(path, method) for path, method, _ in operations(document)}
    kept = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/v1/", "/mobile/v1/", "/dev/"))
        for method in (rule.methods or set()) & METHODS
    }
    assert told == kept


def test_every_operation_has_a_summary(document: dict[str, Any]) -> None:
    silent = [
        (method, path) for path, method, operation in operations(document) if not operation.get("summary")
    ]
    assert silent == []


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        found: Any = document
        for part in reference.split("/"):
            found = found[part]
        assert isinstance(found, dict), reference


def test_every_answer_says_what_it_is(document: dict[str, Any]) -> None:
    """A success either has a body with a schema, or is 204 or leads on and has none."""
    silent = []
    for path, method, operation in operations(document):
        good = {
            status: answer
            for status, answer in operation["responses"].items()
            if status[0] == "2" or status == "302"
        }
        if not good:
            silent.append((method, path, "no success"))
        for status, answer in good.items():
            schemas = [content.get("schema") for content in answer.get("content", {}).values()]
            if (status in {"204", "302"}) == bool(schemas) and status != "202":
                silent.append((method, path, status))
            if not all(schemas):
                silent.append((method, path, status))
    assert silent == []


def test_bodies_are_closed(document: dict[str, Any]) -> None:
    """What is sent is described by name, so that an unknown field can be refused."""
    bodies = [
        (path, method, content["schema"])
        for path, method, operation in operations(document)
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    assert [(path, method) for path, method, schema in bodies if not schema] == []


def test_signed_in_operations_say_so(
    document: dict[str, Any], doors: dict[str, tuple[str, Door | None]]
) -> None:
    signed = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", path), view.partition(" ")[0].lower())
        for view, (path, door) in doors.items()
        if door and door.kind == "signed-in" and path.startswith(("/api/", "/mobile/"))
    }
    told = {(path, method) for path, method, operation in operations(document) if operation["security"]}
    assert told == signed


def test_what_can_be_sent_twice_takes_a_key(
    document: dict[str, Any], doors: dict[str, tuple[str, Door | None]]
) -> None:
    """Whoever is signed in may repeat any POST; only answers with secrets are not kept for it."""
    told = {
        path
        for path, method, operation in operations(document)
        if method == "post"
        and operation["security"]
        and "Idempotency-Key" in {p.get("name") for p in operation.get("parameters", [])}
    }
    kept = {
        re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", path)
        for view, (path, door) in doors.items()
        if view.startswith("POST ") and door and door.kind == "signed-in" and door.keeps_answer
    }
    assert told == kept
