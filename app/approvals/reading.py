"""Reading a definition from JSON, strictly: what is misshapen is refused by the name of its place."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.approvals.definitions import (
    Arm,
    Asking,
    Branch,
    Copy,
    Definition,
    End,
    Fallback,
    May,
    Mode,
    Node,
    Outcome,
    Parallel,
    Resuming,
    Span,
    Then,
    Timeout,
    Who,
    placed,
)
from app.core.errors import invalid
from app.core.json_shapes import (
    Members,
    Reader,
    choice,
    identifier,
    key,
    list_of,
    members,
    optional,
    thing,
    whole,
    words,
    yes_no,
)

MOST_NODES, MOST_ARMS, DEEPEST, MOST_RULES, MOST_PEOPLE, MOST_FIELDS = 100, 10, 6, 10, 50, 100
LONGEST_NAME = 60
UNITS = ("hours", "days", "working-hours", "working-days")


def read(sent: Any, *, at: str = "definition") -> Definition:
    """The definition that a JSON object states.

    :raises Invalid: naming the place in it that cannot be
    """
    found = members(
        sent,
        at,
        {
            "nodes": partial(_nodes, deep=1),
            "withdraw": (choice("always", "undecided", "never"), "always"),
        },
    )
    _demand_unique(found["nodes"], f"{at}.nodes", set())
    return Definition(**found, places=dict(placed(found["nodes"])))


def _demand_unique(nodes: tuple[Node, ...], at: str, seen: set[str]) -> None:
    for i, node in enumerate(nodes):
        arms = node.arms if isinstance(node, Branch | Parallel) else ()
        called = [(f"{at}.{i}", node.id), *((f"{at}.{i}.arms.{k}", arm.id) for k, arm in enumerate(arms))]
        for place, one in called:
            if one in seen:
                raise invalid(f"{place}.id", "already-exists")
            seen.add(one)
        if len(seen) > MOST_NODES:
            raise invalid(at, "too-many", max=MOST_NODES)
        for k, arm in enumerate(arms):
            _demand_unique(arm.nodes, f"{at}.{i}.arms.{k}.nodes", seen)


_WHO: dict[str, Members] = {
    "people": {"ids": list_of(identifier, least=1, most=MOST_PEOPLE)},
    "role": {"id": identifier, "within": (choice("company", "department"), "company")},
    "department-head": {"id": (optional(identifier), None)},
    "manager": {"level": whole(1, 10)},
    "managers": {"up_to": whole(1, 10)},
    "choice": {
        "most": (whole(1, 20), 1),
        "ids": (list_of(identifier, most=MOST_PEOPLE), ()),
        "role_id": (optional(identifier), None),
        "department_id": (optional(identifier), None),
    },
    "owner": {},
    "collaborators": {},
    "earlier": {"node": key},
    "submitter": {},
}


def _word(sent: Any, at: str, member: str, among: Mapping[str, Any]) -> str:
    word: str = choice(*among)(thing(sent, at).get(member), f"{at}.{member}")
    return word


def _who(sent: Any, at: str) -> Who:
    by = _word(sent, at, "by", _WHO)
    return Who(**members(sent, at, {"by": choice(by), **_WHO[by]}))


def _fallback(*thens: Then) -> Reader:
    def read_it(sent: Any, at: str) -> Fallback:
        then = Then(_word(sent, at, "then", dict.fromkeys(thens)))
        whom: Members = {"id": identifier} if then is Then.PERSON else {}
        return Fallback(**{**members(sent, at, {"then": choice(then), **whom}), "then": then})

    return read_it


_ELSEWHERE = _fallback(Then.SKIP, Then.SUPERIOR, Then.PERSON, Then.STOP)
_ONESELF = _fallback(Then.ASK, Then.SKIP, Then.SUPERIOR, Then.PERSON, Then.STOP)
_PEOPLE = list_of(_who, least=1, most=MOST_RULES)
_SPAN: Members = {"amount": whole(1, 1000), "unit": choice(*UNITS)}


def _span(sent: Any, at: str) -> Span:
    return Span(**members(sent, at, _SPAN))


_TIMEOUT: Members = {
    **_SPAN,
    "remind": (optional(_span), None),
    "then": choice("nothing", "escalate", "transfer", "approve", "reject"),
    "to": (optional(identifier), None),
}


def _timeout(sent: Any, at: str) -> Timeout:
    found = members(sent, at, _TIMEOUT)
    if (found["then"] == "transfer") is not (found["to"] is not None):
        raise invalid(f"{at}.to", "required" if found["to"] is None else "unknown-field")
    span = Span(amount=found["amount"], unit=found["unit"])
    return Timeout(span=span, remind=found["remind"], then=found["then"], to=found["to"])


def _on_reject(sent: Any, at: str) -> str:
    if isinstance(sent, dict):
        return f"#{members(sent, at, {'node': key})['node']}"
    word: str = choice("end", "submitter")(sent, at)
    return word


def _may(sent: Any, at: str) -> May:
    deeds = ("transfer", "add", "send_back", "copy")
    return May(**members(sent, at, dict.fromkeys(deeds, (yes_no, True))))


def _fields(sent: Any, at: str) -> Mapping[str, str]:
    right = choice("hidden", "read", "edit")
    if len(thing(sent, at)) > MOST_FIELDS:
        raise invalid(at, "too-many", max=MOST_FIELDS)
    return {str(name)[:80]: right(one, f"{at}.{str(name)[:40]}") for name, one in sent.items()}


def _resume(sent: Any, at: str) -> Resuming:
    return Resuming(choice(*Resuming)(sent, at))


def _mode(*modes: Mode) -> Reader:
    return lambda sent, at: Mode(choice(*modes)(sent, at))


_ASKING: Members = {
    "who": _PEOPLE,
    "nobody": (_ELSEWHERE, Fallback(then=Then.STOP)),
    "own": (_ONESELF, Fallback(then=Then.SUPERIOR)),
    "gone": (_ELSEWHERE, Fallback(then=Then.SUPERIOR)),
    "comment": (choice("optional", "required"), "optional"),
    "signature": (yes_no, False),
    "may": (_may, May()),
    "resume": (_resume, Resuming.CHOOSE),
    "timeout": (optional(_timeout), None),
    "fields": (_fields, {}),
}
_APPROVE: Members = {
    **_ASKING,
    "mode": (_mode(*Mode), Mode.ANY),
    "share": (whole(1, 100), 100),
    "rejects": (choice("first", "decided"), "first"),
    "on_reject": (_on_reject, "end"),
    "again": (choice("ask", "skip"), "skip"),
}
_HANDLE: Members = {**_ASKING, "mode": (_mode(Mode.ANY, Mode.ALL, Mode.SEQUENCE), Mode.ANY)}
_NAMED: Members = {"id": key, "name": words(LONGEST_NAME)}


def _nodes(sent: Any, at: str, *, deep: int) -> tuple[Node, ...]:
    if deep > DEEPEST:
        raise invalid(at, "too-deep", max=DEEPEST)
    nodes: tuple[Node, ...] = list_of(partial(_node, deep=deep), most=MOST_NODES)(sent, at)
    return nodes


def _node(sent: Any, at: str, *, deep: int) -> Node:
    word = _word(sent, at, "type", _SHAPES)
    shape, make = _SHAPES[word]
    if word in {"branch", "parallel"}:
        arm = partial(_arm, deep=deep, conditional=word == "branch")
        shape = {"arms": list_of(arm, least=2, most=MOST_ARMS)}
    found = members(sent, at, {"type": choice(word), **_NAMED, **shape})
    del found["type"]
    node: Node = make(**found)
    return node


def _arm(sent: Any, at: str, *, deep: int, conditional: bool) -> Arm:
    # What a condition may speak of is known to the kind of what is approved: `checking` reads it.
    when: Members = {"when": (lambda tree, _at: tree, None)} if conditional else {}
    found = members(sent, at, {**_NAMED, **when, "nodes": partial(_nodes, deep=deep + 1)})
    return Arm(**{"when": None, **found})


def _approve(**found: Any) -> Asking:
    return _asked(handles=False, **found)


def _handle(**found: Any) -> Asking:
    return _asked(handles=True, share=100, rejects="first", on_reject="end", again="ask", **found)


def _asked(**found: Any) -> Asking:
    # A chain of superiors goes up step by step, whatever else was said.
    chain = any(rule.by == "managers" for rule in found["who"])
    return Asking(**{**found, "mode": Mode.SEQUENCE} if chain else found)


def _outcome(sent: Any, at: str) -> Outcome:
    return Outcome(choice(*Outcome)(sent, at))


_SHAPES: dict[str, tuple[Members, Any]] = {
    "approve": (_APPROVE, _approve),
    "handle": (_HANDLE, _handle),
    "copy": ({"who": _PEOPLE}, Copy),
    "branch": ({}, Branch),
    "parallel": ({}, Parallel),
    "end": ({"outcome": _outcome}, End),
}
