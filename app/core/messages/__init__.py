"""What the product says, in the reader's language: a sentence for each stable code."""

import re
from collections.abc import Mapping

from app.core.messages import en, zh

LOCALES = ("zh-CN", "en")
_SPOKEN = {"zh": "zh-CN", "en": "en"}
_SENTENCES = {"zh-CN": zh.SENTENCES, "en": en.SENTENCES}


def best_locale(accept_language: str | None) -> str:
    """The supported language that an Accept-Language header likes best; Chinese unless that is English."""
    best, best_weight = LOCALES[0], 0.0
    for part in (accept_language or "").split(","):
        tag, _, rest = part.partition(";")
        locale = _SPOKEN.get(tag.strip().lower()[:2])
        weight = _weight(rest)
        if locale is not None and weight > best_weight:
            best, best_weight = locale, weight
    return best


def _weight(parameters: str) -> float:
    """The q of one language, 1 where none is said."""
    match = re.search(r"q\s*=\s*([01](?:\.\d{0,3})?)\s*$", parameters)
    return float(match[1]) if match else 1.0


def say(code: str, locale: str, **facts: object) -> str:
    """The sentence for a code, with its facts filled in."""
    sentences = _SENTENCES.get(locale, zh.SENTENCES)
    sentence = sentences.get(code)
    if sentence is None:
        return sentences["refused"]
    # Four digits may be a year, which no comma belongs into.
    return sentence.format_map(_Facts(grouped(facts, least=10_000)))


def grouped(facts: Mapping[str, object], *, least: int = 1000) -> dict[str, object]:
    """Facts as a sentence shows them: whole numbers from `least` on with commas, as both languages do."""
    return {name: f"{fact:,}" if _is_figure(fact, least) else fact for name, fact in facts.items()}


def _is_figure(fact: object, least: int) -> bool:
    return isinstance(fact, int) and not isinstance(fact, bool) and abs(fact) >= least


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"
