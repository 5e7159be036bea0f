"""What a company demands of whoever enters it; without a row, what every company begins with."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.access import addresses
from app.access.addresses import Network
from app.access.entry import Entry
from app.access.passwords import DEFAULT, PasswordRules
from app.core.db import Base, db
from tenants.context import current_tenant_id
from tenants.models import PersonTenant
from tenants.ownership import TenantOwned
from tenants.rls import step_in

LONGEST_HOURS = 720
GRACE = timedelta(minutes=10)
"""How long an access token lives: so long somebody may be at work before their session hears of it."""


class SecurityPolicy(TenantOwned, Base):
    """A company's demands, one row at most."""

    __tablename__ = "security_policies"

    version: Mapped[int] = mapped_column(default=1)
    tokens_allowed: Mapped[bool]
    """Whether programs may come in with a personal token."""
    password_length: Mapped[int]
    password_kinds: Mapped[int]
    """How many kinds of characters: lower case, upper case, digits, others."""
    session_hours: Mapped[int]
    """How long one stays signed in at most."""
    idle_minutes: Mapped[int | None]
    """After how long without doing anything one is signed out."""
    networks: Mapped[list[Any]]
    """From where one may come in; none: from anywhere."""

    # Counted by hand: what no row says is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    @property
    def passwords(self) -> PasswordRules:
        """What a new password must be like."""
        return PasswordRules(length=self.password_length, kinds=self.password_kinds)

    @property
    def allowed_networks(self) -> tuple[Network, ...]:
        """From where one may come in."""
        return tuple(addresses.read(text) for text in self.networks)

    def session_end(self, *, begun_at: datetime, seen_at: datetime) -> datetime:
        """Until when a session lasts that began and was last seen then."""
        latest = begun_at + timedelta(hours=self.session_hours)
        if self.idle_minutes is None:
            return latest
        return min(latest, seen_at + timedelta(minutes=self.idle_minutes) + GRACE)


def entry_of(policy: SecurityPolicy | None) -> Entry:
    """What a company looks at with every request."""
    return Entry() if policy is None else Entry(policy.tokens_allowed, policy.allowed_networks)


def current() -> SecurityPolicy:
    """What the current company demands; not to be saved as it is."""
    found = db.session.scalars(select(SecurityPolicy).execution_options(populate_existing=True)).first()
    return found or SecurityPolicy(
        version=1,
        tokens_allowed=True,
        password_length=DEFAULT.length,
        password_kinds=DEFAULT.kinds,
        session_hours=LONGEST_HOURS,
        idle_minutes=None,
        networks=[],
    )


def strictest_passwords(person_id: UUID) -> PasswordRules:
    """What a new password of somebody must be like, so that every company of theirs is content.

    What was loaded before is forgotten; the company one was in is entered again.
    """
    home = current_tenant_id()
    found = [DEFAULT]
    for tenant_id in _companies_of(person_id):
        step_in(db.session(), tenant_id)
        found.append(current().passwords)
    if home is not None:
        step_in(db.session(), home)
    return PasswordRules(length=max(r.length for r in found), kinds=max(r.kinds for r in found))


def _companies_of(person_id: UUID) -> Sequence[int]:
    return db.session.scalars(
        select(PersonTenant.tenant_id)
        .where(PersonTenant.person_id == person_id)
        .order_by(PersonTenant.tenant_id)
    ).all()
