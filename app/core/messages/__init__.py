"""What the product says, in the reader's language: a sentence for each stable code."""

from app.core.messages import en, zh

LOCALES = ("zh-CN", "en")
_SENTENCES = {"zh-CN": zh.SENTENCES, "en": en.SENTENCES}


def best_locale(accept_language: str | None) -> str:
    """The supported language that suits an Accept-Language header; Chinese unless English comes first."""
    for part in (accept_language or "").split(","):
        tag = part.partition(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return "zh-CN"


def say(code: str, locale: str, **facts: object) -> str:
    """The sentence for a code, with its facts filled in."""
    sentences = _SENTENCES.get(locale, zh.SENTENCES)
    sentence = sentences.get(code)
    if sentence is None:
        return sentences["refused"]
    return sentence.format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"
