"""Consents, suppressed addresses and calm on the wire."""

from api.v1.schemas.session import Ref
from app.consents.addresses import ADDRESSED, LONGEST
from app.consents.calm import MOST_TIMES
from app.consents.cards import MOST_ENTRIES
from app.consents.ledger import LONGEST_EVIDENCE
from app.consents.states import BY_HAND, About, Obstacle, Purpose, Reason, Source, Way
from app.consents.suppressing import LONGEST_NOTE, MOST_AT_ONCE
from app.core.keyset import DEFAULT_LIMIT, MAX_LIMIT
from app.http.fields import (
    Choice,
    ClockTime,
    Id,
    Instant,
    Many,
    Part,
    QueryWhole,
    Secret,
    Shape,
    Text,
    Whole,
    Yes,
)

_PURPOSES, _WAYS = len(Purpose), len(Way)
_ADDRESSED = [str(way) for way in ADDRESSED]
_LAST = {"description": "What was said last; null: nothing"}


class ConsentSaid(Shape):
    """What somebody has agreed to or refused, and how that is known."""

    holds = Yes(required=True, metadata={"description": "Whether it is so from then on, or no longer"})
    purposes = Many(
        Choice(Purpose), max=_PURPOSES, load_default=list, metadata={"description": "Of a consent"}
    )
    ways = Many(Choice(Way), max=_WAYS, load_default=list, metadata={"description": "Of a consent"})
    source = Choice([str(one) for one in BY_HAND], required=True)
    evidence = Text(max=LONGEST_EVIDENCE, allow_none=True, load_default=None)
    said_at = Instant(allow_none=True, load_default=None, metadata={"description": "Null: just now"})


class ConsentEntryIn(ConsentSaid):
    """Something to be noted of a contact."""

    about = Choice(About, required=True)


class ConsentCell(Shape):
    """Whether a contact may be written to for a purpose in a way."""

    purpose = Choice(Purpose, required=True)
    consent = Yes(required=True, allow_none=True, metadata=_LAST)
    said_at = Instant(required=True, allow_none=True)
    source = Choice(Source, required=True, allow_none=True)
    obstacle = Choice(Obstacle, required=True, allow_none=True, metadata={"description": "Null: they may"})


class ConsentWay(Shape):
    """A way to a contact."""

    way = Choice(Way, required=True)
    address = Text(required=True, allow_none=True, max=LONGEST)
    suppressed = Yes(required=True, metadata={"description": "Whether nothing is sent to that address"})
    purposes = Many(Part(ConsentCell), required=True, max=_PURPOSES)


class ConsentEntryOut(Shape):
    """An entry of the ledger."""

    id = Id(required=True)
    about = Choice(About, required=True)
    purpose = Choice(Purpose, required=True, allow_none=True)
    way = Choice(Way, required=True, allow_none=True)
    holds = Yes(required=True)
    source = Choice(Source, required=True)
    evidence = Text(required=True, allow_none=True, max=LONGEST_EVIDENCE)
    said_at = Instant(required=True)
    noted_at = Instant(required=True)
    noted_by = Part(Ref, required=True, allow_none=True)


class Consents(Shape):
    """What a contact has agreed to and refused."""

    do_not_contact = Yes(required=True)
    minor = Yes(required=True)
    minor_by_age = Yes(required=True, metadata={"description": "By the year of birth, not by an entry"})
    ways = Many(Part(ConsentWay), required=True, max=_WAYS)
    entries = Many(Part(ConsentEntryOut), required=True, max=MOST_ENTRIES)


class PreferenceLink(Shape):
    """The link to a contact's own page."""

    address = Text(required=True, max=2000)


class SuppressionsIn(Shape):
    """Addresses that nothing is to be sent to."""

    way = Choice(_ADDRESSED, required=True)
    addresses = Many(Text(min=1, max=LONGEST), required=True, min=1, max=MOST_AT_ONCE)
    note = Text(max=LONGEST_NOTE, allow_none=True, load_default=None)


class SuppressionsAdded(Shape):
    """What came of it."""

    added = Whole(required=True)
    known = Whole(required=True, metadata={"description": "How many were on the list, or came twice"})


class SuppressionQuery(Shape):
    """Which suppressed addresses."""

    way = Choice(_ADDRESSED, load_default=None)
    lifted = Yes(load_default=False)
    address = Text(max=LONGEST, load_default=None)
    cursor = Text(max=100, load_default=None)
    limit = QueryWhole(min=1, max=MAX_LIMIT, load_default=DEFAULT_LIMIT)


class SuppressionOut(Shape):
    """An address that nothing is sent to, or was."""

    id = Id(required=True)
    way = Choice(_ADDRESSED, required=True)
    address = Text(required=True, max=LONGEST)
    reason = Choice(Reason, required=True)
    note = Text(required=True, allow_none=True, max=LONGEST_NOTE)
    added_at = Instant(required=True)
    added_by = Part(Ref, required=True, allow_none=True)
    lifted_at = Instant(required=True, allow_none=True)
    lifted_by = Part(Ref, required=True, allow_none=True)
    lifted_because = Text(required=True, allow_none=True, max=LONGEST_NOTE)


class SuppressionPage(Shape):
    """Suppressed addresses, the newest first."""

    items = Many(Part(SuppressionOut), required=True, max=MAX_LIMIT)
    next_cursor = Text(required=True, allow_none=True, max=100)


class LiftingIn(Shape):
    """Why an address may be written to again."""

    because = Text(required=True, min=1, max=LONGEST_NOTE)


class CalmRule(Shape):
    """When and how often a company writes for a purpose."""

    purpose = Choice(Purpose, required=True)
    needs_consent = Yes(required=True, metadata={"description": "Or it is enough that they have not refused"})
    begins = ClockTime(required=True)
    ends = ClockTime(required=True)
    weekdays = Many(Whole(min=1, max=7), required=True, min=1, max=7, metadata={"description": "1 is Monday"})
    per_day = Whole(required=True, allow_none=True, min=1, max=MOST_TIMES)
    per_week = Whole(required=True, allow_none=True, min=1, max=MOST_TIMES)
    per_month = Whole(required=True, allow_none=True, min=1, max=MOST_TIMES)


class CalmPolicyPatch(Shape):
    """What is to be otherwise; each purpose whole."""

    rules = Many(Part(CalmRule), required=True, min=1, max=_PURPOSES)


class CalmPolicyOut(Shape):
    """When and how often a company writes to people outside."""

    version = Whole(required=True)
    rules = Many(Part(CalmRule), required=True, max=_PURPOSES)


class PreferenceLookup(Shape):
    """A contact opens their page."""

    token = Secret(required=True)


class UnsubscriptionQuery(Shape):
    """Of which mail the holder wants to hear no more."""

    token = Text(required=True, min=1, max=200)
    purpose = Choice(Purpose, required=True)


class PreferenceChoice(Shape):
    """What they say of a purpose and a way."""

    purpose = Choice(Purpose, required=True)
    way = Choice(Way, required=True)
    holds = Yes(required=True)


class PreferenceWord(PreferenceLookup):
    """What they say."""

    choices = Many(Part(PreferenceChoice), max=_PURPOSES * _WAYS, load_default=list)
    nothing_at_all = Yes(allow_none=True, load_default=None)


class PreferencePurpose(Shape):
    """Whether they hear of something."""

    purpose = Choice(Purpose, required=True)
    wanted = Yes(required=True)


class PreferenceWay(Shape):
    """One of their addresses, masked."""

    way = Choice(Way, required=True)
    address = Text(required=True, max=LONGEST)
    purposes = Many(Part(PreferencePurpose), required=True, max=_PURPOSES)


class Preferences(Shape):
    """What they hear of, and where."""

    company = Text(required=True, max=200)
    nothing_at_all = Yes(required=True)
    ways = Many(Part(PreferenceWay), required=True, max=_WAYS)
