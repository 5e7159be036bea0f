"""Accounts of operators: made and taken away over the owner's connection, which no request has."""

import secrets
from dataclasses import dataclass

import psycopg

from app.access import logins, passwords, totp
from app.core import clock
from app.core.ids import new_id

_WORDS, _LENGTH = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ", 20


class NoSuchOperator(Exception):
    """Nobody is called so."""


class OperatorExists(Exception):
    """There is one with this address."""


class NotAnAddress(Exception):
    """Accounts are known by an e-mail address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What whoever has made an account passes on; shown only now."""

    email: str
    password: str
    secret: str | None
    address: str | None
    """What an authenticator reads from a QR code."""


def add(owner: str, email: str, name: str, *, password: str | None = None, with_code: bool = True) -> Made:
    """Make an account.

    :param owner: the connection string of the owner of the tables
    :param password: None: one is made up
    :raises NotAnAddress: if it is no e-mail address
    :raises OperatorExists: if there is one
    """
    who, operator_id = email.strip().lower(), new_id()
    if not logins.is_email(who):
        raise NotAnAddress
    said = password or "".join(secrets.choice(_WORDS) for _ in range(_LENGTH))
    secret = totp.new_secret() if with_code else None
    with psycopg.connect(owner) as connection:
        done = connection.execute(
            "INSERT INTO operators (id, email, name, password_hash, totp_secret, created_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (email) DO NOTHING",
            (
                operator_id, who, name, passwords.digest(said),
                totp.sealed(operator_id, secret) if secret else None, clock.now(),
            ),
        )  # fmt: skip
        if not done.rowcount:
            raise OperatorExists
    return Made(
        email=who, password=said, secret=secret, address=totp.address(secret, who) if secret else None
    )


def disable(owner: str, email: str) -> None:
    """Shut an account, and end its sessions.

    :raises NoSuchOperator: if there is none
    """
    with psycopg.connect(owner) as connection:
        row = connection.execute(
            "UPDATE operators SET disabled_at = coalesce(disabled_at, %s) WHERE email = %s RETURNING id",
            (clock.now(), email.strip().lower()),
        ).fetchone()
        if row is None:
            raise NoSuchOperator
        connection.execute("DELETE FROM operator_sessions WHERE operator_id = %s", row)


def listed(owner: str) -> list[tuple[str, str, bool]]:
    """All accounts: address, name, and whether they are open."""
    with psycopg.connect(owner) as connection:
        rows = connection.execute("SELECT email, name, disabled_at IS NULL FROM operators ORDER BY email")
        return [(email, name, is_open) for email, name, is_open in rows]
