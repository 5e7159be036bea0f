"""What people of the first demo company borrowed: one lately, one too long ago, one that is settled.

Some borrowed before they claimed what they spent, so that the paying of those claims writes it off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Role, User
from app.advances import ledger, progress, queries, services
from app.advances.drafts import AdvanceDraft
from app.advances.trail import SUBJECT
from app.approvals import queries as approvals
from app.approvals.services import deciding, flows
from app.approvals.services.deciding import Word
from app.approvals.states import Decision, Openness
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.jobs import asker


@dataclass(frozen=True, slots=True)
class Loan:
    """What somebody borrowed, some days ago, for how many days, and what became of it."""

    by: str
    days: int
    title: str
    yuan: int
    due_in: int
    fate: str = "lent"


_EARLY = (
    Loan("陈屿", 44, "长沙展会搭建和运费备用金", 6000, 14),
    Loan("叶舟", 30, "成都工厂回访备用金", 3000, 21),
)
_RETURNED = ("叶舟", 12)
"""Who brought back what was left, and how many days ago."""
_LATE = (
    Loan("林知夏", 9, "上海工业展差旅备用金", 5000, 30),
    Loan("许曼", 1, "年终客户答谢会场地定金", 8000, 35, "submitted"),
)


def begin(administrator: Actor, sellers: list[Actor]) -> None:
    """Have a flow, and lend to those who claim afterwards."""
    with clock.pretending(clock.now() - timedelta(days=60)):
        _draw(administrator)
    _lend(administrator, sellers, _EARLY)


def go_on(administrator: Actor, sellers: list[Actor]) -> None:
    """Have what is left returned, and lend once more, up to yesterday."""
    name, days = _RETURNED
    finance = _cast(administrator, sellers)["杜若"]
    owner = next(one for one in sellers if one.name == name)
    with clock.pretending(clock.now() - timedelta(days=days)), unit_of_work():
        [advance] = queries.owed_by(finance, {owner.id}, to_change=True)
        today = clock.now().astimezone(finance.zone).date()
        ledger.give_back(
            finance, advance, amount=advance.outstanding, returned_on=today, reference="现金交回"
        )
    _lend(administrator, sellers, _LATE)


def _lend(administrator: Actor, sellers: list[Actor], loans: Sequence[Loan]) -> None:
    actors = _cast(administrator, sellers)
    for loan in loans:
        with clock.pretending(clock.now() - timedelta(days=loan.days)):
            advance_id = _ask(actors[loan.by], loan)
            if loan.fate != "submitted":
                _be_lent(actors, actors["杜若"], advance_id)


def _cast(administrator: Actor, sellers: list[Actor]) -> dict[str, Actor]:
    with unit_of_work():
        finance = db.session.scalars(select(User.id).where(User.name == "杜若")).one()
        return {one.name: one for one in (administrator, *sellers, asker.present(finance))}


def _draw(administrator: Actor) -> None:
    with unit_of_work():
        office = db.session.scalars(select(Role.id).where(Role.code == "finance")).one()
        superior = [{"by": "manager", "level": 1}]
        check = {
            "id": "office", "type": "approve", "name": "财务核对欠款",
            "who": [{"by": "role", "id": str(office)}],
        }  # fmt: skip
        owing = {
            "id": "owing", "name": "还有未还清的", "nodes": [check],
            "when": {"or": [
                {"field": "owes", "op": "gt", "value": 0}, {"field": "overdue_count", "op": "gt", "value": 0},
            ]},
        }  # fmt: skip
        nodes = [
            {"id": "near", "type": "approve", "name": "上级审批", "who": superior},
            {
                "id": "debts",
                "type": "branch",
                "name": "以前的借款",
                "arms": [owing, {"id": "else", "name": "没有欠款", "nodes": []}],
            },
        ]
        flow = flows.create(
            administrator,
            kind=SUBJECT,
            name="借款审批",
            description="上级看该不该借，还有欠款的由财务核对",
            openness=Openness.CLOSED,
        )
        flows.draw(administrator, flow, {"nodes": nodes})
        flows.publish(administrator, flow)


def _ask(by: Actor, loan: Loan) -> UUID:
    with unit_of_work():
        due_on = (clock.now() + timedelta(days=loan.due_in)).astimezone(by.zone).date()
        draft = AdvanceDraft(title=loan.title, amount=loan.yuan * 100, due_on=due_on)
        advance_id = services.create(by, draft)
    with unit_of_work():
        progress.submit(by, queries.get(by, advance_id, to_change=True))
    return advance_id


def _be_lent(actors: dict[str, Actor], finance: Actor, advance_id: UUID) -> None:
    while _approve(actors, advance_id):
        pass
    with clock.pretending(clock.now() + timedelta(days=1)), unit_of_work():
        advance = queries.get(finance, advance_id)
        today = clock.now().astimezone(finance.zone).date()
        reference = f"工行 {today:%m%d}-{advance.number[-4:]}"
        ledger.pay_out(finance, {advance.id: advance.version}, paid_on=today, reference=reference)


def _approve(actors: dict[str, Actor], advance_id: UUID) -> bool:
    """Have the first who is asked approve; False when nobody is."""
    with clock.pretending(clock.now() + timedelta(hours=2)), unit_of_work():
        going = approvals.going(SUBJECT, advance_id)
        for actor in actors.values() if going else ():
            seat = approvals.open_seat_of(actor, going.id) if going else None
            if seat is not None:
                running, own = approvals.own_seat(actor, seat.id)
                deciding.decide(actor, running, own, Word(decision=Decision.APPROVE, comment=None))
                return True
        return False
