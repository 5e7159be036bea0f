"""Taking back invitations whose reason is gone."""

from sqlalchemy import ColumnElement

from app.access.actor import Actor
from app.access.queries.invitations import locked, open_ones
from app.access.rules import unlocked
from app.access.trail import line
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.access import InvitationWithdrawn


@unlocked("part of disabling a user, or of deleting a role or department, which are locked")
def withdraw(actor: Actor, which: ColumnElement[bool]) -> None:
    """Revoke all open invitations of a kind, also those that are too old, and tell of each."""
    at = clock.now()
    invitations = db.session.scalars(locked(open_ones().where(which))).all()
    for invitation in invitations:
        invitation.revoked_at = at
        publish(InvitationWithdrawn(mail_key=invitation.mail_key))
    db.session.flush()
    audit.record_many(actor, [line("revoked", invitation) for invitation in invitations])
