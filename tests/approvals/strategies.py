"""Flows there could be, for properties that must hold in all of them."""

from typing import Any

from hypothesis import strategies as some

PEOPLE = ("boss", "zhou", "captain", "lin", "chen", "shen", "fang")
MODES = ("any", "all", "sequence", "share")


def rules(ids: dict[str, str]) -> some.SearchStrategy[dict[str, Any]]:
    """Rules that name people, sometimes nobody."""
    named = some.lists(some.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)
    return some.one_of(
        named.map(lambda names: {"by": "people", "ids": [ids[name] for name in names]}),
        some.just({"by": "department-head"}),
        some.integers(1, 4).map(lambda level: {"by": "manager", "level": level}),
        some.integers(1, 3).map(lambda level: {"by": "managers", "up_to": level}),
        some.just({"by": "submitter"}),
        some.just({"by": "collaborators"}),
    )


_ELSEWHERE = some.sampled_from([{"then": "skip"}, {"then": "superior"}, {"then": "stop"}])
_ONESELF = some.one_of(_ELSEWHERE, some.just({"then": "ask"}))


def asking(ids: dict[str, str]) -> some.SearchStrategy[dict[str, Any]]:
    """A node where people are asked, without its name."""
    return some.fixed_dictionaries(
        {
            "type": some.just("approve"),
            "who": some.lists(rules(ids), min_size=1, max_size=2),
            "mode": some.sampled_from(MODES),
            "share": some.sampled_from([34, 50, 67, 100]),
            "rejects": some.sampled_from(["first", "decided"]),
            "on_reject": some.sampled_from(["end", "submitter"]),
            "again": some.sampled_from(["ask", "skip"]),
            "nobody": _ELSEWHERE,
            "own": _ONESELF,
            "gone": _ELSEWHERE,
        }
    )


def flows(ids: dict[str, str]) -> some.SearchStrategy[list[dict[str, Any]]]:
    """Sequences of nodes with names, at most two levels deep."""
    leaf = asking(ids)
    lane = some.lists(leaf, min_size=1, max_size=2)
    fork = some.lists(lane, min_size=2, max_size=3).map(lambda lanes: {"type": "parallel", "lanes": lanes})
    choice = some.tuples(some.integers(0, 300), lane, lane).map(
        lambda parts: {"type": "branch", "least": parts[0], "lanes": list(parts[1:])}
    )
    return some.lists(some.one_of(leaf, leaf, fork, choice), min_size=1, max_size=4).map(named)


def named(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nodes with ids and names, as a definition has them."""
    numbers = iter(range(1000))
    return [_named(node, numbers) for node in nodes]


def _named(node: dict[str, Any], numbers: Any) -> dict[str, Any]:
    number = next(numbers)
    called = {"id": f"n{number}", "name": f"n{number}", "type": node["type"]}
    if node["type"] == "approve":
        return {**node, **called}
    arms = [
        {"id": f"{called['id']}-{i}", "name": f"arm {i}", "nodes": [_named(one, numbers) for one in lane]}
        for i, lane in enumerate(node["lanes"])
    ]
    if node["type"] == "branch":
        arms[0]["when"] = {"field": "amount", "op": "gte", "value": node["least"]}
    return {**called, "arms": arms}
