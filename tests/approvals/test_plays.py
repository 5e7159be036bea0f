"""Random flows, people and deeds, played on the real database against what must always hold.

The model is the least there can be: who said what on which seat, and what an approval was when it ended.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from app.access.models import User, UserState
from app.approvals import queries, sweeping
from app.approvals.models import Approval, Seat, Step
from app.approvals.services import steering, submitting
from app.approvals.services.deciding import Word, decide
from app.approvals.services.steering import When
from app.approvals.states import Decision
from app.core.db import db
from app.core.errors import DomainError
from tests.approvals.office import Office
from tests.approvals.papers import Paper, paper
from tests.approvals.strategies import PEOPLE, flows

_ENDED = {"granted", "rejected", "withdrawn"}
_SAID = {"approve": "approved", "reject": "rejected", "send-back": "returned"}


going = precondition(lambda self: self.end is None)
"""Most of what people try with what has ended is tried in tests of its own."""


class Play(RuleBasedStateMachine):
    """One approval, and whatever people do with it."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[UUID, tuple[str, Any]] = {}
        """By seat, what was said on it and when."""
        self.end: dict[str, Any] | None = None
        self.gone: set[str] = set()

    @initialize(data=some.data(), amount=some.integers(0, 300))
    def submit(self, data: Any, amount: int) -> None:
        ids = {name: str(known) for name, known in self.office.ids.items()}
        self.nodes = data.draw(flows(ids))
        self.paper: Paper = paper(amount=amount)
        self.paper.collaborator_ids = (self.office.ids["shen"],)
        self.office.publish(*self.nodes)
        self.approval_id = self.office.submit(of=self.paper)

    def teardown(self) -> None:
        with self.office.inside():
            for name in self.gone:
                self._user(name).state = UserState.ACTIVE

    # -- what people do --

    @going
    @rule(pick=some.integers(0, 20))
    def somebody_agrees(self, pick: int) -> None:
        self._decide(pick, "approve", 0, resume=False)

    @going
    @rule(pick=some.integers(0, 20))
    def somebody_else_agrees(self, pick: int) -> None:
        self._decide(pick, "approve", 0, resume=False)

    @going
    @rule(pick=some.integers(0, 20))
    def yet_another_agrees(self, pick: int) -> None:
        self._decide(pick, "approve", 0, resume=False)

    @going
    @rule(
        pick=some.integers(0, 20),
        word=some.sampled_from(["send-back", "send-back", "reject"]),
        to=some.integers(0, 5),
        resume=some.sampled_from([False, True]),
    )
    def somebody_does_not(self, pick: int, word: str, to: int, *, resume: bool) -> None:
        self._decide(pick, word, to, resume=resume)

    def _decide(self, pick: int, word: str, to: int, *, resume: bool) -> None:
        seats = self._open_seats()
        if not seats:
            return
        seat_id, user_id = seats[pick % len(seats)]
        with self.office.inside():
            actor = self.office.actor(self.office.name(user_id))
            running, seat = queries.own_seat(actor, seat_id)
            places = [*running.places_back(running.step_of(seat)), None]
            said = Word(decision=Decision(word), comment="说一句", to=places[to % len(places)], resume=resume)
            decide(actor, running, seat, said)
            self.said[seat_id] = (_SAID[word], seat.decided_at)

    @going
    @rule(pick=some.integers(0, 20), other=some.sampled_from(PEOPLE), when=some.sampled_from([None, *When]))
    def somebody_brings_in_another(self, pick: int, other: str, when: When | None) -> None:
        seats = self._open_seats()
        if not seats:
            return
        seat_id, user_id = seats[pick % len(seats)]
        other_id = self.office.ids[other]
        with suppress(DomainError), self.office.inside():
            actor = self.office.actor(self.office.name(user_id))
            running, seat = queries.own_seat(actor, seat_id)
            if when is None:
                steering.transfer(actor, running, seat, other_id)
            else:
                steering.add(actor, running, seat, [other_id], when=when, comment=None)

    @precondition(lambda self: self.end is None and len(self.gone) < 2)
    @rule(name=some.sampled_from([name for name in PEOPLE if name != "lin"]))
    def somebody_leaves(self, name: str) -> None:
        self.gone.add(name)
        self.office.disable(name)
        with self.office.inside():
            sweeping.see_to(self.approval_id)

    @rule()
    def the_submitter_comes_again(self) -> None:
        with suppress(DomainError):
            self.office.steer("lin", self.approval_id, submitting.resubmit, chosen={})

    @going
    @rule(odds=some.integers(0, 30))
    def the_submitter_takes_it_back(self, odds: int) -> None:
        if odds == 13:
            with suppress(DomainError):
                self.office.steer("lin", self.approval_id, submitting.withdraw)

    @rule(pick=some.integers(0, 5))
    def the_administrator_frees_it(self, pick: int) -> None:
        with self.office.inside():
            step_ids = [step.id for step in self._steps() if step.state == "open"]
        if step_ids and self.office.stuck(self.approval_id):
            step_id = step_ids[pick % len(step_ids)]
            whom = [self.office.ids["admin"]]
            with self.office.inside():
                admin = self.office.actor("admin")
                running, step = queries.step(admin, step_id)
                steering.reroute(admin, running, step, whom, comment="改派")

    # -- what must always hold --

    @invariant()
    def each_seat_keeps_what_was_said_on_it(self) -> None:
        with self.office.inside():
            for seat in self._seats():
                if seat.id in self.said:
                    assert (seat.state, seat.decided_at) == self.said[seat.id]

    @invariant()
    def somebody_can_always_go_on(self) -> None:
        with self.office.inside():
            approval = self._approval()
            open_ones = [seat for seat in self._seats() if seat.state == "open"]
            waiting = [step for step in self._steps() if step.state == "open"]
            assert all(self.office.name(seat.user_id) not in self.gone for seat in open_ones)
            if approval.state == "running":
                assert waiting != []
                held = {seat.step_id for seat in open_ones}
                assert (approval.stuck_since is not None) == any(step.id not in held for step in waiting)
            else:
                assert (open_ones, waiting, approval.stuck_since) == ([], [], None)

    @invariant()
    def nobody_is_asked_twice_at_a_step_nor_a_node_walked_twice(self) -> None:
        with self.office.inside():
            asked = [
                (seat.step_id, seat.user_id) for seat in self._seats() if seat.state in ("open", "waiting")
            ]
            stood = [step.node for step in self._steps() if step.state != "void"]
            assert len(asked) == len(set(asked))
            assert len(stood) == len(set(stood))

    @invariant()
    def what_has_ended_never_changes(self) -> None:
        with self.office.inside():
            approval = self._approval()
            if approval.state not in _ENDED:
                return
            now = {
                "state": approval.state,
                "ended_at": approval.ended_at,
                "seats": {seat.id: seat.state for seat in self._seats()},
                "turns": list(self.paper.turns),
            }
            self.end = self.end or now
            assert now == self.end
            assert self.paper.turns[-1] == approval.state

    @invariant()
    def what_is_granted_has_all_it_needs(self) -> None:
        with self.office.inside():
            approval = self._approval()
            if approval.state != "granted":
                return
            steps = {step.node: step for step in self._steps() if step.state != "void"}
            for node in _on_the_way(self.nodes, self.paper.facts["amount"]):
                step = steps[node["id"]]
                assert step.state == "passed"
                states = [
                    seat.state
                    for seat in self._seats()
                    if seat.step_id == step.id and seat.before_id is None and seat.after_id is None
                ]
                counted = [state for state in states if state in ("approved", "rejected", "open", "waiting")]
                agreed = counted.count("approved")
                if step.why is None:
                    assert agreed >= _least(node, states)

    # -- looking --

    def _approval(self) -> Approval:
        return db.session.scalars(select(Approval).where(Approval.id == self.approval_id)).one()

    def _seats(self) -> list[Seat]:
        return list(db.session.scalars(select(Seat).where(Seat.approval_id == self.approval_id)))

    def _steps(self) -> list[Step]:
        return list(db.session.scalars(select(Step).where(Step.approval_id == self.approval_id)))

    def _open_seats(self) -> list[tuple[UUID, UUID]]:
        with self.office.inside():
            return sorted((seat.id, seat.user_id) for seat in self._seats() if seat.state == "open")

    def _user(self, name: str) -> User:
        return db.session.scalars(select(User).where(User.id == self.office.ids[name])).one()


def _on_the_way(nodes: list[dict[str, Any]], amount: int) -> list[dict[str, Any]]:
    """The nodes where people are asked that something over this amount must pass."""
    found = []
    for node in nodes:
        if node["type"] == "approve":
            found.append(node)
        elif node["type"] == "parallel":
            found += [one for arm in node["arms"] for one in _on_the_way(arm["nodes"], amount)]
        else:
            large = amount >= node["arms"][0]["when"]["value"]
            found += _on_the_way(node["arms"][0 if large else 1]["nodes"], amount)
    return found


def _least(node: dict[str, Any], states: list[str]) -> int:
    """How many must have agreed, of those who were not left out."""
    asked = [state for state in states if state not in ("transferred", "returned", "void")]
    chain = any(rule["by"] == "managers" for rule in node["who"])
    if not asked:
        return 0
    if chain or node["mode"] in ("all", "sequence"):
        return len(asked)
    return 1


def test_whatever_people_do(shared_office: Office) -> None:
    Play.office = shared_office
    Play.TestCase.settings = settings(
        max_examples=40,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    Play.TestCase("runTest").runTest()
