"""Second factors for the people of a generated company, as an operation on them wants to find them."""

from typing import Any

import pyotp
from flask import Flask

from app.access import totp
from tests.support.operations import API, Operation
from tests.support.store import Store

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_BEGIN = f"{API}/profile/second-factor"
_WANTED = """
INSERT INTO person_totps (person_id, secret, created_at, confirmed_at, last_step)
VALUES (%s, %s, now(), CASE WHEN %s THEN now() END, 0)
ON CONFLICT (person_id)
DO UPDATE SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = 0
"""


def code() -> str:
    """What the authenticators of a generated company show."""
    return pyotp.TOTP(SECRET).now()


def make_ready(app: Flask, store: Store, tenant_id: int, operation: Operation) -> None:
    """Set second factors up, begin to, or take them away."""
    if "second-factor" not in operation.path or operation.method == "GET":
        return
    people: list[Any] = [
        row["person_id"] for row in store.rows("SELECT person_id FROM users WHERE tenant_id = %s", tenant_id)
    ]
    if operation.path == _BEGIN:
        store.rows("DELETE FROM person_totps WHERE person_id = ANY(%s)", people)
        return
    confirmed = not operation.path.endswith("/confirmation")
    for person in people:
        with app.app_context():
            sealed = totp.sealed(person, SECRET)
        store.rows(_WANTED, person, sealed, confirmed)
