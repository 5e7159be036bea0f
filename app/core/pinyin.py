"""How Chinese names are read aloud, and how typed letters are cut into syllables."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any

from pypinyin import lazy_pinyin
from pypinyin.seg.simpleseg import seg

from app.core.pinyin_tables import CONTEXTUAL, POLYPHONES, SURNAMES, SYLLABLES, TYPED_U
from app.core.remembering import LONGEST, remembered

MOST_READINGS = 8
MOST_SEGMENTATIONS = 8
_LONGEST_SYLLABLE = 6

_TYPED = SYLLABLES | (TYPED_U.keys() - {"ly"})
_U_AS_TYPED = {"lv": "lu", "nv": "nu"}
_GOING_ON: dict[str, tuple[str, ...]] = {
    letters: tuple(sorted(syllable for syllable in SYLLABLES if syllable.startswith(letters)))
    for letters in sorted({syllable[:n] for syllable in SYLLABLES for n in range(1, 7)})
}
_BEGINNINGS = frozenset(syllable[:n] for syllable in _TYPED for n in range(1, len(syllable)))


def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one."""
    if character < "\u3400":
        return character == "〇"
    return character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def readings(text: str, *, person: bool = False) -> list[tuple[str, ...]]:
    """The ways to read a text, the likeliest first; one piece per character, others than Chinese as they are.

    A character that is read in two ways gives both. In a person's name the surname is read as a surname.
    """
    choices = _choices(text, person=person)
    ways = 1
    for choice in choices:
        ways *= len(choice)
    likeliest = tuple(choice[0] for choice in choices)
    if ways == 1:
        return [likeliest]
    if ways <= MOST_READINGS:
        return list(product(*choices))
    # Too many together: each second reading on its own.
    others = (
        (*likeliest[:i], reading, *likeliest[i + 1 :])
        for i, choice in enumerate(choices)
        for reading in choice[1:]
    )
    return [likeliest, *islice(others, MOST_READINGS - 1)]


@remembered(4096)
def _choices(text: str, *, person: bool) -> tuple[tuple[str, ...], ...]:
    in_context = _in_context(text)
    surname = _surname(text) if person else ()
    choices = []
    for i, (character, reading) in enumerate(zip(text, in_context, strict=True)):
        candidates: tuple[str, ...] = (reading,) if i >= len(surname) else (surname[i], reading)
        if character in POLYPHONES:
            candidates += POLYPHONES[character]
        if "lv" in candidates or "nv" in candidates:
            candidates += tuple(_U_AS_TYPED[name] for name in candidates if name in _U_AS_TYPED)
        choices.append(candidates if len(candidates) == 1 else tuple(dict.fromkeys(candidates)))
    return tuple(choices)


@remembered(2048)
def _in_context(text: str) -> list[str]:
    # Only some characters need the word they stand in; cutting a name into known words takes its time.
    words = text if CONTEXTUAL.isdisjoint(text) else _words(text)
    return [piece for word in words for piece in _usual(word)]


def _words(text: str) -> Iterator[str]:
    for word in seg(text):
        if len(word) <= LONGEST:
            yield word
        else:
            # Not Chinese: letter by letter it comes to the same, and each of them may be remembered.
            yield from word


@lru_cache(maxsize=60_000)
def _usual(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word, errors=_letter_by_letter))


def _letter_by_letter(text: str) -> Any:
    return list(text)


def _surname(text: str) -> tuple[str, ...]:
    return SURNAMES.get(text[:2]) or SURNAMES.get(text[:1]) or ()


@remembered(8192)
def sort_key(text: str, *, person: bool = False) -> str:
    """A key that sorts names as a Chinese telephone book does, compared byte by byte."""
    if person and not _surname(text):
        return sort_key(text)
    likeliest = (choice[0] for choice in _choices(text, person=person))
    words = "".join(
        f" {piece} " if is_chinese(character) else piece
        for character, piece in zip(text, likeliest, strict=True)
    )
    return f"{' '.join(words.split())}|{text}"[:240]


def beginning_with(letters: str) -> tuple[str, ...]:
    """The syllables that begin with these letters."""
    return _GOING_ON.get(letters, ())


@lru_cache(maxsize=4096)
def syllables(letters: str) -> tuple[tuple[str, ...], ...]:
    """The ways to cut typed letters into syllables; the last may be only begun if none fits entirely.

    "xian" is read as one syllable and as two; "huaw" as "hua" and the beginning of another.
    """
    whole = tuple(islice(_cut(letters, unfinished=False), MOST_SEGMENTATIONS))
    return whole or tuple(islice(_cut(letters, unfinished=True), MOST_SEGMENTATIONS))


def _cut(letters: str, *, unfinished: bool) -> list[tuple[str, ...]]:
    """All cuts, from the end backwards, never more than a few per position."""
    size = len(letters)
    cuts: list[list[tuple[str, ...]]] = [[] for _ in range(size + 1)]
    cuts[size] = [()]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + _LONGEST_SYLLABLE), start, -1):
            piece = letters[start:end]
            if piece in _TYPED or (unfinished and end == size and piece in _BEGINNINGS):
                ours = TYPED_U.get(piece, piece)
                cuts[start] += [(ours, *rest) for rest in cuts[end]]
        del cuts[start][MOST_SEGMENTATIONS:]
    return cuts[0] if size else []
