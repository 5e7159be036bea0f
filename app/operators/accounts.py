"""Accounts of operators: made and taken away over the owner's connection, which no request has."""

import secrets
from dataclasses import dataclass
from uuid import UUID

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
    made = _made(who, password, with_code=with_code)
    with psycopg.connect(owner) as connection:
        done = connection.execute(
            "INSERT INTO operators (id, email, name, password_hash, totp_secret, created_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (email) DO NOTHING",
            (
                operator_id, who, name, passwords.digest(made.password),
                _sealed(operator_id, made), clock.now(),
            ),
        )  # fmt: skip
        if not done.rowcount:
            raise OperatorExists
    return made


def reset(owner: str, email: str, *, password: str | None = None, with_code: bool = True) -> Made:
    """Give an account a new password and a new authenticator; its sessions end, and a shut one is open again.

    :raises NoSuchOperator: if there is none
    """
    who = email.strip().lower()
    made = _made(who, password, with_code=with_code)
    with psycopg.connect(owner) as connection:
        row = connection.execute("SELECT id FROM operators WHERE email = %s FOR UPDATE", [who]).fetchone()
        if row is None:
            raise NoSuchOperator
        connection.execute(
            "UPDATE operators SET password_hash = %s, totp_secret = %s, disabled_at = NULL WHERE id = %s",
            (passwords.digest(made.password), _sealed(row[0], made), row[0]),
        )
        connection.execute("DELETE FROM operator_sessions WHERE operator_id = %s", row)
    return made


def _made(email: str, password: str | None, *, with_code: bool) -> Made:
    said = password or "".join(secrets.choice(_WORDS) for _ in range(_LENGTH))
    secret = totp.new_secret() if with_code else None
    address = totp.address(secret, email) if secret else None
    return Made(email=email, password=said, secret=secret, address=address)


def _sealed(operator_id: UUID, made: Made) -> bytes | None:
    return totp.sealed(operator_id, made.secret) if made.secret else None


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
