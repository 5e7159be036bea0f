"""One filter language for lists, saved views and conditions: tests of fields, joined by and/or.

On the wire it is a JSON tree, `{"and": [{"field": "stage", "op": "in", "value": ["deal"]}, ...]}`, or the
short form of a query string, `stage.in=deal,intent`. A resource declares its fields once; whatever is not
declared is refused by name. Values reach SQL as bind parameters only.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from app.core.errors import invalid
from app.core.filter_values import READERS, Kind, Unreadable

DEEPEST = 5
MOST_TESTS = 50
MOST_VALUES = 200
LONGEST_TREE = 10_000


class Op(StrEnum):
    """How a field is compared."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NIN = "nin"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    EMPTY = "empty"


_SAME = frozenset({Op.EQ, Op.NE, Op.IN, Op.NIN, Op.EMPTY})
_ORDERED = frozenset({Op.GT, Op.GTE, Op.LT, Op.LTE})
OPS: dict[Kind, frozenset[Op]] = {
    Kind.TEXT: _SAME | {Op.CONTAINS},
    Kind.CHOICE: _SAME,
    Kind.ID: _SAME,
    Kind.MEMBER: _SAME,
    Kind.WHOLE: _SAME | _ORDERED,
    Kind.INSTANT: _ORDERED | {Op.EQ, Op.EMPTY},
    Kind.NUMBER: _SAME | _ORDERED,
    Kind.DATE: _SAME | _ORDERED,
    Kind.YES: frozenset({Op.EQ, Op.NE, Op.EMPTY}),
}


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Few records among which all that pass a test must be, if there are few: SQL that gives their ids.

    Its text is the same for the same shape of test; `key` tells one question from another. As many as `most`
    are not few any more, if it is said here. `bound` says the same of a single row `v` of the index.
    """

    sql: str
    params: Mapping[str, Any]
    key: tuple[Any, ...]
    most: int | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that may be filtered.

    `sql` is its column, or a condition with `{match}` where the comparison goes: an EXISTS over the index
    table of a MEMBER (a tag, say), or a column that counts as empty unless something else holds. `{key}` in
    it is where `key` goes, as a bind parameter.
    """

    name: str
    kind: Kind
    sql: str
    choices: tuple[str, ...] = ()
    normal: Callable[[str], str] | None = None
    """The stored form of a text value, if it differs from what is typed."""
    key: str | None = None
    by_value: bool = False
    """Whether the best plan depends on the value it is compared with, as it does for a condition."""
    absent: str = ""
    """What stands for nothing in a column that is never null: a moment before or after all others."""
    shortlist: Callable[[Op, Any], Shortlist | None] | None = None
    """Finds the records of a test by an index of their own, where there is one."""


Fields = Mapping[str, Field]


def declare(*fields: Field) -> Fields:
    """The filterable fields of a resource, by name."""
    return {one.name: one for one in fields}


@dataclass(frozen=True, slots=True)
class Test:
    """One field compared with one value (a list for in/nin, a boolean for empty)."""

    field: Field
    op: Op
    value: Any


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions of which all (`and`) or any (`or`) must hold."""

    word: str
    parts: tuple["Test | Group", ...]


Node = Test | Group
EVERYTHING = Group("and", ())


def from_query(pairs: Iterable[tuple[str, str]], fields: Fields) -> Group:
    """The conditions of a query string: `stage=deal`, `stage.in=deal,lost`, `employees.gte=50`.

    :raises Invalid: naming the parameter
    """
    tests = []
    for key, text in pairs:
        name, _, op = key.partition(".")
        one = _field(name, fields, at=key)
        tests.append(_test(one, op or "eq", text, at=key, spelled=True))
    if len(tests) > MOST_TESTS:
        raise invalid("filter", "filter-too-deep")
    return Group("and", tuple(tests))


def tree_of(text: str, *, at: str = "filter") -> Any:
    """The tree that a text holds, as yet unread.

    :raises Invalid: for what is no JSON, or too long
    """
    if len(text) > LONGEST_TREE:
        raise invalid(at, "filter-too-deep")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise invalid(at, "bad-filter") from None


def from_tree(tree: Any, fields: Fields, *, at: str = "filter") -> Node:
    """The condition an already parsed tree states.

    :raises Invalid: naming the place in the tree
    """
    room = [MOST_TESTS]
    return _node(tree, fields, at, depth=1, room=room)


def _node(tree: Any, fields: Fields, at: str, *, depth: int, room: list[int]) -> Node:
    room[0] -= 1
    if depth > DEEPEST or room[0] < 0:
        raise invalid("filter", "filter-too-deep")
    if not isinstance(tree, dict):
        raise invalid(at, "bad-filter")
    for word in ("and", "or"):
        if tree.keys() == {word}:
            parts = tree[word]
            if not isinstance(parts, list):
                raise invalid(f"{at}.{word}", "not-a-list")
            inner = (
                _node(part, fields, f"{at}.{word}.{i}", depth=depth + 1, room=room)
                for i, part in enumerate(parts)
            )
            return Group(word, tuple(inner))
    if not {"field", "value"} <= tree.keys() <= {"field", "op", "value"}:
        raise invalid(at, "bad-filter")
    one = _field(tree["field"], fields, at=f"{at}.field")
    return _test(one, tree.get("op", "eq"), tree["value"], at=at, spelled=False)


def _field(name: Any, fields: Fields, *, at: str) -> Field:
    found = fields.get(name) if isinstance(name, str) else None
    if found is None:
        raise invalid(at, "unknown-filter-field", value=str(name)[:40])
    return found


def _test(one: Field, word: Any, value: Any, *, at: str, spelled: bool) -> Test:
    """:param spelled: whether the value is text from a query string, lists joined by commas"""
    try:
        op = Op(word)
    except ValueError:
        op = None
    if op is None or op not in OPS[one.kind]:
        raise invalid(at if spelled else f"{at}.op", "bad-operator", value=str(word)[:20])
    where = at if spelled else f"{at}.value"
    if op is Op.EMPTY:
        if spelled:
            value = {"true": True, "false": False}.get(value)
        if not isinstance(value, bool):
            raise invalid(where, "not-a-boolean")
        return Test(one, op, value)
    if op in {Op.IN, Op.NIN}:
        return Test(one, op, _values(one, value.split(",") if spelled else value, where, spelled=spelled))
    return Test(one, op, _value(one, value, where, spelled=spelled))


def _values(one: Field, values: Any, at: str, *, spelled: bool) -> list[Any]:
    if not isinstance(values, list):
        raise invalid(at, "not-a-list")
    if len(values) > MOST_VALUES:
        raise invalid(at, "too-many", max=MOST_VALUES)
    return [
        _value(one, value, at if spelled else f"{at}.{i}", spelled=spelled) for i, value in enumerate(values)
    ]


def _value(one: Field, value: Any, at: str, *, spelled: bool) -> Any:
    try:
        read = READERS[one.kind](value, spelled)
    except Unreadable as error:
        raise invalid(at, error.code, **error.facts) from None
    if one.choices and read not in one.choices:
        raise invalid(at, "not-a-choice", choices=", ".join(one.choices))
    return one.normal(read) if one.normal else read
