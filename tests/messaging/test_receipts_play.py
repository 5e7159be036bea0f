"""Workers and a provider play on the real outbox, in any order, against what must always hold.

Receipts come shuffled, doubled, late, before their names are known, and of messages that nobody knows. The
model is the least there can be: to which state each word leads, and that no word counts twice.
"""

from collections import defaultdict
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.core import clock
from app.core.db import db
from app.messaging import endings, receipts
from app.messaging.endings import Ending
from app.messaging.models import Delivery, DeliveryState, Told
from app.messaging.receipts import Receipt
from tests.messaging.outbox import Outbox
from tests.support.client import sign_up

COUNT = 2
FORWARD = ["waiting", "sending", "uncertain", "sent", "failed", "delivered"]
TAKEN = {"sending", "uncertain", "sent"}
which = some.integers(0, COUNT - 1)
words = some.tuples(
    some.integers(0, COUNT),  # one more than there are: a message that nobody knows
    some.sampled_from([Told.UNDELIVERED, Told.UNDELIVERED, Told.DELIVERED]),
    some.sampled_from(["their-name", "their-name", "our-name"]),
)


class Play(RuleBasedStateMachine):
    """A few messages, and whatever is done with them and said of them."""

    outbox: Outbox

    @initialize()
    def write(self) -> None:
        run = uuid4().hex
        for place in range(COUNT):
            self.outbox.mail(dedupe_key=f"play:{run}:{place}")
        self.parcels, self.claim_id = self.outbox.claim()
        self.names = [f"{run}-{place}" for place in range(COUNT + 1)]
        self.states = ["waiting"] * COUNT
        self.known: set[int] = set()
        self.heard: set[tuple[str, Told]] = set()
        self.early: defaultdict[int, set[Told]] = defaultdict(set)

    def teardown(self) -> None:
        with self.outbox.work():
            open_ones = db.session.query(Delivery).filter(Delivery.state.in_(("waiting", "sending")))
            open_ones.update({"state": "cancelled"})

    # -- what workers do --

    @rule(place=which)
    def hand_over(self, place: int) -> None:
        ours = self.outbox.hand_over(self.parcels[place], self.claim_id)
        assert ours == (self.states[place] == "waiting")
        if ours:
            self.states[place] = "sending"

    @rule(place=which)
    def the_provider_takes_it(self, place: int) -> None:
        self._settle(place, DeliveryState.SENT, before={"sending", "uncertain"})

    @rule(place=which)
    def nobody_knows_whether_it_was_taken(self, place: int) -> None:
        self._settle(place, DeliveryState.UNCERTAIN, before={"sending"})

    def _settle(self, place: int, state: DeliveryState, *, before: set[str]) -> None:
        with self.outbox.work():
            settled = endings.settle([Ending(self.parcels[place], state)], self.claim_id)
        assert bool(settled) == (self.states[place] in before)
        if settled:
            self.states[place] = state.value

    @rule(place=which)
    def learn_the_name(self, place: int) -> None:
        with self.outbox.work():
            receipts.know("mail", {self.names[place]: self.parcels[place].id})
        self.known.add(place)
        self._apply(place, self.early.pop(place, set()))

    # -- what the provider says --

    @rule(said=some.lists(words, min_size=1, max_size=1))
    def tell_one(self, said: list[tuple[int, Told, str]]) -> None:
        self.tell(said)

    @rule(said=some.lists(words, min_size=2, max_size=4))
    def tell(self, said: list[tuple[int, Told, str]]) -> None:
        with self.outbox.work():
            new = receipts.take("mail", [self._receipt(*one) for one in said])
        fresh: defaultdict[int, set[Told]] = defaultdict(set)
        count = 0
        for place, verdict, name in said:
            reference = self._reference(place, name)
            if (reference, verdict) in self.heard:
                continue
            self.heard.add((reference, verdict))
            count += 1
            if name == "our-name" or place in self.known:
                fresh[place].add(verdict)
            else:
                self.early[place].add(verdict)
        assert new == count
        for place, verdicts in fresh.items():
            if place < COUNT:
                self._apply(place, verdicts)

    def _receipt(self, place: int, verdict: Told, name: str) -> Receipt:
        ours = self._id(place) if name == "our-name" else None
        return Receipt(
            reference=self._reference(place, name), verdict=verdict, at=clock.now(), delivery_id=ours
        )

    def _reference(self, place: int, name: str) -> str:
        return self._id(place).hex if name == "our-name" else self.names[place]

    def _id(self, place: int) -> UUID:
        return self.parcels[place].id if place < COUNT else UUID(self.names[0].partition("-")[0])

    def _apply(self, place: int, verdicts: set[Told]) -> None:
        if Told.UNDELIVERED in verdicts and self.states[place] in TAKEN:
            self.states[place] = "failed"
        if Told.DELIVERED in verdicts:
            self.states[place] = "delivered"

    # -- what must always hold --

    @invariant()
    def all_stands_as_it_was_told(self) -> None:
        now = {row.id: row.state for row in self.outbox.rows()}
        assert [now[parcel.id] for parcel in self.parcels] == self.states

    @invariant()
    def nothing_moves_back(self) -> None:
        ranks = [FORWARD.index(state) for state in self.states]
        assert all(now >= before for now, before in zip(ranks, self._ranks, strict=True))
        self._ranks = ranks

    _ranks = (0,) * COUNT


@pytest.fixture(scope="module")
def outbox(app: Flask) -> Outbox:
    return Outbox(sign_up(app))


def test_whatever_is_told_in_whatever_order(outbox: Outbox) -> None:
    Play.outbox = outbox
    Play.TestCase.settings = settings(
        max_examples=80,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    Play.TestCase("runTest").runTest()
