"""Trying a flow without sending anybody anything: the way something would take, and whom it would meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.approvals import drawn
from app.approvals.definitions import Asking, Branch, Copy, Definition, Node
from app.approvals.kinds import SubjectKind, fields_of
from app.approvals.people import About, Company, meant
from app.approvals.seating import Chair, Setting, laid
from app.approvals.walking import Verdict, walk
from app.core import filters
from app.core.filter_truth import holds


@dataclass(slots=True, kw_only=True)
class Met:
    """A node on the way, as if everybody there agreed."""

    node: Node
    chairs: Sequence[Chair] = ()
    told: Sequence[UUID] = ()
    why: str | None = None
    stopped: bool = False
    arm: str | None = None
    verdict: Verdict = Verdict.PASSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried: a flow, a subject or the pretence of one, and who would submit it."""

    definition: Definition
    kind: SubjectKind
    submitter_id: UUID
    facts: Mapping[str, Any]
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Pretence:
    """A run in which everybody agrees at once."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.company = Company()
        self.steps: dict[str, Met] = {}

    def arrive(self, node: Node) -> Met:
        """Come to a node."""
        met = self.steps[node.id] = Met(node=node)
        if isinstance(node, Branch):
            met.arm = self._arm(node)
        elif isinstance(node, Copy):
            met.told = meant(node.who, self._about(node), self.company)
        elif isinstance(node, Asking):
            approved = frozenset(chair.user_id for one in self.steps.values() for chair in one.chairs)
            about = self._about(node)
            table = laid(Setting(node=node, about=about, company=self.company, approved=approved))
            met.chairs, met.why, met.stopped = table.chairs, table.why, table.stopped
        return met

    def _arm(self, branch: Branch) -> str:
        fields = fields_of(self.trial.kind)
        facts = {**self.trial.facts, **drawn.facts_of_submitter(self.trial.submitter_id, self.company)}
        for arm in branch.arms[:-1]:
            if holds(filters.from_tree(arm.when, fields), facts):
                return arm.id
        return branch.arms[-1].id

    def _about(self, node: Asking | Copy) -> About:
        trial = self.trial
        earlier = [self.steps[rule.node] for rule in node.who if rule.node and rule.node in self.steps]
        owner = trial.facts.get("owner_id")
        return About(
            kind=trial.kind.word,
            submitter_id=trial.submitter_id,
            owner_id=UUID(owner) if owner else None,
            collaborator_ids=tuple(UUID(one) for one in trial.facts.get("collaborator_ids", ())),
            chosen=[UUID(one) for one in trial.chosen.get(node.id, ())],
            deciders=[chair.user_id for one in earlier for chair in one.chairs],
        )


@dataclass(frozen=True, slots=True)
class Way:
    """The way something would take."""

    met: Sequence[Met]
    outcome: Verdict
    company: Company


def tried(trial: Trial) -> Way:
    """The way through a flow if everybody agrees; where it would stop, as if somebody had been named."""
    pretence = Pretence(trial)
    outcome = walk(trial.definition, pretence)
    return Way(list(pretence.steps.values()), outcome, pretence.company)
