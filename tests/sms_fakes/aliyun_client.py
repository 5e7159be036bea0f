"""A client of Aliyun that signs as their documentation has it (their library does the same: it was tried)."""

import hashlib
import hmac
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import quote

import urllib3

from app.core import clock


def ask(
    endpoint: str,
    action: str,
    asked: dict[str, Any],
    *,
    key: tuple[str, str],
    seconds: float = 10,
    at: datetime | None = None,
    **changed: str,
) -> tuple[int, Any]:
    """The status and body that are answered; `changed` replaces headers after signing."""
    query = "&".join(f"{name}={quote(str(asked[name]), safe='~')}" for name in sorted(asked))
    headers = {
        "host": endpoint,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": (at or clock.now()).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": changed.pop("nonce", uuid.uuid4().hex),
        "x-acs-version": "2017-05-25",
    }
    names = ";".join(sorted(headers))
    signed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    text = "\n".join(("POST", "/", query, signed, names, headers["x-acs-content-sha256"]))
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(text.encode()).hexdigest()}"
    signature = hmac.new(key[1].encode(), text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (
        f"ACS3-HMAC-SHA256 Credential={key[0]},SignedHeaders={names},Signature={signature}"
    )
    url, sent = f"http://{endpoint}/?{query}", {**headers, **changed}
    answer = urllib3.request("POST", url, body=b"", headers=sent, timeout=seconds, retries=False)
    return answer.status, answer.json() if answer.data.startswith(b"{") else answer.data
