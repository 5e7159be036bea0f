"""Accounts in tests, whose vendors do as they are told."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from app.sms.states import FilingState
from app.sms.vendors.contract import Credentials, Refused, Report, ShortMessage, Taken, Verdict
from tests.support.client import Company

ACCOUNT = {
    "vendor": "tencent", "name": "腾讯云", "app_id": "1400000001", "key_id": "AKID", "secret": "s3cret",
    "signature": "澄川科技", "price": 45,
}  # fmt: skip


class Vendors:
    """All accounts' vendors: what they took, and what they answer, by the key of the account."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, ShortMessage]] = []
        self.answers: dict[str, deque[Taken | Refused]] = {}
        self.handed_in: list[tuple[str, str, bool]] = []
        self.verdicts: dict[str, Verdict] = {}
        self.known: dict[str, Report] = {}
        """What is known of messages, by our name of them."""
        self.asked: list[tuple[str, str]] = []

    def answer(self, key_id: str, *answers: Taken | Refused) -> None:
        """What an account's next messages are answered with."""
        self.answers.setdefault(key_id, deque()).extend(answers)

    def make(self, _which: object, credentials: Credentials) -> "Double":
        """The vendor of an account."""
        assert credentials.secret == "s3cret"
        return Double(self, credentials.key_id)


class Double:
    """A vendor for one account."""

    def __init__(self, vendors: Vendors, key_id: str) -> None:
        self._vendors, self._key_id = vendors, key_id

    def send(self, message: ShortMessage) -> Taken | Refused:
        self._vendors.taken.append((self._key_id, message))
        script = self._vendors.answers.get(self._key_id)
        return script.popleft() if script else Taken(f"sid-{message.reference}")

    def hand_in(self, name: str, text: str, *, advertises: bool) -> str:
        self._vendors.handed_in.append((name, text, advertises))
        return f"{len(self._vendors.handed_in)}"

    def look(self, codes: Sequence[str]) -> Mapping[str, Verdict]:
        return {code: self._vendors.verdicts[code] for code in codes if code in self._vendors.verdicts}

    def ask(self, number: str, sent_at: datetime, reference: str) -> Report | None:
        self._vendors.asked.append((number, reference))
        return self._vendors.known.get(reference)


def account(company: Company, **facts: Any) -> dict[str, Any]:
    """An account, entered through the front door."""
    answer = company.admin.post("/sms-accounts", {**ACCOUNT, **facts})
    assert answer.status_code == 201, answer.json
    return answer.json


def hand_in(company: Company, at: dict[str, Any], template_id: UUID, **facts: Any) -> dict[str, Any]:
    """A template that is handed in, or known there by a name."""
    answer = company.admin.post(
        f"/sms-accounts/{at['id']}/filings", {"template_id": str(template_id), **facts}
    )
    assert answer.status_code == 201, answer.json
    return next(one for one in answer.json["items"] if one["template"]["id"] == str(template_id))


APPROVED = Verdict(FilingState.APPROVED, None)
