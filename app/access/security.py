"""What a company demands of whoever enters it; without a row, what every company begins with."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, db
from tenants.ownership import TenantOwned


class SecurityPolicy(TenantOwned, Base):
    """A company's demands, one row at most."""

    __tablename__ = "security_policies"

    version: Mapped[int] = mapped_column(default=1)
    tokens_allowed: Mapped[bool] = mapped_column(default=True)
    """Whether programs may come in with a personal token."""

    # Counted by hand: what no row says is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


def kept() -> SecurityPolicy | None:
    """What the current company demands, if it ever said so."""
    return db.session.scalars(select(SecurityPolicy)).first()


def current() -> SecurityPolicy:
    """What the current company demands; not to be saved as it is."""
    return kept() or SecurityPolicy(version=1, tokens_allowed=True)
