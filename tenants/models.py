"""Tenants, and the few tables that must stand outside the walls (directories)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Identity, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id


class TenantState(StrEnum):
    """What a tenant may do."""

    TRIAL = "trial"
    ACTIVE = "active"
    READ_ONLY = "read-only"
    CLOSED = "closed"

    @property
    def writable(self) -> bool:
        """Whether its people may change anything."""
        return self in {TenantState.TRIAL, TenantState.ACTIVE}


class Tenant(Base):
    """A company that subscribes. `id` never leaves the server; outside it is its slug."""

    __tablename__ = "tenants"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default=TenantState.TRIAL)
    trial_ends_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(default="zh-CN")
    timezone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    version: Mapped[int] = mapped_column(default=1)
    access_version: Mapped[int] = mapped_column(BigInteger, default=1)
    signup_key: Mapped[str | None]
    signup_fingerprint: Mapped[str | None]
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class Person(Base):
    """A human being with a password; belongs to one tenant or several."""

    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    password_hash: Mapped[str]
    locale: Mapped[str] = mapped_column(default="zh-CN")
    last_tenant_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]


class SignInName(Base):
    """A mobile number (E.164) or an e-mail address (lower case) by which a person signs in."""

    __tablename__ = "sign_in_names"

    value: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]


class PersonTenant(Base):
    """Which tenants a person may enter, and as which user; the row goes when the user is disabled."""

    __tablename__ = "person_tenants"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    user_id: Mapped[UUID]


class PersonTotp(Base):
    """The secret a person's authenticator shares with us, encrypted; it counts once confirmed."""

    __tablename__ = "person_totps"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger)
    """The time step of the last code taken: neither it nor an earlier one is taken again."""


class RecoveryCode(Base):
    """A code for one sign-in without the authenticator. Only its hash is kept."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[datetime | None]


class AgendaEntry(Base):
    """Tells workers that a tenant has something due in a queue from `bucket` on."""

    __tablename__ = "agenda"

    tenant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    queue: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[datetime] = mapped_column(primary_key=True)
