"""Who of those a letter means gets one, what stands on it, and why the others get none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.consents import standing
from app.consents.standing import Standing
from app.consents.states import About
from app.contacts.states import Gender
from app.insights import message_values
from app.insights.message_values import Subject
from app.letters import wording
from app.letters.postcodes import parted
from app.letters.states import Obstacle
from app.lists import pages
from app.message_templates.rendering import MissingValue

_PEOPLE = (
    "SELECT c.id::text, c.name, c.gender, c.customer_id::text, k.name, k.address FROM contacts c "
    "LEFT JOIN customers k ON k.tenant_id = %(tenant)s AND k.id = c.customer_id AND k.deleted_at IS NULL "
    "WHERE c.tenant_id = %(tenant)s AND c.id = ANY (%(ids)s::uuid[]) AND c.deleted_at IS NULL"
)
_TITLES = {Gender.MALE: "先生", Gender.FEMALE: "女士"}


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of somebody: an address with words for them, or the reason why not."""

    contact_id: UUID
    name: str
    customer: str | None = None
    customer_id: str | None = None
    obstacle: Obstacle | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    address: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people are sorted: a connection inside a company's walls, the day, and what may be said."""

    connection: Any
    tenant_id: int
    today: date
    called: Mapping[str, str]
    """What people call the variables; fields that are hidden from the reader are not among them."""


def sort(desk: Desk, letter: Any, ids: Sequence[UUID], *, served: str | None = None) -> list[Fate]:
    """What becomes of these people, in their order; six statements however many they are.

    :param letter: with its words, `locale` and `one_each`
    :param served: the customer before them who has got a letter
    """
    asked = {"tenant": desk.tenant_id, "ids": [str(one) for one in ids]}
    known = {row[0]: row for row in pages.run(desk.connection, _PEOPLE, asked)} if ids else {}
    said = standing.of(desk.connection, desk.tenant_id, ids, ())
    subjects = [Subject(one, None, None, desk.today, letter.locale) for one in ids]
    values = message_values.of(desk.connection, desk.tenant_id, subjects)
    told = zip(ids, values, strict=True)
    fates = (_fate(desk, letter, known.get(str(one)), (one, value)) for one, value in told)
    minded = (_minded(fate, said[str(fate.contact_id)], desk.today) for fate in fates)
    return list(_one_each(minded, served) if letter.one_each else minded)


def _fate(desk: Desk, letter: Any, row: Sequence[Any] | None, told: tuple[UUID, Mapping[str, str]]) -> Fate:
    one, values = told
    if row is None:
        return Fate(one, "", obstacle=Obstacle.CONTACT_GONE)
    _, name, gender, customer_id, customer, address = row
    fate = Fate(one, name, customer, customer_id)
    if not (address or "").strip():
        return _kept_back(fate, Obstacle.NO_ADDRESS)
    postcode, rest = parted(address)
    lines = {
        "postcode": postcode or "",
        "address": rest,
        "customer": "" if customer == name else customer or "",
        "addressee": _addressee(name, gender, letter.locale),
    }
    try:
        words = wording.filled(letter, {name: value for name, value in values.items() if name in desk.called})
    except MissingValue as missing:
        named = "、".join(desk.called.get(name, name) for name in missing.variables)
        return _kept_back(fate, Obstacle.VALUE_MISSING, {"variables": named})
    return Fate(one, name, customer, customer_id, address=lines, words=words)


def _addressee(name: str, gender: str | None, locale: str) -> str:
    """How somebody stands on an envelope: the whole name, with a title where it is known."""
    if locale == "en":
        return name
    return f"{name} {_TITLES[Gender(gender)]} 收" if gender else f"{name} 收"


def _minded(fate: Fate, said: Standing, today: date) -> Fate:
    # What somebody wants outweighs what is missing: nobody is to look up the address of who wants no letter.
    if fate.obstacle is Obstacle.CONTACT_GONE:
        return fate
    if said.holds(About.DO_NOT_CONTACT):
        return _kept_back(fate, Obstacle.DO_NOT_CONTACT)
    return _kept_back(fate, Obstacle.MINOR) if said.is_minor(today) else fate


def _one_each(fates: Iterator[Fate], served: str | None) -> Iterator[Fate]:
    for fate in fates:
        if fate.customer_id is not None and fate.customer_id == served and fate.obstacle is None:
            yield _kept_back(fate, Obstacle.SAME_CUSTOMER)
            continue
        if fate.obstacle is None:
            served = fate.customer_id
        yield fate


def _kept_back(fate: Fate, obstacle: Obstacle, facts: Mapping[str, Any] | None = None) -> Fate:
    return Fate(
        fate.contact_id, fate.name, fate.customer, fate.customer_id, obstacle=obstacle, facts=facts or {}
    )
