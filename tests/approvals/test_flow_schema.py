"""The published schema of flows says what reading takes: the same nodes, the same members, the same words."""

from collections.abc import Callable
from typing import Any

import pytest

from app.approvals import flow_schema, reading
from app.core.errors import Invalid
from tests.support.client import Company

ONE = "0190b7a0-0000-7000-8000-000000000001"


def least(schema: dict[str, Any]) -> Any:
    """The smallest value that a schema of ours allows."""
    said = next((name for name in _LEAST if name in schema), "type")
    return _LEAST[said](schema)


def _referred(schema: dict[str, Any]) -> Any:
    wanted = flow_schema.SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return least((wanted.get("oneOf") or wanted["anyOf"])[-1])


_TYPED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "object": lambda one: {name: least(one["properties"][name]) for name in one.get("required", ())},
    "array": lambda one: [least(one["items"]) for _ in range(one.get("minItems", 0))],
    "integer": lambda one: one["minimum"],
    "boolean": lambda one: one["default"],
    "string": lambda one: ONE if one.get("format") == "uuid" else "a",
}
_LEAST: dict[str, Callable[[dict[str, Any]], Any]] = {
    "const": lambda one: one["const"],
    "enum": lambda one: one["enum"][0],
    "$ref": _referred,
    "anyOf": lambda one: least(one["anyOf"][0]),
    "oneOf": lambda one: least(one["oneOf"][0]),
    "type": lambda one: _TYPED[one["type"]](one) if "type" in one else "a",
}


def told_apart(node: Any) -> Any:
    """The same with ids of its own."""
    for i, arm in enumerate(node.get("arms", ())):
        arm["id"] = f"arm-{i}"
    return node


def test_it_is_published(company: Company) -> None:
    answer = company.admin.get("/approval-flow-schema")
    assert (answer.status_code, answer.json) == (200, flow_schema.SCHEMA)


@pytest.mark.parametrize("word", sorted(flow_schema.NODES))
def test_the_least_node_of_each_type_is_read(word: str) -> None:
    node = told_apart(least(flow_schema.NODES[word]))
    [read] = reading.read({"nodes": [node]}).nodes
    assert read.id == node["id"]


@pytest.mark.parametrize("word", sorted(flow_schema.NODES))
def test_a_member_that_the_schema_names_is_known_and_no_other(word: str) -> None:
    schema = flow_schema.NODES[word]
    for name, member in schema["properties"].items():
        node = told_apart({**least(schema), name: least(member)})
        node = told_apart(node) if name == "arms" else node
        reading.read({"nodes": [node]})
    with pytest.raises(Invalid):
        reading.read({"nodes": [{**told_apart(least(schema)), "colour": "red"}]})


@pytest.mark.parametrize("by", sorted(flow_schema.WHO))
def test_the_least_rule_of_each_kind_is_read(by: str) -> None:
    copy = {"id": "a", "type": "copy", "name": "a", "who": [least(flow_schema.WHO[by])]}
    [read] = reading.read({"nodes": [copy]}).nodes
    assert [rule.by for rule in read.who] == [by]  # type: ignore[attr-defined]


def test_it_names_the_same_nodes_and_rules_as_reading() -> None:
    assert set(flow_schema.NODES) == set(reading._SHAPES)
    assert set(flow_schema.WHO) == set(reading._WHO)
    for word, schema in flow_schema.NODES.items():
        known = {
            "id",
            "name",
            "type",
            *reading._SHAPES[word][0],
            *({"arms"} if "arms" in schema["properties"] else ()),
        }
        assert set(schema["properties"]) == known
    for by, schema in flow_schema.WHO.items():
        assert set(schema["properties"]) == {"by", *reading._WHO[by]}
