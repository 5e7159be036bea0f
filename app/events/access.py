"""What happens to users and their access."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompanyFounded(Event):
    """A company has signed up: its first user is there, and the roles it begins with."""

    user_id: UUID
    locale: str


@dataclass(frozen=True, kw_only=True)
class ColleagueInvited(Event):
    """Somebody is invited; `email` is None when the link is handed over by other means."""

    email: str | None
    company: str
    inviter_id: UUID
    inviter: str
    token: str
    days: int
    expires_at: datetime
    locale: str
    mail_key: str


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """A link is no longer good: the invitation was revoked, or a newer link was sent."""

    mail_key: str


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """A colleague has joined."""

    user_id: UUID
    name: str
    inviter_id: UUID


@dataclass(frozen=True, kw_only=True)
class PasswordResetRequested(Event):
    """Somebody, perhaps not the person, asked for a link to a new password."""

    name: str
    email: str
    token: str
    minutes: int
    expires_at: datetime
    locale: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorResetRequested(Event):
    """An administrator had a link sent with which a person takes their lost second factor away."""

    name: str
    email: str
    token: str
    minutes: int
    expires_at: datetime
    locale: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A person has another password; `email` is None when they cannot be written to."""

    name: str
    email: str | None
    locale: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class NewDeviceSeen(Event):
    """Somebody signed in from a device on which they had not been seen in this company."""

    user_id: UUID
    name: str
    email: str | None
    device: str
    ip: str
    at: str
    locale: str


@dataclass(frozen=True, kw_only=True)
class UserMoved(Event):
    """A user works in another department from now on."""

    user_id: UUID
    name: str
    department_id: UUID | None
    moved_by_id: UUID


@dataclass(frozen=True, kw_only=True)
class UserDisabled(Event):
    """A user may no longer enter this company."""

    user_id: UUID
