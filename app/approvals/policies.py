"""Who may read an approval: the parties to it, and those whom its flow or their role lets look."""

from dataclasses import dataclass

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.approvals import queries
from app.approvals.models import Approval


@dataclass(frozen=True, slots=True)
class _Seeing:
    """Reading takes no permission: being asked is enough."""

    def allows(self, actor: Actor, approval: Approval, /) -> bool:
        """Whether the approval exists for this actor."""
        return queries.may_see(actor, approval)


read = _Seeing()
manage: Rule[Approval] = Rule(Permission.APPROVAL_MANAGE, when=lambda _actor, _approval: True)
