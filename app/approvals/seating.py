"""Who sits at a step, and what a flow does about those who cannot or need not decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.approvals.definitions import Asking, Fallback, Then
from app.approvals.people import About, Company, meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """A seat as it is to be made."""

    user_id: UUID
    stands_for_id: UUID | None = None
    why: str | None = None
    """Why it is passed at once, or why it stops."""
    passed: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everybody at a step; with nobody, why, and whether it waits for an administrator."""

    chairs: tuple[Chair, ...] = ()
    why: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What rules need to know to seat people at a node."""

    node: Asking
    about: About
    company: Company
    approved: frozenset[UUID] = frozenset()
    """Who has approved earlier on the way, in person."""


def laid(setting: Setting) -> Table:
    """Whom a node asks, in their order; nobody twice."""
    node, company = setting.node, setting.company
    found = meant(node.who, setting.about, company)
    if not found:
        return _instead(setting, node.nobody, "nobody", of=setting.about.submitter_id)
    away = company.absences(found, setting.about.kind)
    chairs: dict[UUID, Chair] = {}
    for user_id in found:
        for chair in _chair(setting, user_id, away):
            chairs.setdefault(chair.user_id, chair)
    if not chairs:
        return Table(why="nobody")
    return Table(chairs=tuple(chairs.values()))


def seated(setting: Setting, user_id: UUID) -> list[Chair]:
    """The seats that take the place of one: none if it is left out."""
    return _chair(setting, user_id, setting.company.absences([user_id], setting.about.kind))


def _chair(setting: Setting, user_id: UUID, away: dict[UUID, UUID | None]) -> list[Chair]:
    node, company, submitter = setting.node, setting.company, setting.about.submitter_id
    if user_id == submitter and node.own.then is not Then.ASK and not _asks_submitter(node):
        return _other(setting, node.own, "own", of=submitter, left=user_id)
    if not company.is_active(user_id):
        return _other(setting, node.gone, "gone", of=user_id, left=user_id)
    if user_id in away:
        delegate = away[user_id]
        if delegate is None or not _fit(setting, delegate):
            return _other(setting, node.gone, "away", of=user_id, left=user_id)
        return [Chair(user_id=delegate, stands_for_id=user_id)]
    if node.again == "skip" and user_id in setting.approved:
        return [Chair(user_id=user_id, why="again", passed=True)]
    return [Chair(user_id=user_id)]


def _asks_submitter(node: Asking) -> bool:
    """Whether it is the submitter's own turn, and meant to be."""
    return node.handles and any(rule.by == "submitter" for rule in node.who)


def _fit(setting: Setting, user_id: UUID) -> bool:
    """Whether somebody can take another's place: here, not away, and not the submitter."""
    if user_id == setting.about.submitter_id or not setting.company.is_active(user_id):
        return False
    return user_id not in setting.company.absences([user_id], setting.about.kind)


def _other(setting: Setting, fallback: Fallback, why: str, *, of: UUID, left: UUID) -> list[Chair]:
    """The seats instead of one that cannot be taken."""
    table = _instead(setting, fallback, why, of=of)
    if table.stopped:
        return [Chair(user_id=left, why=why, stopped=True)]
    if not table.chairs and why == "own":
        return [Chair(user_id=left, why=why, passed=True)]
    return list(table.chairs)


def _instead(setting: Setting, fallback: Fallback, why: str, *, of: UUID) -> Table:
    if fallback.then is Then.SKIP:
        return Table(why=why)
    for user_id in _stand_ins(setting, fallback, of):
        if _fit(setting, user_id):
            return Table(chairs=(Chair(user_id=user_id, why=why),))
    return Table(why=why, stopped=True)


def _stand_ins(setting: Setting, fallback: Fallback, of: UUID) -> Sequence[UUID]:
    """Who could decide instead, the nearest first."""
    if fallback.then is Then.PERSON and fallback.id is not None:
        return [fallback.id]
    if fallback.then is Then.SUPERIOR:
        return [one for level in setting.company.superiors(of) for one in level]
    return []
