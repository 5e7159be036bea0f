"""What keeps a flow from being published, and where it is said to be wrong."""

from typing import Any
from uuid import uuid4

import pytest

from app.approvals import checking, reading
from app.approvals.checking import Known
from app.core.errors import Invalid
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from tests.approvals.office import approve, arm, branch, parallel, people

ID = uuid4()
KNOWN = Known(
    fields=declare(Field("amount", Kind.WHOLE, "")),
    shown=frozenset({"amount", "margin"}),
    editable=frozenset({"amount"}),
    users=frozenset({ID}),
    roles=frozenset(),
    departments=frozenset(),
)
OK = people(ID)
LARGE = {"field": "amount", "op": "gte", "value": 5}
END = {"id": "end", "type": "end", "name": "结束", "outcome": "granted"}
NO = {**END, "id": "no", "outcome": "rejected"}


def wrong(*nodes: Any) -> list[tuple[str | None, str, str]]:
    definition = reading.read({"nodes": list(nodes)})
    return [(one.node, one.field, one.code) for one in checking.problems(definition, KNOWN)]


WRONG = {
    "nothing at all": ([], [(None, "nodes", "nobody-asked")]),
    "a way where nobody approves": (
        [branch("b", arm("x", approve("a", OK), when=LARGE), arm("y"))],
        [("b", "nodes", "nobody-asked")],
    ),
    "what comes after the end": (
        [approve("a", OK), END, approve("late", OK)],
        [("late", "type", "unreachable")],
    ),
    "what comes after all ways have ended": (
        [approve("a", OK), branch("b", arm("x", END, when=LARGE), arm("y", NO)), approve("late", OK)],
        [("late", "type", "unreachable")],
    ),
    "an end within a parallel": (
        [approve("a", OK), parallel("p", arm("x", END), arm("y", approve("c", OK)))],
        [("end", "type", "end-in-parallel")],
    ),
    "no way for all other cases": (
        [approve("a", OK), branch("b", arm("x", when=LARGE), arm("y", when=LARGE))],
        [("b", "arms.1.when", "no-otherwise")],
    ),
    "a way without a condition": (
        [approve("a", OK), branch("b", arm("x"), arm("y"))],
        [("b", "arms.0.when", "when-missing")],
    ),
    "a condition over what there is not": (
        [approve("a", OK), branch("b", arm("x", when={"field": "height", "value": 1}), arm("y"))],
        [("b", "arms.0.when.field", "unknown-filter-field")],
    ),
    "somebody who is not here": ([approve("a", people(uuid4()))], [("a", "who.0.ids", "unknown-person")]),
    "a role that is not": (
        [approve("a", {"by": "role", "id": str(uuid4())})],
        [("a", "who.0", "unknown-role")],
    ),
    "a later decision asked for as an earlier one": (
        [approve("a", {"by": "earlier", "node": "b"}), approve("b", OK)],
        [("a", "who.0.node", "not-earlier")],
    ),
    "a decision of another way": (
        [parallel("p", arm("x", approve("a", OK)), arm("y", approve("b", {"by": "earlier", "node": "a"})))],
        [("b", "who.0.node", "not-earlier")],
    ),
    "time alone going round for ever": (
        [
            approve("a", OK),
            approve(
                "b",
                OK,
                on_reject={"node": "a"},
                timeout={"amount": 1, "unit": "days", "then": "reject"},
            ),
        ],
        [("b", "timeout.then", "endless-return")],
    ),
    "a right on what is not shown": (
        [approve("a", OK, fields={"cost": "hidden"})],
        [("a", "fields.cost", "unknown-field")],
    ),
    "correcting what cannot be": (
        [approve("a", OK, fields={"margin": "edit"})],
        [("a", "fields.margin", "not-editable")],
    ),
}


@pytest.mark.parametrize("fault", WRONG)
def test_names_the_node_and_what_is_wrong_with_it(fault: str) -> None:
    nodes, expected = WRONG[fault]
    assert wrong(*nodes) == expected


RIGHT = {
    "ways that end by themselves": [
        branch("b", arm("x", approve("a", OK), when=LARGE), arm("y", END)),
    ],
    "a parallel where one way only informs": [
        parallel(
            "p",
            arm("x", approve("a", OK)),
            arm("y", {"id": "c", "type": "copy", "name": "抄送", "who": [OK]}),
        )
    ],
    "a decision before the branch": [
        approve("a", OK),
        branch("b", arm("x", approve("c", {"by": "earlier", "node": "a"}), when=LARGE), arm("y")),
    ],
}


@pytest.mark.parametrize("flow", RIGHT)
def test_finds_nothing_wrong_with(flow: str) -> None:
    assert wrong(*RIGHT[flow]) == []


MISSHAPEN = {
    "definition": ([], "not-an-object"),
    "definition.nodes": ({"nodes": {}}, "not-a-list"),
    "definition.nodes.0.type": ({"nodes": [{"type": "dance"}]}, "not-a-choice"),
    "definition.nodes.0.name": ({"nodes": [{"id": "a", "type": "end", "outcome": "granted"}]}, "required"),
    "definition.nodes.0.who": ({"nodes": [approve("a")]}, "too-few"),
    "definition.nodes.0.colour": ({"nodes": [approve("a", OK, colour="red")]}, "unknown-field"),
    "definition.nodes.0.share": ({"nodes": [approve("a", OK, share=101)]}, "out-of-range"),
    "definition.nodes.0.who.0.ids.0": (
        {"nodes": [approve("a", {"by": "people", "ids": ["x"]})]},
        "not-an-id",
    ),
    "definition.nodes.1.id": ({"nodes": [approve("a", OK), approve("a", OK)]}, "already-exists"),
    "definition.nodes.0.id": ({"nodes": [approve("A b", OK)]}, "bad-key"),
    "definition.nodes.0.timeout.to": (
        {"nodes": [approve("a", OK, timeout={"amount": 1, "unit": "days", "then": "transfer"})]},
        "required",
    ),
}


@pytest.mark.parametrize("place", MISSHAPEN)
def test_refuses_what_is_no_definition_by_the_name_of_its_place(place: str) -> None:
    sent, code = MISSHAPEN[place]
    with pytest.raises(Invalid) as refused:
        reading.read(sent)
    assert [(one.field, one.code) for one in refused.value.problems] == [(place, code)]


def test_refuses_a_flow_that_is_too_deep() -> None:
    node: Any = approve("leaf", OK)
    for depth in range(reading.DEEPEST):
        node = parallel(f"p{depth}", arm(f"x{depth}", node), arm(f"y{depth}"))
    with pytest.raises(Invalid) as refused:
        reading.read({"nodes": [node]})
    assert [one.code for one in refused.value.problems] == ["too-deep"]
