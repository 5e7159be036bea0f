"""Whatever is bound, made, freed and drawn on requests: every budget says what a simple model says."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.budgets import cards, charging, following
from app.budgets.charging import Bill
from app.budgets.models import BudgetOutlay
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.events.expenses import Outlay
from app.jobs import asker
from tenants import rls
from tenants.context import tenant_scope
from tests.budgets.plans import budget
from tests.expense_requests.requests import line, request
from tests.expenses.claims import kind
from tests.support.client import sign_up
from tests.support.people import department

DAYS = (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))
LINES = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(1, 500)), min_size=1, max_size=3)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 1), LINES, st.integers(0, 2)),
        st.tuples(st.just("claim"), st.integers(0, 9), LINES, st.integers(0, 2)),
        st.tuples(st.just("make"), st.integers(0, 9), st.just([]), st.just(0)),
        st.tuples(st.just("free"), st.integers(0, 9), st.just([]), st.just(0)),
        st.tuples(st.just("close"), st.integers(0, 1), st.just([]), st.just(0)),
    ),
    max_size=12,
)
Line = tuple[int, int, int]


class Money:
    """A company with budgets, and a model of what they should say."""

    def __init__(self, app: Flask) -> None:
        company = sign_up(app)
        self.tenant_id = company.tenant_id
        east = department(company, "华东")
        below, west = department(company, "一组", east), department(company, "华南")
        self.departments = [UUID(below), UUID(west), None]
        self.kinds = [UUID(kind(company.admin, one)["id"]) for one in ("差旅补贴", "通讯")]
        drafts = [request(company.admin, line(company.admin, 100)) for _ in range(2)]
        self.requests = [UUID(one["id"]) for one in drafts]
        self.claims = [new_id() for _ in range(10)]
        self.owner_id = UUID(company.user_id)
        first = str(self.kinds[0])
        # Whether each covers a line, by its kind and the department of its record; the days are the same.
        self.budgets = [
            (budget(company), lambda _kind, _where: True),
            (budget(company, kind_id=first), lambda kind_, _where: kind_ == 0),
            (budget(company, department_id=east), lambda _kind, where: where == 0),
            (
                budget(company, department_id=west, kind_id=first),
                lambda kind_, where: kind_ == 0 and where == 1,
            ),
        ]
        with app.app_context(), tenant_scope(self.tenant_id), unit_of_work():
            self.reader = asker.present(self.owner_id)
        self.bound: dict[UUID, tuple[list[Line], int, UUID | None, str]] = {}

    def begin(self) -> None:
        self.bound.clear()
        with unit_of_work():
            every = delete(BudgetOutlay).where(BudgetOutlay.tenant_id == self.tenant_id)
            db.session.execute(every.execution_options(synchronize_session=False))

    def _bill(self, record_id: UUID, lines: list[Line], where: int, request_id: UUID | None) -> Bill:
        return Bill(
            outlays=[
                Outlay(kind_id=self.kinds[kind_], on=DAYS[day], amount=sum_) for kind_, day, sum_ in lines
            ],
            department_id=self.departments[where],
            currency="CNY",
            record_id=record_id,
            request_id=request_id,
        )

    def _bind(self, word: str, record_id: UUID, lines: list[Line], where: int, of: UUID | None) -> None:
        if record_id in self.bound:
            return
        bill, before = self._bill(record_id, lines, where, of), [sum(one) for one in self.expected()]
        with unit_of_work():
            told = {one.budget_id: one.needed for one in charging.charges(bill)}
            following.bound((word, record_id), bill, owner_id=self.owner_id)
        self.bound[record_id] = (lines, where, of, "reserved")
        with unit_of_work():
            again = {one.budget_id: one.needed for one in charging.charges(bill)}
        after = [sum(one) for one in self.expected()]
        grown = {
            UUID(made["id"]): now - then
            for (made, _covers), then, now in zip(self.budgets, before, after, strict=True)
        }
        assert {key: grown[key] for key in told} == told == again
        assert not any(more for key, more in grown.items() if key not in told)

    def ask(self, which: int, lines: list[Line], where: int) -> None:
        of = self.requests[which]
        self._bind("expense-request", of, [(kind_, 0, sum_) for kind_, _day, sum_ in lines], where, of)

    def claim(self, which: int, lines: list[Line], where: int) -> None:
        drawn = (self.requests[which % 3 :] or [None])[0] if which % 3 < 2 else None
        self._bind("expense-claim", self.claims[which], lines, where, drawn)

    def make(self, which: int, _lines: list[Line], _where: int) -> None:
        record_id = self.claims[which]
        with unit_of_work():
            following.made(record_id)
        if record_id in self.bound:
            self.bound[record_id] = (*self.bound[record_id][:3], "used")

    def free(self, which: int, _lines: list[Line], _where: int) -> None:
        self._free(self.claims[which])

    def close(self, which: int, _lines: list[Line], _where: int) -> None:
        self._free(self.requests[which])

    def _free(self, record_id: UUID) -> None:
        with unit_of_work():
            following.freed(record_id)
        self.bound.pop(record_id, None)

    def expected(self) -> list[tuple[int, int]]:
        """What is used and reserved of each budget."""
        found = []
        for _made, covers in self.budgets:
            used = reserved = 0
            asked: dict[UUID, int] = defaultdict(int)
            drawn: dict[UUID, int] = defaultdict(int)
            for record_id, (lines, where, of, state) in self.bound.items():
                sum_ = sum(one[2] for one in lines if one[1] < 2 and covers(one[0], where))
                if record_id == of:
                    asked[of] += sum_
                    continue
                used, reserved = (used + sum_, reserved) if state == "used" else (used, reserved + sum_)
                if of:
                    drawn[of] += sum_
            found.append((used, reserved + sum(max(0, asked[of] - drawn[of]) for of in asked)))
        return found

    def check(self) -> None:
        with unit_of_work():
            driver = rls.driver_of(db.session())
            for (made, _covers), (used, reserved) in zip(self.budgets, self.expected(), strict=True):
                shown = cards.whole(driver, self.reader, UUID(made["id"]))
                assert (shown["used"]["amount"], shown["reserved"]["amount"]) == (used, reserved)
                months = cards.months(driver, self.reader, UUID(made["id"]))
                assert sum(one["used"] for one in months) == used
                assert sum(one["reserved"] for one in months) == reserved


def test_every_budget_says_what_a_simple_model_says(app: Flask) -> None:
    money = Money(app)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DEEDS)
    def go_on(deeds: list[tuple[str, int, list[Line], int]]) -> None:
        with app.app_context(), tenant_scope(money.tenant_id):
            money.begin()
            for deed, which, lines, where in deeds:
                getattr(money, deed)(which, lines, where)
            money.check()

    go_on()
