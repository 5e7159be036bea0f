"""Who may write letters to many."""

from typing import Any

from app.access.permissions import Permission
from app.access.rules import Rule

manage: Rule[Any] = Rule(Permission.MESSAGE_MANAGE, when=lambda _actor, _letter: True)
