"""Whom a rule that goes by dates turns to in a stretch of time, and on what occasion: one scan a step."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.assets import cards as assets
from app.care import audience, dates, festivals, sources
from app.care.dates import Stretch
from app.care.festivals import Festival
from app.care.models import CareRule, Step
from app.care.sources import Source
from app.care.states import TriggerKind
from app.contacts import cards as contacts
from app.core.errors import Invalid
from app.customers import cards as customers
from app.lists import pages
from app.lists.pages import Listing
from app.outreach import conditions
from app.purchases import cards as purchases
from app.quotes import cards as quotes
from app.service_records import cards as service_records
from app.workdays.reckoning import Week

SLICE = 500
LISTINGS: Mapping[str, Listing] = {
    "contact": contacts.LISTING,
    "customer": customers.LISTING,
    "asset": assets.LISTING,
    "quote": quotes.LISTING,
    "service-record": service_records.LISTING,
    "purchase": purchases.LISTING,
}
_BORN = "r.birthday_calendar || ':' || r.birthday_month || ':' || r.birthday_day || ':' || r.birthday_leap"
# What has passed comes round again within a lunar year with its leap month, and not before one without.
_SOON, _LATE = timedelta(days=350), timedelta(days=390)


class NothingToGoBy(Exception):
    """The rule speaks of a field that is no more: nobody is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on whose occasion a step is due."""

    step: Step
    contact_id: UUID
    customer_id: UUID | None
    record: str
    record_id: UUID
    occasion: str
    """Names it for this person and record: `birthday:2027`."""
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Marked:
    """How the records of an occasion are known: by what they have in a column, and which days that means."""

    sql: str
    days: Mapping[str, Sequence[date]]
    bound: str = "true"
    params: Mapping[str, Any] | None = None
    table: str = ""


Keep = Callable[[datetime, datetime], bool]
"""Whether a step that is due at a moment, and expires at another, is wanted."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for people in one company.

    :param connection: a psycopg connection inside the tenant's walls
    """

    connection: Any
    actor: Actor
    week: Week
    today: date

    def find(
        self, rule: CareRule, stretch: Stretch, keep: Keep = lambda _due, _expires: True
    ) -> Iterator[Found]:
        """Everybody for whom a step of a rule is due in a stretch of time; one statement for each slice.

        :raises NothingToGoBy: if the rule speaks of what is no more
        """
        for step in rule.plan:
            trigger = rule.waits_for
            same_day = trigger.kind in {TriggerKind.BIRTHDAY, TriggerKind.FESTIVAL}
            due = dates.anchors(stretch, step.offset(trigger.shift), self.week)
            moments = {
                day: (at, dates.expires(at, step.lasts_hours, same_day=same_day, zone=self.week.zone))
                for day, at in due.items()
            }
            wanted = {day: both for day, both in moments.items() if keep(*both)}
            if wanted and (marked := self._marked(rule, sorted(wanted))):
                yield from self._scan(rule, step, marked, wanted)

    def _marked(self, rule: CareRule, days: Sequence[date]) -> _Marked | None:
        trigger = rule.waits_for
        if trigger.kind is TriggerKind.BIRTHDAY:
            return self._born_on(days)
        if trigger.kind is TriggerKind.FESTIVAL:
            kept = set(festivals.between(Festival(str(trigger.festival)), days[0], days[-1]))
            met = [day for day in days if day in kept]
            return _Marked("''", {"": met}) if met else None
        source = sources.find(self.actor, trigger.field)
        if source is None:
            raise NothingToGoBy
        if trigger.yearly:
            marks = _by_mark((mark, day) for day in days for mark in dates.yearly_on(day))
            if source.of_the_year:
                return _Marked(source.sql, marks, source.where)
            # The day itself is no return of it.
            bound = f"{source.where} AND {source.sql} < %(first)s"
            return _Marked(f"substr({source.sql}, 6, 5)", marks, bound, {"first": days[0].isoformat()})
        return self._on(source, days)

    def _born_on(self, days: Sequence[date]) -> _Marked:
        marks = _by_mark(
            (f"{calendar}:{month}:{of_month}:{str(leap).lower()}", day)
            for day in days
            for calendar, month, of_month, leap in dates.birthdays_on(day)
        )
        bounds = "r.next_birthday BETWEEN %(first)s AND %(last)s"
        if days[0] < self.today:
            bounds = f"({bounds} OR r.next_birthday BETWEEN %(first_again)s AND %(last_again)s)"
        ends = {"first": days[0], "last": days[-1]}
        again = {"first_again": days[0] + _SOON, "last_again": days[-1] + _LATE}
        return _Marked(_BORN, marks, bounds, ends | again)

    def _on(self, source: Source, days: Sequence[date]) -> _Marked:
        marks = {day.isoformat(): [day] for day in days}
        if not source.instant:
            return _Marked(source.sql, marks, source.where, table=source.table)
        bound = f"{source.where} AND {source.instant} >= %(first)s AND {source.instant} < %(last)s"
        # A day wider on either side: whose clock it is told by is decided by the date itself.
        ends = {"first": days[0] - dates.DAY, "last": days[-1] + 2 * dates.DAY}
        return _Marked(source.sql, marks, bound, ends)

    def _scan(
        self,
        rule: CareRule,
        step: Step,
        marked: _Marked,
        moments: Mapping[date, tuple[datetime, datetime]],
    ) -> Iterator[Found]:
        record = audience.record_of(rule.waits_for, rule.audience["whom"])
        text, params = self._question(rule, record, marked)
        after: tuple[str, str] | None = None
        while True:
            asked = {**params, "after_record": after and after[0], "after_person": after and after[1]}
            past = "AND (r.id, p.id) > (%(after_record)s::uuid, %(after_person)s::uuid) " if after else ""
            rows = pages.run(self.connection, text.format(past=past), asked, by_value=True)
            for person, customer, record_id, mark in rows:
                for day in marked.days[mark]:
                    yield Found(
                        step, UUID(person), UUID(customer) if customer else None, record, UUID(record_id),
                        _occasion(rule, record, record_id, mark, day), *moments[day],
                    )  # fmt: skip
            if len(rows) < SLICE:
                return
            after = (rows[-1][2], rows[-1][0])

    def _question(self, rule: CareRule, record: str, marked: _Marked) -> tuple[str, dict[str, Any]]:
        whom = rule.audience["whom"]
        joined = "p.id = r.id" if record == "contact" else audience.whose(record, whom)
        parts = [
            "r.tenant_id = %(tenant)s", "r.deleted_at IS NULL", "p.deleted_at IS NULL", joined,
                       f"{marked.sql} = ANY (%(marks)s)", marked.bound,
        ]  # fmt: skip
        params = {
            "tenant": self.actor.tenant_id,
            "zone": self.week.zone.key,
            "today": self.today.isoformat(),
            "marks": list(marked.days),
            **(marked.params or {}),
        }
        for part, more in self._conditions(rule, record):
            parts.append(part)
            params |= more
        text = (
            f"SELECT p.id::text, p.customer_id::text, r.id::text, {marked.sql} "
            f"FROM {marked.table or sources.TABLES[record]} r JOIN contacts p ON p.tenant_id = %(tenant)s "
            f"WHERE {' AND '.join(parts)} "
        )
        return f"{_escaped(text)}{{past}}ORDER BY r.id, p.id LIMIT {SLICE}", params

    def _conditions(self, rule: CareRule, record: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, kind, column in (
            ("contacts", "contact", "p.id"),
            ("customers", "customer", "p.customer_id"),
        ):
            if tree := rule.audience.get(name):
                met = self._where(kind, tree, name)
                within = (
                    f"{column} IN (SELECT r.id FROM {sources.TABLES[kind]} r "
                    f"WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND {met.sql})"
                )
                yield within, met.params
        if tree := rule.audience.get("records"):
            met = self._where(record, tree, "records")
            yield f"({met.sql})", met.params

    def _where(self, kind: str, tree: Any, mark: str) -> conditions.Where:
        try:
            return conditions.where(self.connection, self.actor, LISTINGS[kind], tree, mark=mark)
        except Invalid as gone:
            raise NothingToGoBy from gone


def _by_mark(pairs: Any) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for mark, day in pairs:
        found.setdefault(mark, []).append(day)
    return found


def _occasion(rule: CareRule, record: str, record_id: str, mark: str, day: date) -> str:
    trigger = rule.waits_for
    if trigger.kind is TriggerKind.BIRTHDAY:
        return f"birthday:{dates.birthday_year(mark.partition(':')[0], day)}"
    if trigger.kind is TriggerKind.FESTIVAL:
        return f"{trigger.festival}:{day.isoformat()}"
    return f"{record_id}:{(trigger.field or '').partition('.')[2]}:{day.isoformat()}"


def _escaped(sql: str) -> str:
    return sql.replace("{", "{{").replace("}", "}}")


def in_slices(found: Iterator[Found]) -> Iterator[list[Found]]:
    """The same, so many at a time as are written at once."""
    while some := list(islice(found, SLICE)):
        yield some
