"""Doing in a test what flows and workers do in the product."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.messaging import outbox as rows
from app.messaging import sending, services
from app.messaging.models import Delivery, Notification
from app.messaging.outbox import Parcel
from tenants.context import tenant_scope
from tests.support.client import Company

LEASE = timedelta(minutes=5)
FACTS: dict[str, dict[str, Any]] = {
    "invitation": {"company": "澄川科技", "inviter": "秦明远", "days": 7},
    "quote": {"subject": "报价 12", "text": "请查收", "company": "澄川科技"},
    "password-changed": {"name": "秦明远"},
}


class _InVain(Exception):
    pass


class Outbox:
    """One company's messages."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.tenant_id = company.tenant_id
        self.user_id = UUID(company.user_id)
        self._count = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The company's walls, within the application, as a task has them."""
        with self.company.app.app_context(), tenant_scope(self.tenant_id):
            yield

    @contextmanager
    def work(self) -> Iterator[None]:
        """One transaction within the walls."""
        with self.inside(), unit_of_work():
            yield

    def work_in_vain(self, do: Callable[[], object]) -> None:
        """A transaction that does something and then fails."""
        with contextlib.suppress(_InVain), self.work():
            do()
            raise _InVain

    def mail(self, to: str = "lin@example.com", kind: str = "password-changed", **options: Any) -> UUID:
        """A committed mail."""
        self._count += 1
        options.setdefault("dedupe_key", f"test:{self._count}")
        facts = options.pop("facts", FACTS[kind])
        with self.work():
            added = services.send_mail(to, kind, facts, locale="zh-CN", **options)
        assert added is not None
        return added

    def send_due(self, **options: Any) -> None:
        """What the task does."""
        with self.inside():
            sending.send_due(**options)

    def tend(self) -> None:
        """What the sweep does for this tenant."""
        with self.inside():
            sending.tend()

    def claim(self) -> tuple[list[Parcel], UUID]:
        """What a worker does first; nothing more comes of it if it dies now."""
        claim_id = new_id()
        with self.work():
            return rows.claim(claim_id, at=clock.now(), lease=LEASE, limit=20), claim_id

    def hand_over(self, parcel: Parcel, claim_id: UUID) -> bool:
        """What a worker does immediately before the server could take the mail."""
        with self.work():
            return rows.hand_over(parcel, claim_id, reference="<r>", at=clock.now(), lease=LEASE)

    def rows(self) -> list[Delivery]:
        """All deliveries, oldest first."""
        with self.work():
            return list(db.session.scalars(select(Delivery).order_by(Delivery.created_at, Delivery.id)))

    def row(self, delivery_id: UUID) -> Delivery:
        """One delivery."""
        return next(row for row in self.rows() if row.id == delivery_id)

    def states(self) -> list[str]:
        """The states of all deliveries, oldest first."""
        return [row.state for row in self.rows()]

    def bells(self) -> list[tuple[str, dict[str, Any]]]:
        """Kind and facts of the administrator's notifications, oldest first."""
        with self.work():
            found = db.session.scalars(select(Notification).order_by(Notification.id))
            return [(bell.kind, bell.facts) for bell in found]

    def later(self, by: timedelta) -> None:
        """Let time pass for the outbox: everything it waits for is nearer by so much."""
        with self.work():
            db.session.execute(
                text(
                    "UPDATE deliveries SET next_at = next_at - :by, claimed_until = claimed_until - :by, "
                    "expires_at = expires_at - :by, created_at = created_at - :by WHERE tenant_id = :tenant"
                ),
                {"by": by, "tenant": self.tenant_id},
            )
            db.session.execute(text("UPDATE provider_health SET open_until = open_until - :by"), {"by": by})
            db.session.execute(text("UPDATE sending_paces SET free_at = free_at - :by"), {"by": by})
