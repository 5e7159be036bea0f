"""The words that approvals are described with."""

from enum import StrEnum


class FlowState(StrEnum):
    """Whether a flow is in force."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Openness(StrEnum):
    """Who may look at approvals that they have no part in."""

    CLOSED = "closed"
    HALF_OPEN = "half-open"
    """Whoever leads the submitter."""
    OPEN = "open"
    """Every colleague."""


class ApprovalState(StrEnum):
    """How far an approval has come."""

    RUNNING = "running"
    RETURNED = "returned"
    """Back with the submitter, to be corrected."""
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def is_over(self) -> bool:
        """Whether nothing changes it any more."""
        return self in {ApprovalState.GRANTED, ApprovalState.REJECTED, ApprovalState.WITHDRAWN}


class StepState(StrEnum):
    """What has become of a step."""

    OPEN = "open"
    PASSED = "passed"
    REJECTED = "rejected"
    VOID = "void"
    """Taken back: sent back past it, or withdrawn."""


class SeatState(StrEnum):
    """What has become of somebody's part in a step."""

    WAITING = "waiting"
    """Their turn has not come."""
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    VOID = "void"

    @property
    def is_undecided(self) -> bool:
        """Whether it is still theirs to decide."""
        return self in {SeatState.WAITING, SeatState.OPEN}

    @property
    def counts(self) -> bool:
        """Whether it is part of what the step comes to."""
        return self not in {SeatState.TRANSFERRED, SeatState.VOID, SeatState.RETURNED}


class Decision(StrEnum):
    """What somebody says on their seat."""

    APPROVE = "approve"
    REJECT = "reject"
    SEND_BACK = "send-back"


class Action(StrEnum):
    """A line of an approval's history."""

    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    APPROVED = "approved"
    HANDLED = "handled"
    REJECTED = "rejected"
    SENT_BACK = "sent-back"
    SKIPPED = "skipped"
    COPIED = "copied"
    TRANSFERRED = "transferred"
    ADDED = "added"
    NUDGED = "nudged"
    REVISED = "revised"
    TIMED_OUT = "timed-out"
    STUCK = "stuck"
    REROUTED = "rerouted"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
