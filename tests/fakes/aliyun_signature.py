"""Aliyun's signature ACS3-HMAC-SHA256, as the one checks it who answers."""

import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, quote, urlsplit

EARLY_SECONDS = 900
_AUTHORIZATION = re.compile(
    r"ACS3-HMAC-SHA256 Credential=(?P<id>[^,]+), ?SignedHeaders=(?P<headers>[a-z0-9;-]+), ?"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)
_MUST = {
    "host",
    "x-acs-action",
    "x-acs-version",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-content-sha256",
}


class Fault(Exception):
    """A request that is refused as a whole."""

    def __init__(self, code: str, status: int = 400, message: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.message = code, status, message or code


def check(
    keys: Mapping[str, str], nonces: set[str], method: str, path: str, headers: Mapping[str, str], body: bytes
) -> dict[str, str]:
    """Let a signed request pass; returns what it asks for, headers in lower case.

    :raises Fault: with the vendor's code for what is wrong
    """
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None or not set(found["headers"].split(";")) >= _MUST:
        raise Fault("IncompleteSignature", 400, "The authorization header cannot be read")
    if found["id"] not in keys:
        raise Fault("InvalidAccessKeyId.NotFound", 404, "Specified access key is not found.")
    split = urlsplit(path)
    query = parse_qsl(split.query, keep_blank_values=True)
    content = hashlib.sha256(body).hexdigest()
    asked = "\n".join(
        (
            method,
            split.path,
            "&".join(sorted(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in query)),
            "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in found["headers"].split(";")),
            found["headers"],
            content,
        )
    )
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(asked.encode()).hexdigest()}"
    wanted = hmac.new(keys[found["id"]].encode(), text.encode(), hashlib.sha256).hexdigest()
    if headers["x-acs-content-sha256"] != content or not hmac.compare_digest(wanted, found["signature"]):
        raise Fault("SignatureDoesNotMatch", 400, "Specified signature is not matched with our calculation.")
    _check_time(headers["x-acs-date"], headers["x-acs-signature-nonce"], nonces)
    return dict(query)


def _check_time(date: str, nonce: str, nonces: set[str]) -> None:
    try:
        at = datetime.fromisoformat(date).timestamp()
    except ValueError:
        raise Fault("InvalidTimeStamp.Format") from None
    if abs(time.time() - at) > EARLY_SECONDS:
        raise Fault("InvalidTimeStamp.Expired", 400, "Specified time stamp or date value is expired.")
    if nonce in nonces:
        raise Fault("SignatureNonceUsed", 400, "Specified signature nonce was used already.")
    nonces.add(nonce)
