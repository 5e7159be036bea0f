"""Valid content for requests about messages to people outside."""

from collections.abc import Callable
from typing import Any

MARK = "Tamarind"

_SIMPLE: dict[tuple[str, str], Any] = {
    ("care-rules", "trigger"): {"kind": "event", "happening": "customer-created"},
    ("care-rules", "audience"): {"whom": "own"},
    ("care-rules", "steps"): [{"amount": 1, "task": f"{MARK} {{{{contact.name}}}}"}],
    ("care-rules", "stops"): ["activity"],
    ("care-rules", "on"): True,
    ("letters", "audience"): {},
    ("letters", "sender_postcode"): "215000",
    ("letters", "signature"): MARK,
    ("letter-previews", "sender_postcode"): "215000",
    ("letter-previews", "signature"): MARK,
    ("sms-accounts", "app_id"): "1400000001",
    ("sms-accounts", "key_id"): f"AKID{MARK}",
    ("sms-accounts", "secret"): f"secret-{MARK}",
    ("sms-accounts", "code"): "1234567",
    ("sms-accounts", "signature"): MARK,
    ("sms-accounts", "number"): "13900130001",
}
WORDS_ON: dict[tuple[str, str], Callable[[Any], Any]] = {
    **{place: lambda _samples, value=value: value for place, value in _SIMPLE.items()},
    # The second of those that every company begins with is a mail that says nothing of a record.
    **{
        (resource, "template_ids"): lambda samples: [samples.find("message_templates")[1]]
        for resource in ("outreach-messages", "outreach-previews")
    },
    ("campaigns", "choices"): lambda samples: [
        {"way": "mail", "template_id": samples.find("message_templates")[1]}
    ],
    ("campaigns", "audience"): lambda _samples: {"contacts": None, "customers": None},
    ("campaigns", "start_at"): lambda _samples: None,
}
