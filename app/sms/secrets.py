"""Keeping the secret of an account, and the address at which its vendor calls back."""

import re
from uuid import UUID

from app.core import crypto
from app.sms.models import SmsAccount
from app.sms.states import Vendor
from app.sms.vendors import vendor
from app.sms.vendors.contract import Credentials, SmsVendor

_PURPOSE, _SEAL = "sms-account", "sms-callback"
_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,60})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{1,60})")


def sealed(account_id: UUID, secret: str) -> bytes:
    """A secret as it is kept."""
    return crypto.encrypted(_PURPOSE, secret.encode(), about=account_id.bytes)


def opened(account: SmsAccount) -> SmsVendor:
    """The vendor of an account, with its credentials."""
    secret = crypto.decrypted(_PURPOSE, account.secret, about=account.id.bytes).decode()
    credentials = Credentials(
        app_id=account.app_id, key_id=account.key_id, secret=secret, signature=account.signature
    )
    return vendor(Vendor(account.vendor), credentials)


def callback_token(slug: str, tenant_id: int, account_id: UUID) -> str:
    """What the path says at which the vendor of an account calls back; nobody can make it up."""
    return f"{slug}.{account_id.hex}.{crypto.sign(_SEAL, f'{tenant_id}|{account_id.hex}')}"


def parts_of(token: str) -> tuple[str, UUID, str] | None:
    """The company, the account and the seal that a path names; None if it is no such path."""
    found = _TOKEN.fullmatch(token)
    return (found[1], UUID(hex=found[2]), found[3]) if found else None


def is_sealed(tenant_id: int, account_id: UUID, seal: str) -> bool:
    """Whether a path was made by us."""
    return crypto.signed(_SEAL, f"{tenant_id}|{account_id.hex}", seal)
