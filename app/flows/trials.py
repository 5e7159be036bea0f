"""Trials end: the company is told in time, and is read-only from that moment on."""

import math
from datetime import timedelta

from app.access.queries.users import administrators
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging import services as messaging
from tenants import rounds, services
from tenants.context import require_tenant_id
from tenants.models import Tenant

WARNING = timedelta(days=3)
_COMPANY_PAGE = "/settings/company"


def watch() -> None:
    """Warn those whose trial ends soon, and end what is over; a second run finds nothing to do."""
    with unit_of_work():
        tenant_ids = services.trials_ending(within=WARNING)
    rounds.each(tenant_ids, _visit, name="trials")


def _visit() -> None:
    with unit_of_work():
        ended = services.end_trial()
        ends_at = db.session.get_one(Tenant, require_tenant_id()).trial_ends_at
        if ends_at is None:
            return
        days = math.ceil((ends_at - clock.now()) / timedelta(days=1))
        messaging.notify(
            administrators(),
            "trial-ended" if ended else "trial-ending",
            {} if ended else {"days": days},
            link=_COMPANY_PAGE,
            dedupe_key=f"trial-{'ended' if ended else 'ending'}:{ends_at:%Y-%m-%d}",
        )
