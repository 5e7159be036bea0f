"""What is wrong with a flow that has been drawn, before anybody is sent through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from app.approvals.definitions import (
    Asking,
    Branch,
    Copy,
    Definition,
    End,
    Node,
    Outcome,
    Parallel,
    Who,
    within,
)
from app.core import filters
from app.core.errors import Invalid
from app.core.filters import Fields


@dataclass(frozen=True, slots=True)
class Known:
    """What a flow may speak of."""

    fields: Fields
    """What conditions may ask."""
    shown: frozenset[str]
    """The fields of the subject that rights can be set on."""
    editable: frozenset[str]
    users: frozenset[UUID]
    """Those of the colleagues named that there are, and are active."""
    roles: frozenset[UUID]
    departments: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a flow: at which node, in which of its settings, and a stable code."""

    node: str | None
    field: str
    code: str
    facts: tuple[tuple[str, object], ...] = ()


def problems(definition: Definition, known: Known) -> list[Problem]:
    """All that keeps a flow from being published; empty if it may be."""
    found = [*_ways(definition.nodes, in_parallel=False)]
    for node in within(definition.nodes):
        found.extend(_of(node, definition, known))
    if not any(isinstance(one, Asking) for one in within(definition.nodes)):
        found.append(Problem(None, "nodes", "nobody-asked"))
    elif not found:
        found.extend(Problem(node, "nodes", "nobody-asked") for node in _unasked(definition))
    return found


def named(definition: Definition) -> tuple[set[UUID], set[UUID], set[UUID]]:
    """The users, roles and departments that a flow names."""
    users: set[UUID] = set()
    roles: set[UUID] = set()
    departments: set[UUID] = set()
    for node in within(definition.nodes):
        rules = node.who if isinstance(node, Asking | Copy) else ()
        for rule in rules:
            users.update(rule.ids)
            roles.update(_some(rule.role_id, rule.id if rule.by == "role" else None))
            departments.update(_some(rule.department_id, rule.id if rule.by == "department-head" else None))
        if isinstance(node, Asking):
            users.update(
                _some(node.nobody.id, node.own.id, node.gone.id, node.timeout.to if node.timeout else None)
            )
    return users, roles, departments


def _some(*ids: UUID | None) -> list[UUID]:
    return [one for one in ids if one is not None]


def _ways(nodes: tuple[Node, ...], *, in_parallel: bool) -> Iterator[Problem]:
    """Ends where none may be, and what nobody can come to."""
    for i, node in enumerate(nodes):
        if i + 1 < len(nodes) and _ends(node):
            yield Problem(nodes[i + 1].id, "type", "unreachable")
        if isinstance(node, End) and in_parallel:
            yield Problem(node.id, "type", "end-in-parallel")
        if isinstance(node, Branch | Parallel):
            for arm in node.arms:
                yield from _ways(arm.nodes, in_parallel=in_parallel or isinstance(node, Parallel))


def _ends(node: Node) -> bool:
    """Whether it is over here whatever happens."""
    if isinstance(node, Branch):
        return all(arm.nodes and _ends(arm.nodes[-1]) for arm in node.arms)
    return isinstance(node, End)


def _of(node: Node, definition: Definition, known: Known) -> Iterator[Problem]:
    if isinstance(node, Branch):
        yield from _conditions(node, known)
    if isinstance(node, Asking | Copy):
        for i, rule in enumerate(node.who):
            yield from _rule(node, f"who.{i}", rule, definition, known)
    if isinstance(node, Asking):
        yield from _asking(node, definition, known)


def _conditions(node: Branch, known: Known) -> Iterator[Problem]:
    *before, last = node.arms
    if last.when is not None:
        yield Problem(node.id, f"arms.{len(before)}.when", "no-otherwise")
    for i, arm in enumerate(before):
        if arm.when is None:
            yield Problem(node.id, f"arms.{i}.when", "when-missing")
            continue
        try:
            filters.from_tree(arm.when, known.fields, at=f"arms.{i}.when")
        except Invalid as error:
            first = error.problems[0]
            yield Problem(node.id, first.field, first.code, first.facts)


def _rule(node: Node, at: str, rule: Who, definition: Definition, known: Known) -> Iterator[Problem]:
    role_id = rule.id if rule.by == "role" else rule.role_id
    department_id = rule.id if rule.by == "department-head" else rule.department_id
    yield from _unknown(node, f"{at}.ids", rule.ids, known.users, "unknown-person")
    yield from _unknown(node, at, _some(role_id), known.roles, "unknown-role")
    yield from _unknown(node, at, _some(department_id), known.departments, "unknown-department")
    if rule.by == "earlier" and not _asks_before(rule.node, node, definition):
        yield Problem(node.id, f"{at}.node", "not-earlier")


def _asks_before(node_id: str | None, node: Node, definition: Definition) -> bool:
    found = definition.places.get(node_id or "")
    return (
        found is not None and isinstance(found.node, Asking) and found.node.id in definition.before(node.id)
    )


def _unknown(
    node: Node, at: str, ids: Iterable[UUID], known: frozenset[UUID], code: str
) -> Iterator[Problem]:
    if any(one not in known for one in ids):
        yield Problem(node.id, at, code)


def _asking(node: Asking, definition: Definition, known: Known) -> Iterator[Problem]:
    for at in ("nobody", "own", "gone"):
        yield from _unknown(node, at, _some(getattr(node, at).id), known.users, "unknown-person")
    timeout = node.timeout
    if timeout:
        yield from _unknown(node, "timeout.to", _some(timeout.to), known.users, "unknown-person")
    back_to = node.returns_to
    if back_to is not None:
        if not _asks_before(back_to, node, definition):
            yield Problem(node.id, "on_reject.node", "not-earlier")
        elif timeout is not None and timeout.then == "reject":
            # The clock alone would send it round and round.
            yield Problem(node.id, "timeout.then", "endless-return")
    yield from _rights(node, known)


def _rights(node: Asking, known: Known) -> Iterator[Problem]:
    for name, right in node.fields.items():
        if name not in known.shown:
            yield Problem(node.id, f"fields.{name[:40]}", "unknown-field")
        elif right == "edit" and name not in known.editable:
            yield Problem(node.id, f"fields.{name[:40]}", "not-editable")


def _unasked(definition: Definition) -> list[str | None]:
    """The last nodes of ways on which something is granted that nobody was asked about.

    A way that is drawn to an end of its own means it.
    """
    return [last for last, asked, meant in _paths(definition.nodes) if not asked and not meant]


def _paths(nodes: tuple[Node, ...]) -> list[tuple[str | None, bool, bool]]:
    """The ways through a sequence: (last node, whether anybody is asked, whether it ends by itself)."""
    paths: list[tuple[str | None, bool, bool]] = [(None, False, False)]
    for node in nodes:
        paths = [
            path if path[2] else (then[0] or path[0], path[1] or then[1], then[2])
            for path in paths
            for then in _through(node)
        ]
        paths = list(dict.fromkeys(paths))
    return paths


def _through(node: Node) -> list[tuple[str | None, bool, bool]]:
    if isinstance(node, Branch):
        return [
            (last or node.id, asked, meant) for arm in node.arms for last, asked, meant in _paths(arm.nodes)
        ]
    if isinstance(node, Parallel):
        lanes = [_paths(arm.nodes) for arm in node.arms]
        # Somebody is asked if in any lane somebody is, whichever ways the lanes take.
        return [(node.id, any(all(asked for _, asked, _ in lane) for lane in lanes), False)]
    if isinstance(node, End):
        return [(node.id, node.outcome is Outcome.REJECTED, True)]
    return [(node.id, isinstance(node, Asking) and not node.handles, False)]
