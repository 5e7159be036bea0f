"""By which accounts a text may be sent now: approved there, answering, and not faster than agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.message_templates.models import MessageTemplate
from app.message_templates.rendering import sms_text
from app.messaging import breaker, pacing
from app.messaging.breaker import Stand, State
from app.sms import secrets
from app.sms.models import SmsAccount, SmsFiling
from app.sms.pricing import Rate
from app.sms.states import AccountState, FilingState
from app.sms.vendors.contract import About, Refused, SmsVendor, Taken

_SILENT = {About.LINE, About.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Filed:
    """An approved text."""

    code: str
    """The vendor's name of it."""
    text: str
    variables: Sequence[str]


@dataclass(slots=True)
class Route:
    """An account by which texts may be sent."""

    account_id: UUID
    vendor: SmsVendor
    kind: str
    trouble: str | None
    per_minute: int | None
    rate: Rate
    health: State
    """How the vendor fares."""
    filings: Mapping[UUID, Filed]
    """The approved texts, by our template."""

    @property
    def provider(self) -> str:
        """By which name it is known how the vendor fares."""
        return f"sms-{self.kind}"


@dataclass(frozen=True, slots=True)
class Wait:
    """Why none of the routes may be taken now, and until when."""

    because: str
    until: datetime


def all_routes() -> list[Route]:
    """The current company's accounts in the order in which they are tried."""
    accounts = db.session.scalars(
        select(SmsAccount)
        .where(SmsAccount.state == AccountState.ON)
        .order_by(SmsAccount.place, SmsAccount.id)
    ).all()
    rows = db.session.execute(
        select(SmsFiling, MessageTemplate)
        .join(MessageTemplate, MessageTemplate.id == SmsFiling.template_id)
        .where(SmsFiling.state == FilingState.APPROVED)
    )
    # What was approved before the template was changed says something else.
    filings = [filed for filed, template in rows if filed.text == sms_text(template)]
    health = {kind: breaker.look(f"sms-{kind}") for kind in sorted({account.vendor for account in accounts})}
    return [
        Route(
            account_id=account.id,
            vendor=secrets.opened(account),
            kind=account.vendor,
            trouble=account.trouble,
            per_minute=account.per_minute,
            rate=Rate(account.signature, account.price),
            health=health[account.vendor],
            filings={
                one.template_id: Filed(one.code, one.text, one.variables)
                for one in filings
                if one.account_id == account.id and one.code is not None
            },
        )
        for account in accounts
    ]


def passable(routes: Iterable[Route]) -> tuple[list[Route], Wait | None]:
    """Those by which one message may be sent now; and if there is none, how long to wait."""
    found: list[Route] = []
    waits: list[Wait] = []
    for route in routes:
        if route.health.stand is Stand.OPEN and route.health.until:
            waits.append(Wait("provider-down", route.health.until))
        elif not found and route.per_minute:
            with unit_of_work():
                grant = pacing.take(f"sms:{route.account_id}", route.per_minute, 1)
            if grant.count:
                found.append(route)
            else:
                waits.append(Wait("paced", grant.until))
        else:
            found.append(route)
    return found, None if found else min(waits, key=lambda wait: wait.until, default=None)


def note(route: Route, answer: Taken | Refused) -> None:
    """Have account and vendor know what is wrong with them, or that nothing is any more."""
    silent = isinstance(answer, Refused) and answer.about in _SILENT
    if silent or route.health.failing:
        with unit_of_work():
            _note_health(route, answer if silent else None)
    mine = isinstance(answer, Refused) and answer.about in {About.ACCOUNT, About.LINE}
    trouble = answer.error if isinstance(answer, Refused) and mine else None
    if trouble == route.trouble or (isinstance(answer, Refused) and not mine):
        return
    at = clock.now() if trouble else None
    with unit_of_work():
        db.session.execute(
            update(SmsAccount)
            .where(SmsAccount.id == route.account_id)
            .values(trouble=trouble, troubled_since=at)
            .execution_options(synchronize_session=False)
        )
    route.trouble = trouble


def _note_health(route: Route, silence: Taken | Refused | None) -> None:
    if isinstance(silence, Refused):
        breaker.failed(route.provider, silence.error)
        route.health = breaker.look(route.provider)
    else:
        breaker.answered(route.provider)
        route.health = State(Stand.CLOSED)
