"""From drafts to customers about to be made: fields checked, references found, for one or for many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import FieldProblem
from app.customers import drafts, references
from app.customers.drafts import CustomerDraft
from app.customers.making import SUBJECT, Planned, facts_of
from app.customers.references import Owner
from app.fields import filling, rights
from app.fields.filling import Custom, Wanted

Problems = tuple[FieldProblem, ...]


def plan(wanted: Sequence[CustomerDraft], *, by: Actor) -> list[Planned | Problems]:
    """For each draft, in order, what is to be made or what is wrong with it; at most two statements."""
    return [one for planned in portions(wanted, by=by, size=len(wanted) or 1) for one in planned]


def portions(wanted: Sequence[CustomerDraft], *, by: Actor, size: int) -> Iterator[list[Planned | Problems]]:
    """The same for some drafts after the other; what they refer to is looked up before the first."""
    owner_of_most = None if by.is_system else by.id
    owner_ids = {draft.owner_id or owner_of_most for draft in wanted}
    owners = references.owners({one for one in owner_ids if one}, by=by)
    parents = references.parents({draft.parent_id for draft in wanted if draft.parent_id}, of=by)
    for start in range(0, len(wanted), size):
        tidied = [drafts.tidy(drafts.values_of(draft)) for draft in wanted[start : start + size]]
        for values, _ in tidied:
            values["owner_id"] = values.get("owner_id") or owner_of_most
        customs = filling.fill(
            by, SUBJECT, [Wanted(sent=values["custom"], facts=facts_of(values)) for values, _ in tidied]
        )
        planned = [_planned(by, values, problems, owners, parents) for values, problems in tidied]
        yield [_with_custom(plan, custom) for plan, custom in zip(planned, customs, strict=True)]


def _with_custom(plan: Planned | Problems, custom: Custom | Problems) -> Planned | Problems:
    if isinstance(plan, Planned) and not isinstance(custom, tuple):
        return replace(plan, values={**plan.values, "custom": custom})
    found = plan if isinstance(plan, tuple) else ()
    return (*found, *custom) if isinstance(custom, tuple) else found


def _filled_in(values: Mapping[str, Any]) -> set[str]:
    return {name for name, value in values.items() if value not in (None, (), drafts.DEFAULTS.get(name))}


def _planned(
    by: Actor,
    values: Mapping[str, Any],
    problems: Problems,
    owners: Mapping[UUID, Owner],
    parents: Mapping[UUID, str],
) -> Planned | Problems:
    owner_id, parent_id = values["owner_id"], values.get("parent_id")
    found = list(problems)
    if by.fixes(SUBJECT):
        found += rights.problems(by, SUBJECT, _filled_in(values))
    if owner_id and (problem := references.owner_problem(owners.get(owner_id), by=by)):
        found.append(problem)
    if parent_id and parent_id not in parents:
        found.append(references.unknown("parent_id"))
    if found:
        return tuple(found)
    return Planned(
        values=values,
        owner=owners[owner_id] if owner_id else None,
        parent_name=parents[parent_id] if parent_id else None,
    )
