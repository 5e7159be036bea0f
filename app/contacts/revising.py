"""Changing, deleting and restoring many contacts at a time, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, permitted
from app.audit import services as audit
from app.contacts import drafts, policies, primaries, queries, rolling, trail
from app.contacts.models import Contact
from app.core import clock
from app.core.bulk import at_once, put_into, rewrite
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.search import Keys, keys_of
from app.customers import queries as customers
from app.fields import catalogue as catalogues
from app.fields import index as own_index
from app.fields.filling import Wanted
from app.fields.revising import fill_in
from app.lists import index
from app.lists.models import CONTACT
from tenants import calendar
from tenants.context import require_tenant_id

Changes = Sequence[Mapping[str, Any]]
Problems = tuple[FieldProblem, ...]
_COLUMNS = (
    *drafts.PLAIN, "phones", "is_primary", *rolling.COLUMNS, "custom", "name_key", "search_text",
)  # fmt: skip
_TOLD = {*drafts.PLAIN, "phones", "birthday", "is_primary"}


@permitted(Permission.CONTACT_UPDATE)
def revise_many(
    actor: Actor, wanted: Mapping[UUID, Mapping[str, Any]], *, rehearsed: bool = False
) -> dict[UUID, Changes | Problems]:
    """Change fields of contacts; for each what has changed, nothing among it, or what is wrong with it.

    One that cannot be changed does not hinder the others; one with nothing to change keeps its version.

    :param wanted: by id, fields of `ContactDraft` but `customer_id`
    :param rehearsed: whether it is only told what would become of them
    """
    contacts = queries.visible(actor, wanted.keys(), to_change=not rehearsed)
    today = calendar.today(calendar.zone())
    outcomes: dict[UUID, Changes | Problems] = {}
    possible = []
    for contact_id, sent in wanted.items():
        values, problems = drafts.tidy(sent)
        contact = contacts.get(contact_id)
        problems = problems or _birthday_problems(values, today) or _refusal(actor, contact, policies.update)
        outcomes[contact_id] = problems
        if contact and not problems:
            possible.append(_Revised(contact, values, today))
    outcomes |= fill_in(actor, trail.SUBJECT, possible)
    if not rehearsed:
        _write(actor, [one for one in possible if one.told and outcomes[one.contact.id] is one.told])
    return outcomes


def _birthday_problems(values: Mapping[str, Any], today: date) -> Problems:
    try:
        if values.get("birthday"):
            values["birthday"].check(today=today)
    except Invalid as fault:
        return tuple(FieldProblem("birthday", one.code, one.facts) for one in fault.problems)
    return ()


def _refusal(actor: Actor, contact: Contact | None, rule: Rule[Contact]) -> Problems:
    if contact is None:
        return (FieldProblem("row", "row-gone"),)
    return () if rule.allows(actor, contact) else (FieldProblem("row", "contact-not-yours"),)


@dataclass
class _Revised:
    """A contact as it is to become."""

    contact: Contact
    values: Mapping[str, Any]
    today: date
    told: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        before = trail.shown(self.contact, self.values.keys() & _TOLD)
        self.told = trail.differences(before, self._after())
        self.changed = {change["field"] for change in self.told}
        self.custom = self.contact.custom

    def _after(self) -> dict[str, Any]:
        after = {**self.values}
        if "phones" in after:
            after["phones"] = [{"number": one.number, "label": one.label} for one in after["phones"]]
        if "birthday" in after:
            after["birthday"] = trail.birthday(after["birthday"])
        return after

    @property
    def record(self) -> Contact:
        """The contact as it is now."""
        return self.contact

    @property
    def own(self) -> Wanted:
        """What it is to have in the company's own fields."""
        return Wanted(
            sent=self.values.get("custom") or {},
            facts={**trail.shown(self.contact, drafts.PLAIN), **self._plain()},
            before=self.contact.custom,
            record_id=self.contact.id,
        )

    def _plain(self) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if name in drafts.PLAIN}

    def keys(self) -> Keys:
        """What it is found by."""
        row = self._columns()
        return keys_of(row["name"], person=True, phones=[phone["number"] for phone in row["phones"]])

    def _columns(self) -> dict[str, Any]:
        names = {*drafts.PLAIN, "phones", "is_primary", *rolling.COLUMNS}
        kept = {name: getattr(self.contact, name) for name in names}
        after = {name: value for name, value in self._after().items() if name in names}
        if "birthday" in self.values:
            after |= rolling.birthday_columns(self.values["birthday"], today=self.today)
        return kept | after

    def row(self) -> dict[str, Any]:
        """The contact's columns as they are to be."""
        keys = self.keys()
        found_by = {"name_key": keys.sort, "search_text": keys.text}
        return {**self._columns(), "id": self.contact.id, "custom": self.custom, **found_by}


def _write(actor: Actor, revised: Sequence[_Revised]) -> None:
    if not revised:
        return
    primary = [one for one in revised if "is_primary" in one.changed and one.values["is_primary"]]
    primaries.give_way(
        actor,
        {one.contact.customer_id for one in primary if one.contact.customer_id},
        but=[one.contact.id for one in primary],
    )
    made = [one.row() for one in revised]
    rolling.note_days(row["next_birthday"] for row in made)
    rewrite(Contact, made, tenant_id=require_tenant_id(), at=clock.now())
    with at_once():
        refilled = {one.contact.id: one.custom for one in revised if one.custom != one.contact.custom}
        own_index.replace_many(refilled, catalogues.now(actor, trail.SUBJECT))
        found_by = [one for one in revised if {"name", "phones"} & one.changed]
        index.put(CONTACT, {one.contact.id: one.keys().grams for one in found_by})
        audit.record_many(actor, [trail.entry(one.contact, "updated", one.told) for one in revised])
    for one in revised:
        db.session.expire(one.contact)


@permitted(Permission.CONTACT_DELETE)
def delete_many(actor: Actor, contact_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put contacts into the recycle bin; for each what is wrong, nothing for those that went."""
    contacts = queries.visible(actor, contact_ids)
    problems = {one: _refusal(actor, contacts.get(one), policies.delete) for one in contact_ids}
    gone = [contacts[one] for one, found in problems.items() if not found]
    _put(
        actor,
        "deleted",
        gone,
        {"deleted_at": clock.now(), "deleted_by_id": None if actor.is_system else actor.id},
    )
    return problems


@permitted(Permission.CONTACT_DELETE)
def restore_many(actor: Actor, contact_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Take contacts out of the recycle bin; where another became primary meanwhile, they are so no more."""
    contacts = queries.visible(actor, contact_ids, binned=True)
    problems = {one: _refusal(actor, contacts.get(one), policies.restore) for one in contact_ids}
    hosts = {one.customer_id for one in contacts.values() if one.customer_id}
    live, taken = customers.live(hosts), queries.hosts_with_primary(hosts)
    kept, yielding = [], []
    for contact in (contacts[one] for one, found in problems.items() if not found):
        if contact.customer_id is not None and contact.customer_id not in live:
            problems[contact.id] = (FieldProblem("row", customers.CustomerInRecycleBin.code),)
        elif contact.is_primary and contact.customer_id in taken:
            yielding.append(contact)
        else:
            kept.append(contact)
            if contact.is_primary and contact.customer_id:
                taken.add(contact.customer_id)
    values = {"deleted_at": None, "deleted_by_id": None, "updated_at": clock.now()}
    _put(actor, "restored", kept, values)
    _put(actor, "restored", yielding, {**values, "is_primary": False})
    rolling.look_again()
    return problems


def _put(actor: Actor, action: str, contacts: Sequence[Contact], values: Mapping[str, Any]) -> None:
    if not contacts:
        return
    entries = [trail.entry(contact, action) for contact in contacts]
    put_into(Contact, contacts, values)
    audit.record_many(actor, entries)
