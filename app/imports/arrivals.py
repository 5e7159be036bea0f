"""A chunk of rows becomes customers, contacts or products, with statements that do not grow with the rows.

Tried out, the same is found out and told, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.contacts import bulk as contacts
from app.core.bulk import insert_many
from app.core.errors import FieldProblem
from app.customers import bulk
from app.imports import (
    alikes,
    drafting,
    goods,
    matching,
    owners,
    people,
    revisions,
    soles,
    sorting,
    standing,
    traces,
)
from app.imports.matching import Known
from app.imports.models import Import, ImportLink
from app.imports.people import Target
from app.imports.plan import Plan, Row
from app.imports.records import Record
from app.imports.results import FAILED, Taken
from app.imports.sorting import SortedOut
from app.imports.work import Work
from app.spreadsheets.registry import CONTACT, PRODUCT, STANDING, imported_of

Problems = tuple[FieldProblem, ...]


@permitted(Permission.CUSTOMER_IMPORT)
def take(
    actor: Actor, wanted: Import, chunk: Sequence[Record], *, rehearsed: bool = False, made: int = 0
) -> Taken:
    """Bring some rows in, or only find out what would become of them.

    :param made: how many records the rows above have made
    """
    plan = Plan.of(wanted, wanted.mapping, imported_of(actor, wanted.type))
    rows = [plan.read(record) for record in chunk]
    work = Work(actor, wanted, plan, rehearsed, made)
    if rehearsed:
        soles.refuse_taken(work, rows)
    if wanted.type == CONTACT:
        people.take(work, rows)
    elif wanted.type == PRODUCT:
        goods.take(work, rows)
    elif wanted.type in STANDING:
        standing.take(work, rows)
    else:
        _take_customers(work, rows)
    return _finish(work, rows)


def _finish(work: Work, rows: Sequence[Row]) -> Taken:
    """Keep what the next chunks, and whoever takes it back, have to know; tell the rest."""
    taken = work.taken
    taken.results = [work.told[row.number].result(work.wanted.type) for row in rows]
    taken.counts["unchanged"] = sum(one.unchanged for one in work.told.values())
    if work.rehearsed:
        taken.alike = alikes.note(work, rows)
    else:
        traces.note(work.wanted, taken.effects)
    return taken


def _take_customers(work: Work, rows: Sequence[Row]) -> None:
    owners.settle(work.plan, rows)
    _check_contacts(work, rows)
    work.begin(rows)
    known = matching.known(rows, work.rules.get("match_by", matching.NAME), to=work.actor)
    sorted_out = SortedOut(work.told, work.rules, known, sorting.above(work, rows, known))
    for row in rows:
        sorted_out.sort(row)
    made = _make(work, sorted_out.fresh, known)
    revised = revisions.revise(work, sorted_out.revised)
    if not work.rehearsed:
        _note_parents_to_come(work.wanted, sorted_out, known, made, revised)
    people.join(work, [*_targets(work, sorted_out, made)])


def _check_contacts(work: Work, rows: Sequence[Row]) -> None:
    """Note what is wrong with the contacts that rows tell of: such a row is left out as a whole."""
    named = [row.contact for row in rows if row.contact and not row.contact.problems]
    if named:
        found = contacts.check_many(work.actor, [drafting.contact(one) for one in named], coming=True)
        for one, problems in zip(named, found, strict=True):
            one.problems += drafting.beside(problems)


def _make(work: Work, fresh: Sequence[Row], known: Known) -> dict[int, UUID | Problems | None]:
    """What became of rows that make a customer: its id, None if it is only tried out, or what is wrong."""
    if not fresh:
        return {}
    drafts = [drafting.draft(row, known.parents) for row in fresh]
    outcomes: list[UUID | Problems | None]
    if work.rehearsed:
        outcomes = [problems or None for problems in bulk.check_many(work.actor, drafts)]
    else:
        outcomes = [*bulk.create_many(work.actor, drafts)]
    for row, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, tuple):
            work.told[row.number].add(FAILED, outcome)
        else:
            work.created(row, outcome)
    return {row.number: outcome for row, outcome in zip(fresh, outcomes, strict=True)}


def _targets(work: Work, rows: SortedOut, made: Mapping[int, UUID | Problems | None]) -> "list[Target]":
    """To which customers the contacts go; a row whose customer could not be made goes with it."""
    targets = [(row, row.number) for row in rows.fresh if row.contact] + rows.same
    found: list[Target] = []
    for row, number in targets:
        outcome = made.get(number)
        if isinstance(outcome, tuple):
            if row.number != number:
                work.told[row.number].add(FAILED, outcome)
        else:
            found.append(Target(row, outcome, new=True))
    found += [Target(row, one) for row, one in rows.left]
    found += [
        Target(row, one)
        for one, row in rows.revised.items()
        if row.contact and work.told[row.number].outcome is not FAILED
    ]
    return found


def _note_parents_to_come(
    wanted: Import,
    rows: SortedOut,
    known: Known,
    made: Mapping[int, UUID | Problems | None],
    revised: Sequence[revisions.Revised],
) -> None:
    """Keep what parents could not be found yet: they may stand further down in the file."""
    children = [
        (row, one)
        for row in rows.fresh
        if isinstance(one := made[row.number], UUID) and row.parent and not known.parent_of(row)
    ]
    children += [(one.row, one.record_id) for one in revised if one.other_parent]
    links = [
        {
            "tenant_id": wanted.tenant_id,
            "import_id": wanted.id,
            "row": row.number,
            "record_id": record_id,
            "parent_name": row.parent,
        }
        for row, record_id in children
    ]
    insert_many(ImportLink, links)
