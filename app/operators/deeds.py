"""What operators have done: a list that is only added to."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.operators.models import Operator, OperatorDeed

if TYPE_CHECKING:
    from app.operators.sessions import Keeper

SHOWN = 200


def note(
    keeper: "Keeper",
    action: str,
    *,
    company: str | None = None,
    subject: str | None = None,
    amount: int | None = None,
    reason: str | None = None,
) -> None:
    """Write down what an operator does, in the transaction in which it is done."""
    db.session.add(
        OperatorDeed(
            id=new_id(), operator_id=keeper.id, action=action, company=company, subject=subject,
            amount=amount, reason=reason, at=clock.now(),
        )
    )  # fmt: skip
    db.session.flush()


def newest() -> list[dict[str, object]]:
    """The latest deeds, the latest first."""
    asked = (
        select(OperatorDeed, Operator.name)
        .join(Operator, Operator.id == OperatorDeed.operator_id)
        .order_by(OperatorDeed.id.desc())
        .limit(SHOWN)
    )
    return [
        {
            "id": deed.id, "by": name, "action": deed.action, "company": deed.company,
            "subject": deed.subject, "amount": deed.amount, "reason": deed.reason, "at": deed.at,
        }
        for deed, name in db.session.execute(asked)
    ]  # fmt: skip
