"""How far an approval has come: its flow walked from the top, past what is decided, up to what is open.

Nothing is remembered but the steps themselves: whichever of them are taken back, the next walk arrives at the
same places anew. That is all that sending back is.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from app.approvals.definitions import Arm, Branch, Definition, End, Node, Outcome, Parallel


class Verdict(StrEnum):
    """What has become of a sequence."""

    WAITING = "waiting"
    PASSED = "passed"
    GRANTED = "granted"
    REJECTED = "rejected"


class Stood(Protocol):
    """A node that an approval has arrived at."""

    @property
    def verdict(self) -> Verdict: ...  # noqa: D102
    @property
    def arm(self) -> str | None: ...  # noqa: D102


class Run(Protocol):
    """An approval on its way, or the pretence of one."""

    @property
    def steps(self) -> Mapping[str, Stood]:
        """By node, where it has arrived and was not taken back from."""

    def arrive(self, node: Node) -> Stood:
        """Come to a node for the first time, or again."""


def walk(definition: Definition, run: Run) -> Verdict:
    """Arrive wherever the way is free; GRANTED at the end of it, never PASSED."""
    verdict = _sequence(definition.nodes, run)
    return Verdict.GRANTED if verdict is Verdict.PASSED else verdict


def _sequence(nodes: tuple[Node, ...], run: Run) -> Verdict:
    for node in nodes:
        verdict = _at(node, run)
        if verdict is not Verdict.PASSED:
            return verdict
    return Verdict.PASSED


def _at(node: Node, run: Run) -> Verdict:
    if isinstance(node, End):
        return Verdict.GRANTED if node.outcome is Outcome.GRANTED else Verdict.REJECTED
    if isinstance(node, Parallel):
        return _together([_sequence(arm.nodes, run) for arm in node.arms])
    step = run.steps.get(node.id) or run.arrive(node)
    if isinstance(node, Branch):
        return _sequence(_taken(node, step.arm).nodes, run)
    return step.verdict


def _together(verdicts: list[Verdict]) -> Verdict:
    for one in (Verdict.REJECTED, Verdict.WAITING):
        if one in verdicts:
            return one
    return Verdict.PASSED


def _taken(branch: Branch, arm_id: str | None) -> Arm:
    return next(arm for arm in branch.arms if arm.id == arm_id)
