"""What a company demands of whoever enters it."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.access import actors, addresses, security, sessions
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted
from app.access.security import SecurityPolicy
from app.access.services.tenant import SUBJECT_ID
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, invalid
from app.core.origin import current_origin


@permitted(Permission.TENANT_MANAGE)
def policy(_actor: Actor) -> SecurityPolicy:
    """What the company demands."""
    return security.current()


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, changes: Mapping[str, Any]) -> SecurityPolicy:
    """Demand something else, from the next request on.

    :param changes: any of the policy's fields
    :raises Invalid: about networks, if one cannot be read, or oneself would be locked out
    """
    actors.access_changed()
    if "networks" in changes:
        changes = {**changes, "networks": _checked(changes["networks"])}
    wanted = security.current()
    told = [
        {"field": name, "before": audit.plain(getattr(wanted, name)), "after": audit.plain(value)}
        for name, value in changes.items()
        if getattr(wanted, name) != value
    ]
    if not told:
        return wanted
    for name, value in changes.items():
        setattr(wanted, name, value)
    wanted.version += 1
    db.session.add(wanted)
    db.session.flush()
    if {"session_hours", "idle_minutes"} & {line["field"] for line in told}:
        sessions.shorten(wanted)
    audit.record(
        actor,
        Entry(
            action="updated",
            subject_type="security-policy",
            subject_id=SUBJECT_ID,
            subject_label=tenant_of(actor).name,
            changes=told,
        ),
    )
    return wanted


def _checked(texts: Sequence[str]) -> list[str]:
    """Networks as they are kept: each readable, once, and one's own place among them."""
    networks, problems = [], []
    for place, text in enumerate(texts):
        try:
            networks.append(addresses.read(text))
        except ValueError:
            problems.append(FieldProblem(f"networks.{place}", "bad-network"))
    if problems:
        raise Invalid(*problems)
    ip = current_origin().ip
    if networks and not addresses.inside(networks, ip):
        raise invalid("networks", "locks-you-out", address=ip or "?")
    return list(dict.fromkeys(str(network) for network in networks))
