"""Seals and ciphers made with the installation's secret key."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_secret = b""
_NONCE = 12


def configure(secret_key: str) -> None:
    """Take the secret key; called once by the factory."""
    global _secret  # noqa: PLW0603
    _secret = secret_key.encode()


def sign(purpose: str, text: str) -> str:
    """A URL-safe HMAC-SHA256 of `text`, different for every purpose."""
    sealed = hmac.digest(derived_key(purpose), text.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def derived_key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from which neither the secret nor another key can be found."""
    if not _secret:
        raise RuntimeError("No secret key has been configured")
    return hmac.digest(_secret, purpose.encode(), hashlib.sha256)


def encrypted(purpose: str, plain: bytes, *, about: bytes) -> bytes:
    """Something secret as it may be kept (AES-256-GCM), bound to what it is about."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(derived_key(purpose)).encrypt(nonce, plain, about)


def decrypted(purpose: str, kept: bytes, *, about: bytes) -> bytes:
    """What was encrypted for the same purpose, about the same thing.

    :raises cryptography.exceptions.InvalidTag: if it was not, or with another secret key
    """
    return AESGCM(derived_key(purpose)).decrypt(kept[:_NONCE], kept[_NONCE:], about)
