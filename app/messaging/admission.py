"""How many of a claim's messages may be tried now: as the provider fares, and as fast as may be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core import clock
from app.messaging import breaker, pacing
from app.messaging.breaker import Stand
from app.messaging.channels.contract import OutboxChannel
from tenants.context import require_tenant_id

PROVIDER_DOWN, PACED = "provider-down", "paced"
_AFTER_TRIAL = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Admission:
    """So many may be tried; the others when, and why not now."""

    count: int
    until: datetime | None = None
    because: str | None = None
    failing: bool = False
    """Whether the provider has failed since it last answered."""


def admit(channel: OutboxChannel, wanted: int) -> Admission:
    """How many of so many messages of the current company may be tried now."""
    state = breaker.look(channel.provider) if channel.provider else breaker.State(Stand.CLOSED)
    if state.stand is Stand.OPEN:
        return Admission(0, state.until, PROVIDER_DOWN, failing=True)
    if state.stand is Stand.TRIAL:
        return Admission(1, clock.now() + _AFTER_TRIAL, PROVIDER_DOWN, failing=True)
    count, until = wanted, None
    for key, per_minute in _paces(channel):
        grant = pacing.take(key, per_minute, count)
        count, until = grant.count, grant.until
    return Admission(count, until, PACED, failing=state.failing)


def _paces(channel: OutboxChannel) -> list[tuple[str, int]]:
    """The narrower limit first: what one company may not send is not taken from the others."""
    limits = channel.limits
    named = [(f"{channel.name}:{require_tenant_id()}", limits.each), (channel.name, limits.all)]
    return [(key, per_minute) for key, per_minute in named if per_minute]
