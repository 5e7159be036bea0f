"""What messages say, in every language."""

from string import Formatter
from types import ModuleType

import pytest

from app.messaging import texts
from app.messaging.texts import en, zh

PAIRS = [
    *(("bell", kind, zh.BELLS.get(kind), en.BELLS.get(kind)) for kind in {**zh.BELLS, **en.BELLS}),
    *(("mail", kind, zh.MAILS.get(kind), en.MAILS.get(kind)) for kind in {**zh.MAILS, **en.MAILS}),
]


def blanks(text: object) -> set[str]:
    words = [getattr(text, name) for name in text.__slots__]
    parts = " ".join(part if isinstance(part, str) else " ".join(part) for part in words)
    return {name for _, name, _, _ in Formatter().parse(parts) if name is not None}


@pytest.mark.parametrize(("shape", "kind", "chinese", "english"), PAIRS)
def test_both_languages_say_the_same(shape: str, kind: str, chinese: object, english: object) -> None:
    assert chinese is not None
    assert english is not None
    assert blanks(chinese) == blanks(english)
    if shape == "mail":
        assert bool(chinese.button) is bool(english.button)


def test_secret_kinds_are_mails() -> None:
    assert set(zh.MAILS) >= texts.SECRET_KINDS


@pytest.mark.parametrize("words", [zh, en])
def test_what_is_wiped_is_still_called_something(words: ModuleType) -> None:
    assert {kind for kind, mail in words.MAILS.items() if mail.called} == texts.SECRET_KINDS


def test_every_channel_has_words_for_its_failures() -> None:
    assert {"mail-failed", "mail-uncertain"} <= set(zh.BELLS)


def test_figures_are_grouped_in_every_language() -> None:
    facts = {"filename": "12345.csv", "succeeded": 12345, "failed": 1000, "skipped": 999}
    assert texts.bell("import-finished", facts, "zh-CN") == (
        "导入完成：12345.csv",
        "成功 12,345 行，失败 1,000 行，跳过 999 行。",
    )
    assert texts.bell("import-finished", facts, "en") == (
        "Import finished: 12345.csv",
        "12,345 rows imported, 1,000 failed, 999 skipped.",
    )
