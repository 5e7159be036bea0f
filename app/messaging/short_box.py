"""The short messages that a development installation caught, and what is still to be posted back.

One small file each, whose names ascend in time: who writes it and who reads it need not know each other.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KEPT = 500
SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose short messages are caught here."""

    app_id: str
    key_id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caught:
    """A short message that was sent to a number, or that somebody has answered from it."""

    number: str
    signature: str
    text: str
    app_id: str
    answers: bool = False
    id: str = ""

    @property
    def at(self) -> datetime:
        """When it was caught."""
        return datetime.fromtimestamp(int(self.id.partition("-")[0]) / 1e9, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is to be posted to whoever uses an account, from a moment on."""

    app_id: str
    what: Any
    from_: float
    tries: int = 0
    id: str = ""


class ShortBox:
    """The directory."""

    def __init__(self, directory: Path, *, kept: int = KEPT) -> None:
        self._messages, self._due = directory, directory / "due"
        self._kept = kept
        self._due.mkdir(mode=0o700, parents=True, exist_ok=True)

    def newest(self) -> list[Caught]:
        """The newest messages, the newest first."""
        found = (_read(path) for path in sorted(self._messages.glob("*.sms"), reverse=True)[:SHOWN])
        return [Caught(**{**facts, "id": name}) for name, facts in found if facts]

    def keep(self, message: Caught) -> None:
        """Keep a message, and let the oldest go."""
        _write(self._messages / f"{_new_name()}.sms", asdict(message))
        for old in sorted(self._messages.glob("*.sms"))[: -self._kept]:
            old.unlink(missing_ok=True)

    def clear(self) -> None:
        """Throw all messages away; what is to be posted is posted all the same."""
        for path in self._messages.glob("*.sms"):
            path.unlink(missing_ok=True)

    def answer(self, number: str, text: str) -> bool:
        """Answer as the holder of a number does; False where nothing was sent there."""
        last = next((one for one in self.newest() if one.number == number and not one.answers), None)
        if last is None:
            return False
        said = Caught(number=number, signature=last.signature, text=text, app_id=last.app_id, answers=True)
        self.keep(said)
        self.put_due(Due(app_id=last.app_id, what={"answer": asdict(said)}, from_=0))
        return True

    def put_due(self, due: Due) -> None:
        """Have something posted, or posted again under the name that it has."""
        _write(self._due / f"{due.id or _new_name()}.due", asdict(due))

    def due(self) -> list[Due]:
        """What is to be posted by now, the oldest first."""
        found = (_read(path) for path in sorted(self._due.glob("*.due")))
        all_of_it = [Due(**{**facts, "id": name}) for name, facts in found if facts]
        return [one for one in all_of_it if one.from_ <= time.time()]

    def done(self, due: Due) -> None:
        """Forget what was posted, or cannot be."""
        (self._due / f"{due.id}.due").unlink(missing_ok=True)

    def note(self, name: str, facts: Mapping[str, Any]) -> None:
        """Keep facts under a name of their own."""
        _write(self._messages / f"{name}.json", facts)

    def noted(self, name: str) -> dict[str, Any]:
        """The facts under a name; none where nothing was noted."""
        return _read(self._messages / f"{name}.json")[1] or {}

    def account(self) -> Account | None:
        """Whose messages are caught here, once somebody has said so."""
        facts = self.noted("account")
        return Account(**facts) if facts else None


def _new_name() -> str:
    return f"{time.time_ns():020d}-{secrets.token_hex(4)}"


def _write(path: Path, facts: Mapping[str, Any]) -> None:
    """Write a file that nobody ever sees half of."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    draft.touch(0o600)
    draft.write_text(json.dumps(facts, ensure_ascii=False))
    draft.replace(path)


def _read(path: Path) -> tuple[str, dict[str, Any] | None]:
    try:
        facts: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:  # thrown away meanwhile, or never there
        return path.stem, None
    return path.stem, facts
