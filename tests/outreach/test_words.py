"""Why a message came to nothing has the same words on the page and in files, and has some at all."""

import re
from pathlib import Path

import pytest

from app.consents.states import Obstacle
from app.messaging import admission
from app.outreach.states import Held, Reason
from app.spreadsheets.outreach_message_fields import FIELDS
from app.usage import barring

WORDS = Path(__file__).parents[2] / "web/apps/desktop/src/i18n"
_PART = re.compile(r"messageReason: \{(.*?)\n  \}", re.DOTALL)
_WORD = re.compile(r"(?:'([a-z-]+)'|\b([a-z]+)): '([^']*)'")


def shown(locale: str) -> dict[str, str]:
    found = _PART.search((WORDS / locale / "outreach.ts").read_text(encoding="utf-8"))
    assert found is not None
    return {quoted or bare: words for quoted, bare, words in _WORD.findall(found[1])}


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_page_and_files_know_the_same_reasons(locale: str) -> None:
    [reason] = [field for field in FIELDS if field.name == "reason"]
    assert {choice.value for choice in reason.choices} == set(shown(locale))


def test_whatever_is_said_by_us_has_words() -> None:
    by_outbox = {barring.USED_UP, admission.PROVIDER_DOWN, admission.PACED}
    said = {*map(str, Reason), *map(str, Held), *map(str, Obstacle), *by_outbox}
    assert said - set(shown("zh-CN")) == set()
