"""A company's messages to people outside, on a day of our choosing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from app.access.actor import Actor
from app.consents.states import Purpose, Way
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.message_templates.models import MessageTemplate
from app.messaging import sending
from app.messaging.models import Delivery
from app.outreach import foreseeing, planning, releasing
from app.outreach.foreseeing import Foreseen
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.occasions import Choice, Occasion, Origin
from tenants.context import tenant_scope
from tests.support.client import Company

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
"""A Wednesday, twelve o'clock in Shanghai."""
RULE = uuid4()
CARE = Origin(type="care-rule", id=RULE, label="生日祝福")


class Desk:
    """What flows and workers do in the product."""

    def __init__(self, company: Company) -> None:
        self.company, self.now = company, NOON
        self._count = 0

    @contextmanager
    def work(self) -> Iterator[None]:
        """One transaction within the company's walls, at the time of this desk."""
        with self.inside(), unit_of_work():
            yield

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The company's walls, as a task has them."""
        app = self.company.app
        with app.app_context(), tenant_scope(self.company.tenant_id), clock.pretending(self.now):
            yield

    def template(self, way: str = "mail", **facts: Any) -> UUID:
        """A template that is in use."""
        with self.work():
            made = MessageTemplate(
                tenant_id=self.company.tenant_id, name=f"模板{way}", way=way, variables=[],
                created_at=self.now, updated_at=self.now,
                **{
                    "purpose": "care", "state": "active", "body": "祝{{contact.name}}生日快乐",
                    "locale": "zh-CN", "subject": "生日快乐" if way == "mail" else None, **facts,
                },
            )  # fmt: skip
            db.session.add(made)
            db.session.flush()
            return made.id

    def occasion(self, contact: Any, *choices: tuple[str, UUID], **facts: Any) -> Occasion:
        """An occasion that is due now."""
        self._count += 1
        due_at = facts.pop("due_at", self.now)
        return Occasion(
            **{
                "key": f"test:{self._count}",
                "purpose": Purpose.CARE,
                "contact_id": UUID(contact["id"]),
                "choices": [Choice(Way(way), template_id) for way, template_id in choices],
                "due_at": due_at,
                "expires_at": due_at + timedelta(days=1),
                "origin": CARE,
                **facts,
            }
        )

    def plan(self, *occasions: Occasion) -> list[UUID]:
        """Plan messages."""
        with self.work():
            return planning.plan(occasions)

    def foresee(self, *occasions: Occasion) -> list[Foreseen]:
        """Look ahead."""
        with self.work():
            return foreseeing.foresee(Actor.system(self.company.tenant_id), occasions)

    def run(self) -> None:
        """What the workers do: let go what is due, and send it, until nothing is left to do now."""
        for _ in range(6):
            with self.inside():
                releasing.release_due()
                sending.send_due()

    def messages(self) -> list[OutreachMessage]:
        """All messages, the oldest first."""
        with self.work():
            return list(db.session.scalars(select(OutreachMessage).order_by(OutreachMessage.id)))

    def by_hand(self, do: Callable[[Actor, Contact, OutreachMessage], object]) -> None:
        """What a colleague does about the only message."""
        with self.work():
            message = db.session.scalars(select(OutreachMessage)).one()
            contact = db.session.scalars(select(Contact).where(Contact.id == message.contact_id)).one()
            do(Actor.system(self.company.tenant_id), contact, message)

    def states(self) -> list[tuple[str, str | None]]:
        """State and reason of each."""
        return [(one.state, one.reason) for one in self.messages()]

    def tries(self) -> list[tuple[str, str, str | None]]:
        """Way, state and reason of each try, the oldest first."""
        with self.work():
            found = db.session.scalars(select(OutreachTry).order_by(OutreachTry.id))
            return [(one.way, one.state, one.reason) for one in found]

    def deliveries(self) -> list[Delivery]:
        """What was put into the outbox, the oldest first."""
        with self.work():
            return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)
