"""From drafts to customers about to be made: fields checked, references found, for one or for many."""

from collections.abc import Mapping, Sequence
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
    tidied = [drafts.tidy(drafts.values_of(draft)) for draft in wanted]
    for values, _ in tidied:
        values["owner_id"] = values.get("owner_id") or (None if by.is_system else by.id)
    owners = references.owners(_ids(tidied, "owner_id"), by=by)
    parents = references.parents(_ids(tidied, "parent_id"), of=by)
    customs = filling.fill(
        by, SUBJECT, [Wanted(sent=values["custom"], facts=facts_of(values)) for values, _ in tidied]
    )
    planned = [_planned(by, values, problems, owners, parents) for values, problems in tidied]
    return [_with_custom(plan, custom) for plan, custom in zip(planned, customs, strict=True)]


def _with_custom(plan: Planned | Problems, custom: Custom | Problems) -> Planned | Problems:
    if isinstance(plan, Planned) and not isinstance(custom, tuple):
        return replace(plan, values={**plan.values, "custom": custom})
    found = plan if isinstance(plan, tuple) else ()
    return (*found, *custom) if isinstance(custom, tuple) else found


def _ids(tidied: Sequence[tuple[Mapping[str, Any], Problems]], name: str) -> set[UUID]:
    return {values[name] for values, _ in tidied if values.get(name)}


def _planned(
    by: Actor,
    values: Mapping[str, Any],
    problems: Problems,
    owners: Mapping[UUID, Owner],
    parents: Mapping[UUID, str],
) -> Planned | Problems:
    owner_id, parent_id = values["owner_id"], values.get("parent_id")
    filled_in = {name for name, value in values.items() if value not in (None, (), drafts.DEFAULTS.get(name))}
    found = [*problems, *rights.problems(by, SUBJECT, filled_in)]
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
