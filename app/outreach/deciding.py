"""What is to become of a message now: pure, so that a preview says what the release will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.consents.calm import Calm
from app.consents.standing import Standing
from app.consents.states import Purpose, Way
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import MissingValue, Words, render
from app.outreach.occasions import Choice
from app.outreach.states import Held, MessageState, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a message is for."""

    contact_id: UUID
    name: str
    customer: str | None
    addresses: Mapping[Way, str]
    standing: Standing
    reply_to: str | None
    """The mail address of the colleague who looks after them."""
    preferences: str
    """The token of the page on which they say what they want to hear."""
    language: str | None = None
    """In which they are written to, if that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that decides about some messages."""

    company: str
    zone: ZoneInfo
    calm: Mapping[Purpose, Calm]
    people: Mapping[UUID, Person]
    """Those who are there, by the id of the contact."""
    had: dict[tuple[UUID, Purpose], list[datetime]]
    """When they got messages of a purpose lately."""
    templates: Mapping[UUID, MessageTemplate]
    """Those that are in use."""
    unapproved: frozenset[UUID]
    """Those of them that the vendor has not approved."""
    enclosed: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    """What envelopes say of the files that go along, by template."""
    twins: Mapping[tuple[UUID, str], UUID] = field(init=False)
    """What says the same as a template in a language."""

    def __post_init__(self) -> None:
        found = {(one.twin_of_id, one.locale): one.id for one in self.templates.values() if one.twin_of_id}
        object.__setattr__(self, "twins", found)

    def spoken(self, choice: Choice, contact_id: UUID) -> Choice:
        """A way in the language of a person, as far as there are words in it that may go out."""
        person = self.people.get(contact_id)
        if person is None or person.language is None or choice.template_id not in self.templates:
            return choice
        twin = self.twins.get((choice.template_id, person.language))
        return choice if twin is None or twin in self.unapproved else replace(choice, template_id=twin)

    def locale_of(self, choices: Sequence[Choice], contact_id: UUID) -> str:
        """In which language dates and the like are told in messages to a person in these ways."""
        spoken = (self.spoken(one, contact_id).template_id for one in choices)
        known = (self.templates[one] for one in spoken if one in self.templates)
        return next((template.locale for template in known), "zh-CN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A message to decide about."""

    purpose: Purpose
    contact_id: UUID
    choices: Sequence[Choice]
    place: int
    expires_at: datetime
    values: Mapping[str, str]
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A way that cannot be taken."""

    place: int
    way: Way
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """It goes out now."""

    place: int
    choice: Choice
    address: str
    words: Words
    passed: Sequence[Passed] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """It is put off; the words are those that it would have by now."""

    until: datetime
    held_by: Held
    go: Go


@dataclass(frozen=True, slots=True)
class End:
    """It comes to nothing."""

    state: MessageState
    reason: str
    passed: Sequence[Passed] = field(default=())


Fate = Go | Wait | End


def decide(case: Case, world: World, at: datetime) -> Fate:
    """What is to become of a message at a moment."""
    if at >= case.expires_at:
        return End(MessageState.EXPIRED, case.held_by or Reason.TOO_LATE)
    person = world.people.get(case.contact_id)
    if person is None:
        return End(MessageState.SUPPRESSED, Reason.CONTACT_GONE)
    found = _first_way(case, person, world, at.astimezone(world.zone).date())
    if isinstance(found, End):
        return found
    moment, held_by = _moment(case, world, at)
    if held_by is None:
        return found
    if moment >= case.expires_at:
        return End(MessageState.EXPIRED, held_by)
    return Wait(moment, held_by, found)


def _first_way(case: Case, person: Person, world: World, today: date) -> Go | End:
    passed: list[Passed] = []
    for place, chosen in enumerate(case.choices):
        if place < case.place:
            continue
        choice = world.spoken(chosen, case.contact_id)
        obstacle = _obstacle(choice, case.purpose, person, world, today)
        if obstacle is None:
            try:
                words = render(world.templates[choice.template_id], case.values)
            except MissingValue:
                obstacle = Reason.VALUE_MISSING
            else:
                return Go(
                    place=place,
                    choice=choice,
                    address=person.addresses[choice.way],
                    words=words,
                    passed=passed,
                )
        passed.append(Passed(place, choice.way, obstacle))
    ours = {Reason.TEMPLATE_OFF, Reason.NOT_APPROVED, Reason.VALUE_MISSING}
    last = passed[0].reason if passed else Reason.TOO_LATE
    state = MessageState.FAILED if last in ours else MessageState.SUPPRESSED
    return End(state, last, passed)


def _obstacle(choice: Choice, purpose: Purpose, person: Person, world: World, today: date) -> str | None:
    against = person.standing.obstacle(
        purpose,
        choice.way,
        person.addresses.get(choice.way),
        needs_consent=world.calm[purpose].needs_consent,
        today=today,
    )
    if against is not None:
        return against
    if choice.template_id not in world.templates:
        return Reason.TEMPLATE_OFF
    return Reason.NOT_APPROVED if choice.template_id in world.unapproved else None


def _moment(case: Case, world: World, at: datetime) -> tuple[datetime, Held | None]:
    """When it may go out, and what it waits for if that is not now."""
    calm = world.calm[case.purpose]
    moment, held_by = at, None
    for span, most in calm.caps():
        had = sorted(world.had.get((case.contact_id, case.purpose), ()))
        recent = [one for one in had if one > at - span]
        if len(recent) >= most:
            moment, held_by = max(moment, recent[-most] + span), Held.CAP
    allowed = calm.next_moment(moment, world.zone)
    if allowed > moment and held_by is None:
        held_by = Held.QUIET_HOURS
    return allowed, held_by
