"""What would become of messages: the same decision as when they go, at the time for which they are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import unlocked
from app.consents.states import Way
from app.core import clock
from app.insights.message_values import Subject
from app.message_templates import own_variables
from app.message_templates.rendering import Words
from app.outreach import gathering
from app.outreach.deciding import Case, End, Fate, Go, Passed, Wait, World, decide
from app.outreach.occasions import Occasion
from app.outreach.states import MessageState

_UNSEEN = "＊＊＊"
LONGEST_WAIT = 20
"""How often a message is put off before a preview gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one message."""

    occasion: Occasion
    name: str | None
    customer: str | None
    at: datetime
    """When it would go out, or come to nothing."""
    way: Way | None
    """In which way; None: it would not go out."""
    words: Words | None
    template_id: UUID | None
    """By which these are written."""
    state: MessageState | None
    """How it would end if it does not go out."""
    reason: str | None
    held_by: str | None
    """What it would be put off by."""
    passed: Sequence[Passed]
    """The ways before that could not be taken."""


@unlocked("called by services, which are locked")
def foresee(actor: Actor, occasions: Sequence[Occasion]) -> list[Foreseen]:
    """What would become of these messages, in the order in which they are due; constant statements."""
    if not occasions:
        return []
    ordered = sorted(occasions, key=lambda one: (one.due_at, one.key))
    at = clock.now()
    choices = {choice for one in ordered for choice in one.choices}
    world = gathering.world({one.contact_id for one in ordered}, choices, at=at)
    subjects = [
        Subject(
            one.contact_id,
            one.about.kind if one.about else None,
            one.about.id if one.about else None,
            max(one.due_at, at).astimezone(world.zone).date(),
            world.locale_of(one.choices, one.contact_id),
        )
        for one in ordered
    ]
    values = [_seen_by(actor, one) for one in gathering.values(subjects)]
    return [
        _foresee(one, told, world, max(one.due_at, at)) for one, told in zip(ordered, values, strict=True)
    ]


def _seen_by(reader: Actor, values: Mapping[str, str]) -> Mapping[str, str]:
    """The values with a sign for what the reader may not read; the messages themselves have it all."""
    unseen = own_variables.unseen(reader)
    return {name: _UNSEEN if name in unseen else value for name, value in values.items()}


def _foresee(occasion: Occasion, values: Mapping[str, str], world: World, at: datetime) -> Foreseen:
    case = Case(
        purpose=occasion.purpose,
        contact_id=occasion.contact_id,
        choices=occasion.choices,
        place=0,
        expires_at=occasion.expires_at,
        values=values,
    )
    fate, held_by = decide(case, world, at), None
    for _ in range(LONGEST_WAIT):
        if not isinstance(fate, Wait):
            break
        at, held_by = fate.until, fate.held_by
        fate = decide(case, world, at)
    if isinstance(fate, Go):
        world.had.setdefault((case.contact_id, case.purpose), []).append(at)
    return _told(occasion, world, at, fate, held_by)


def _told(occasion: Occasion, world: World, at: datetime, fate: Fate, held_by: str | None) -> Foreseen:
    person = world.people.get(occasion.contact_id)
    go = fate.go if isinstance(fate, Wait) else fate if isinstance(fate, Go) else None
    end = fate if isinstance(fate, End) else None
    return Foreseen(
        occasion=occasion,
        name=person.name if person else None,
        customer=person.customer if person else None,
        at=at,
        way=go.choice.way if go else None,
        words=go.words if go else None,
        template_id=go.choice.template_id if go else None,
        state=end.state if end else None,
        reason=end.reason if end else None,
        held_by=held_by,
        passed=fate.go.passed if isinstance(fate, Wait) else fate.passed,
    )
