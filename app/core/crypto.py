"""Seals and ciphers made with the installation's secret key; what a former key has made can still be read."""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_secrets: tuple[bytes, ...] = ()
_NONCE = 12
_BRIEFEST = 22
"""Characters of a seal that are enough: 128 bits."""


def configure(secret_key: str, former: Sequence[str] = ()) -> None:
    """Take the secret key, and those it had before, the latest first; called once by the factory."""
    global _secrets  # noqa: PLW0603
    _secrets = tuple(key.encode() for key in (secret_key, *former))


def sign(purpose: str, text: str) -> str:
    """A URL-safe HMAC-SHA256 of `text`, different for every purpose."""
    sealed = hmac.digest(derived_key(purpose), text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def signed(purpose: str, text: str, seal: str) -> bool:
    """Whether a seal was made by `sign`, with our secret key or one that it had before."""
    made = (hmac.digest(key, text.encode(), hashlib.sha256) for key in derived_keys(purpose))
    sealed = [base64.urlsafe_b64encode(one).rstrip(b"=") for one in made]
    return any(hmac.compare_digest(one, seal.encode()) for one in sealed)


def signed_briefly(purpose: str, text: str, seal: str) -> bool:
    """Whether a seal is the beginning of what `sign` has made, long enough that nobody can guess it."""
    if len(seal) < _BRIEFEST:
        return False
    made = (hmac.digest(key, text.encode(), hashlib.sha256) for key in derived_keys(purpose))
    sealed = [base64.urlsafe_b64encode(one)[: len(seal)] for one in made]
    return any(hmac.compare_digest(one, seal.encode()) for one in sealed)


def derived_key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from which neither the secret nor another key can be found."""
    return derived_keys(purpose)[0]


def derived_keys(purpose: str) -> list[bytes]:
    """The key for a purpose, then those from former secrets, latest first: for checking, never for making."""
    if not _secrets:
        raise RuntimeError("No secret key has been configured")
    return [hmac.digest(secret, purpose.encode(), hashlib.sha256) for secret in _secrets]


def encrypted(purpose: str, plain: bytes, *, about: bytes) -> bytes:
    """Something secret as it may be kept (AES-256-GCM), bound to what it is about."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(derived_key(purpose)).encrypt(nonce, plain, about)


def decrypted(purpose: str, kept: bytes, *, about: bytes) -> bytes:
    """What was encrypted for the same purpose, about the same thing.

    :raises cryptography.exceptions.InvalidTag: if it was not, or with a key that nobody told us
    """
    *others, last = derived_keys(purpose)
    for key in others:
        try:
            return AESGCM(key).decrypt(kept[:_NONCE], kept[_NONCE:], about)
        except InvalidTag:
            continue
    return AESGCM(last).decrypt(kept[:_NONCE], kept[_NONCE:], about)
