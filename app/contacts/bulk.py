"""Many contacts at a time: what imports do, in a fixed number of statements per call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.contacts import drafts, policies, primaries, rolling, trail
from app.contacts.birthdays import Birthday
from app.contacts.drafts import ContactDraft
from app.contacts.models import Contact
from app.core import clock
from app.core.bulk import at_once, insert_many
from app.core.errors import FieldProblem, Invalid
from app.core.ids import new_id
from app.core.search import Keys, keys_of
from app.customers import queries as customers
from app.customers.models import Customer
from app.fields import filling, rights, writing
from app.fields.filling import Wanted
from app.lists import index
from app.lists.models import CONTACT
from tenants import calendar
from tenants.context import require_tenant_id

Problems = tuple[FieldProblem, ...]
Outcome = UUID | Problems


@permitted(Permission.CONTACT_CREATE)
def create_many(actor: Actor, wanted: Sequence[ContactDraft], *, action: str = "imported") -> list[Outcome]:
    """Make contacts; for each draft, in order, its id or what is wrong with it.

    A bad draft does not hinder the others. Of several primary contacts of a customer the first is it.
    """
    hosts = customers.visible(actor, {draft.customer_id for draft in wanted if draft.customer_id})
    today = calendar.today(calendar.zone())
    planned = _plan(actor, wanted, today)
    outcomes: list[Outcome] = []
    made: list[_Made] = []
    for values in planned:
        problems = values if isinstance(values, tuple) else _host_problems(actor, values, hosts)
        if problems or isinstance(values, tuple):
            outcomes.append(problems)
            continue
        one = _Made(actor, values, hosts.get(values["customer_id"]), today)
        made.append(one)
        outcomes.append(one.id)
    _make(actor, made, action)
    return outcomes


@permitted(Permission.CONTACT_CREATE)
def check_many(actor: Actor, wanted: Sequence[ContactDraft], *, coming: bool = False) -> list[Problems]:
    """What is wrong with each draft, in order; nothing is made.

    :param coming: whether drafts without a customer are for customers that are yet to be made
    """
    ids = {draft.customer_id for draft in wanted if draft.customer_id}
    hosts = customers.visible(actor, ids, to_change=False) if ids else {}
    found: list[Problems] = []
    for values in _plan(actor, wanted, calendar.today(calendar.zone())):
        if isinstance(values, tuple):
            found.append(values)
        else:
            to_come = coming and values["customer_id"] is None
            found.append(() if to_come else _host_problems(actor, values, hosts))
    return found


def _plan(actor: Actor, wanted: Sequence[ContactDraft], today: date) -> list[dict[str, Any] | Problems]:
    """For each draft its fields as they are kept, or what is wrong with them."""
    tidied = [_tidied(draft, today) for draft in wanted]
    customs = filling.fill(
        actor,
        trail.SUBJECT,
        [
            Wanted(sent=draft.custom, facts={name: values.get(name) for name in drafts.PLAIN})
            for draft, (values, _) in zip(wanted, tidied, strict=True)
        ],
    )
    planned: list[dict[str, Any] | Problems] = []
    for (values, problems), custom in zip(tidied, customs, strict=True):
        filled_in = {name for name, value in values.items() if value}
        found = [*problems, *rights.problems(actor, trail.SUBJECT, filled_in)]
        if isinstance(custom, tuple):
            found += custom
        planned.append(tuple(found) if found else {**values, "custom": custom})
    return planned


def _tidied(draft: ContactDraft, today: date) -> tuple[dict[str, Any], list[FieldProblem]]:
    values = drafts.values_of(draft)
    found: list[FieldProblem] = []
    try:
        values = drafts.demand(values)
    except Invalid as fault:
        found += fault.problems
    birthday: Birthday | None = values["birthday"]
    if birthday:
        try:
            birthday.check(today=today)
        except Invalid as fault:
            found += [FieldProblem("birthday", one.code, one.facts) for one in fault.problems]
    return values, found


def _host_problems(actor: Actor, values: Mapping[str, Any], hosts: Mapping[UUID, Customer]) -> Problems:
    customer_id = values["customer_id"]
    if customer_id is None:
        needed = values["is_primary"]
        return (FieldProblem("is_primary", "primary-needs-customer"),) if needed else ()
    host = hosts.get(customer_id)
    if host is None:
        return (FieldProblem("customer", "unknown-reference"),)
    return () if policies.add.allows(actor, host) else (FieldProblem("customer", "customer-not-yours"),)


@dataclass
class _Made:
    """One contact's row, and what it is found by."""

    actor: Actor
    values: Mapping[str, Any]
    host: Customer | None
    today: date

    def __post_init__(self) -> None:
        values, host, at = self.values, self.host, clock.now()
        maker = None if self.actor.is_system else self.actor.id
        self.id = new_id()
        numbers = [phone.number for phone in values["phones"]]
        self.keys: Keys = keys_of(values["name"], person=True, phones=numbers)
        self.row: dict[str, Any] = {
            "id": self.id,
            "version": 1,
            "tenant_id": require_tenant_id(),
            "customer_id": host.id if host else None,
            **{name: values[name] for name in drafts.PLAIN},
            "phones": [{"number": phone.number, "label": phone.label} for phone in values["phones"]],
            **rolling.birthday_columns(values["birthday"], today=self.today),
            "is_primary": values["is_primary"],
            "custom": values["custom"],
            "owner_id": host.owner_id if host else maker,
            "department_id": host.department_id if host else self.actor.department_id,
            "name_key": self.keys.sort,
            "search_text": self.keys.text,
            "created_at": at,
            "created_by_id": maker,
            "updated_at": at,
        }

    def told(self, action: str) -> Entry:
        """Its line in the trail."""
        contact = Contact(**{name: self.row[name] for name in ("id", "name", "customer_id")})
        shown = {name: self.row[name] for name in (*drafts.PLAIN, "phones", "is_primary")}
        birthday: Birthday | None = self.values["birthday"]
        shown |= {"birthday": trail.birthday(birthday), "customer": trail.ref(self.host)}
        changes = [
            trail.change(name, before=None, after=value)
            for name, value in shown.items()
            if value not in (None, [], False)
        ]
        custom = writing.told_of_new(self.actor, trail.SUBJECT, self.values["custom"])
        return trail.entry(contact, action, changes + custom)


def _make(actor: Actor, made: Sequence[_Made], action: str) -> None:
    if not made:
        return
    taken: set[UUID] = set()
    for one in made:
        host = one.row["customer_id"]
        one.row["is_primary"] = one.row["is_primary"] and host not in taken
        if one.row["is_primary"]:
            taken.add(host)
    primaries.give_way(actor, taken)
    rolling.note_days(one.row["next_birthday"] for one in made)
    with at_once():
        insert_many(Contact, [one.row for one in made])
        index.put(CONTACT, {one.id: one.keys.grams for one in made}, fresh=True)
        writing.index_new(actor, trail.SUBJECT, {one.id: one.values["custom"] for one in made})
        audit.record_many(actor, [one.told(action) for one in made])
