"""The company's clock for tests of care: what the workers do at a moment, and what stands written then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import time_machine

from tests.support.client import Company

# Ten in the evening in Shanghai, on a Thursday.
EVENING = datetime(2027, 3, 4, 14, 0, tzinfo=UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """A moment at which the test goes on."""
    with time_machine.travel(moment, tick=True):
        yield


def sweep(company: Company) -> None:
    """What the workers do now."""
    from app.care import sweeping

    with company.app.app_context():
        sweeping.sweep()


def planned(company: Company) -> list[dict[str, Any]]:
    """The messages of a company in the order in which they are due."""
    from sqlalchemy import select

    from app.core.db import db
    from app.outreach.models import OutreachMessage
    from tenants.context import tenant_scope

    with company.app.app_context(), tenant_scope(company.tenant_id):
        asked = select(OutreachMessage).order_by(OutreachMessage.due_at, OutreachMessage.key)
        return [
            {
                "key": one.key,
                "contact": str(one.contact_id),
                "due_at": one.due_at,
                "expires_at": one.expires_at,
                "state": one.state,
                "reason": one.reason,
                "about": one.about_kind,
            }
            for one in db.session.scalars(asked)
        ]


def stay_signed_in(company: Company) -> None:
    """What pages do when time has passed."""
    assert company.admin.post("/session/refresh", {}).status_code == 200
