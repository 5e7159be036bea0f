"""Who may do what with a form and its entries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.approvals.drawn import facts_of_submitter
from app.approvals.people import Company
from app.forms.models import Form
from app.forms.states import FormState, Openness

MANAGE = Permission.APPROVAL_FLOW_MANAGE
"""Whoever draws flows designs the forms that go through them."""
DEEDS = ("start", "see", "manage")
_HOLDERS = {"user_ids": "submitter", "role_ids": "submitter_role", "department_ids": "submitter_department"}


@dataclass(frozen=True, eq=False)
class Standing:
    """What somebody is, as far as forms ask: the person, their roles, their department and all above it."""

    actor: Actor

    @cached_property
    def _held(self) -> dict[str, Collection[str]]:
        found = facts_of_submitter(self.actor.id, Company())
        return {name: {found[fact]} if name == "user_ids" else found[fact] for name, fact in _HOLDERS.items()}

    def is_named(self, form: Form, deed: str, holders: Iterable[str] = tuple(_HOLDERS)) -> bool:
        """Whether a form names them, by themselves or by what they hold."""
        named: dict[str, list[Any]] = form.access.get(deed, {})
        return any(named.get(one) and set(named[one]) & set(self._held[one]) for one in holders)

    def starts(self, form: Form) -> bool:
        """Whether they may fill it in."""
        if form.state != FormState.PUBLISHED:
            return False
        if form.openness == Openness.OPEN:
            return True
        return self.is_named(form, "start", ("user_ids",) if form.openness == Openness.CLOSED else _HOLDERS)

    def manages(self, form: Form) -> bool:
        """Whether they look after its entries, and take them out."""
        return form.published_version is not None and self.is_named(form, "manage")

    def reads(self, form: Form) -> bool:
        """Whether they see all its entries."""
        return self.manages(form) or (form.published_version is not None and self.is_named(form, "see"))


def may_design(actor: Actor) -> bool:
    """Whether somebody makes forms."""
    return actor.may(MANAGE)


def named_ids(access: dict[str, dict[str, list[UUID]]], holders: str) -> list[tuple[str, UUID]]:
    """All ids of one kind of holder, each with the place it stands at."""
    return [
        (f"access.{deed}.{holders}.{i}", one)
        for deed in DEEDS
        for i, one in enumerate(access.get(deed, {}).get(holders, ()))
    ]
