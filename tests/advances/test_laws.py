"""What holds of every ledger, whatever happens to it; and of every plan to write advances off."""

from datetime import date
from itertools import pairwise
from uuid import UUID

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.access.actor import Actor
from app.advances import ledger, progress, queries, services, writing_off
from app.advances.drafts import AdvanceDraft
from app.advances.models import Advance, AdvanceEntry
from app.advances.writing_off import Due
from app.core.db import db
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.expenses import paying
from app.expenses import queries as claims
from app.jobs import asker
from tenants.context import tenant_scope
from tests.expenses.claims import claim, line, submit
from tests.support.client import sign_up
from tests.support.people import hire

DAY = date(2026, 3, 18)
AMOUNTS = st.integers(1, 40_000)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("lend"), AMOUNTS, st.just(0)),
        st.tuples(st.just("return"), AMOUNTS, st.integers(0, 9)),
        st.tuples(st.just("reverse"), st.just(0), st.integers(0, 30)),
        st.tuples(st.just("pay"), st.one_of(st.none(), AMOUNTS), st.integers(0, 4)),
        st.tuples(st.just("unpay"), st.just(0), st.integers(0, 4)),
    ),
    max_size=14,
)


class Books:
    """The advances and claims of somebody, done with as hypothesis likes."""

    def __init__(self, app: Flask) -> None:
        company = sign_up(app)
        seller, finance = hire(company, "sales"), hire(company, "finance")
        self.app, self.tenant_id = app, company.tenant_id
        made = [claim(seller.browser, line(seller.browser, 15_000, of="差旅补贴")) for _ in range(5)]
        self.claims = [UUID(submit(seller.browser, one)["id"]) for one in made]
        with app.app_context(), tenant_scope(self.tenant_id), unit_of_work():
            self.seller, self.finance = (asker.present(UUID(one.id)) for one in (seller, finance))

    def do(self, deed: str, amount: int | None, which: int) -> None:
        """Try something; a refusal leaves everything as it was."""
        try:
            with unit_of_work():
                getattr(self, f"_{deed}")(self.finance, amount, which)
        except DomainError:
            pass

    def _lend(self, by: Actor, amount: int, _which: int) -> None:
        due_on = date(2099, 1, 1)
        made = services.create(self.seller, AdvanceDraft(title="备用金", amount=amount, due_on=due_on))
        progress.submit(self.seller, queries.get(self.seller, made, to_change=True))
        advance = queries.get(by, made)
        ledger.pay_out(by, {made: advance.version}, paid_on=DAY)

    def _return(self, by: Actor, amount: int, which: int) -> None:
        advances = db.session.scalars(select(Advance.id).order_by(Advance.number)).all()
        if advances:
            advance = queries.get(by, advances[which % len(advances)], to_change=True)
            ledger.give_back(by, advance, amount=amount, returned_on=DAY)

    def _reverse(self, by: Actor, _amount: int, which: int) -> None:
        entries = db.session.scalars(select(AdvanceEntry.id).order_by(AdvanceEntry.id)).all()
        if entries:
            advance, entry = queries.entry(by, entries[which % len(entries)])
            ledger.reverse(by, advance, entry, reason="记错了")

    def _pay(self, by: Actor, amount: int | None, which: int) -> None:
        one = claims.get(by, self.claims[which])
        paying.pay(by, {one.id: one.version}, paid_on=DAY, write_off={one.id: amount})

    def _unpay(self, by: Actor, _amount: int, which: int) -> None:
        paying.reverse(by, claims.get(by, self.claims[which], to_change=True), reason="退回")

    def check(self) -> None:
        """Every ledger sums up to what is owed, never leaves its bounds, and agrees with the claims."""
        with unit_of_work():
            for advance in db.session.scalars(select(Advance)):
                balance = 0
                for entry in queries.entries(advance):
                    balance += entry.amount
                    assert 0 <= balance <= advance.amount
                assert balance == advance.outstanding
                assert (advance.state == "outstanding") == (balance > 0)
            for claim_id in self.claims:
                one = claims.get(self.finance, claim_id)
                payment, offset = claims.payment(one), writing_off_against(claim_id)
                assert offset == (payment.written_off if payment else 0)
                assert 0 <= offset <= one.amount


def writing_off_against(claim_id: UUID) -> int:
    """What stands as written off against a claim."""
    off = select(func.coalesce(-func.sum(AdvanceEntry.amount), 0)).where(AdvanceEntry.claim_id == claim_id)
    return int(db.session.execute(off).scalar_one())


def test_every_ledger_balances(app: Flask) -> None:
    books = Books(app)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DEEDS)
    def go_on(deeds: list[tuple[str, int | None, int]]) -> None:
        # On the same books: what one run leaves the next one finds.
        with app.app_context(), tenant_scope(books.tenant_id):
            for deed in deeds:
                books.do(*deed)
            books.check()

    go_on()


OWNERS = [new_id() for _ in range(2)]
OWED = st.lists(st.tuples(st.sampled_from(OWNERS), st.sampled_from(["CNY", "USD"]), AMOUNTS), max_size=6)
CLAIMED = st.lists(
    st.tuples(
        st.sampled_from(OWNERS), st.sampled_from(["CNY", "USD"]), AMOUNTS, st.one_of(st.none(), AMOUNTS)
    ),
    max_size=6,
)


@given(OWED, CLAIMED)
def test_a_plan_takes_the_oldest_first_and_no_more_than_there_is(
    owed: list[tuple[UUID, str, int]], claimed: list[tuple[UUID, str, int, int | None]]
) -> None:
    advances = [Advance(id=new_id(), owner_id=o, currency=c, outstanding=a, amount=a) for o, c, a in owed]
    due = [
        Due(claim_id=new_id(), label="", owner_id=o, currency=c, amount=a, most=most)
        for o, c, a, most in claimed
    ]
    shares = writing_off.spread(advances, due)
    taken = {advance.id: 0 for advance in advances}
    for share in shares:
        wanted = min(share.due.amount, share.due.amount if share.due.most is None else share.due.most)
        assert share.written_off == min(wanted, share.owed)
        for part in share.parts:
            assert (part.advance.owner_id, part.advance.currency) == (share.due.owner_id, share.due.currency)
            taken[part.advance.id] += part.amount
    assert all(0 <= taken[one.id] <= one.outstanding for one in advances)
    for mine in {(one.owner_id, one.currency) for one in advances}:
        own = [one for one in advances if (one.owner_id, one.currency) == mine]
        # None is begun before the one before it is used up.
        assert all(not taken[b.id] or taken[a.id] == a.outstanding for a, b in pairwise(own))
