"""Who may make care rules, and who may steer the plans of a customer."""

from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.care.models import CareRule, CareRun

manage: Rule[Any] = Rule(Permission.MESSAGE_MANAGE, when=lambda _actor, _rule: True)


@dataclass(frozen=True, slots=True)
class Steered:
    """A plan, and whom it is about: the customer, or a contact without one."""

    run: CareRun
    rule: CareRule
    host: Any


def _steers(actor: Actor, steered: Steered) -> bool:
    return (
        actor.may(Permission.MESSAGE_MANAGE)
        or steered.host.shared
        or actor.reaches(Permission.CONTACT_UPDATE, steered.host)
    )


steer: Rule[Steered] = Rule(Permission.CONTACT_UPDATE, when=_steers)
"""Whoever may change the people of a customer says whether its plans go on."""
