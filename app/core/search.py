"""Finding by any fragment of a name, its pinyin, its initials, or the tail of a phone number.

A record keeps two things: `text`, against which a match is decided (LIKE), and `grams`, by which an index
finds the few records worth deciding about. In both, what stands for what can never be confused:

- the name itself is folded: lower case, half width, letters and digits only
- pinyin is upper case with a space before each syllable: " CHENG CHUAN"
- initials have a dot before each: ".C.C"
- phones are written in signs instead of digits, each closed by a semicolon: "#&,;" (138)
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from app.core import pinyin
from app.core.phones import TAIL, digits_of
from app.core.pinyin import is_chinese

MAX_QUERY = 100
MAX_WORDS = 6
_LONGEST_INITIALS = 12
_LONGEST_WESTERN_RUN = 6
_SEPARATOR = "\x1f"
_LONGEST_LOCAL = 8
_SIGNS = str.maketrans("0123456789", "!#$&()*+,-")
_MARKS = re.compile(r"[\W_]+")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


def fold(text: str) -> str:
    """A text as it is compared: half width, lower case, letters and digits only, without accents."""
    plain = unicodedata.normalize("NFKC", text)
    if _ACCENTED.search(plain):
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(character for character in apart if not unicodedata.combining(character))
    return _MARKS.sub("", plain.casefold())


@dataclass(frozen=True, slots=True)
class Keys:
    """What a record is found and sorted by."""

    text: str
    grams: list[str]
    sort: str


def keys_of(name: str, *, person: bool = False, phones: Iterable[str] = (), also: str = "") -> Keys:
    """The search keys of a record.

    :param phones: stored numbers
    :param also: more text by which it is found, such as a short name
    """
    folded = fold(name)
    spoken, initials = _spoken(folded, person=person)
    numbers = [digits_of(number) for number in phones]
    parts = [folded, fold(also), *spoken, *initials, _coded(numbers)]
    grams = dict.fromkeys(
        (
            *_text_grams(folded),
            *_text_grams(fold(also)),
            *(gram for line in spoken for gram in _syllable_grams(line)),
            *(gram for line in initials for gram in _initial_grams(line)),
            *(f";{number[-TAIL:]}" for number in numbers if len(number) >= TAIL),
        )
    )
    return Keys("\n".join(filter(None, parts)), list(grams), pinyin.sort_key(folded, person=person))


def _coded(numbers: Iterable[str]) -> str:
    """Phone numbers in signs that no name has after folding, and that LIKE takes as they are."""
    return "".join(f"{number};" for number in numbers).translate(_SIGNS)


def _spoken(folded: str, *, person: bool) -> tuple[list[str], list[str]]:
    """Lines of pinyin and of initials, one per way of reading."""
    if not any(map(is_chinese, folded)):
        return [], []
    spoken: dict[str, None] = {}
    initials: dict[str, None] = {}
    for way in pinyin.readings(folded, person=person):
        pairs = list(zip(folded, way, strict=True))
        spoken["".join(f" {piece.upper()}" if is_chinese(c) else "/" for c, piece in pairs)] = None
        initials[_initials(pairs)] = None
    return list(spoken), list(initials)


def _initials(pairs: list[tuple[str, str]]) -> str:
    line, run = "", ""
    for character, piece in [*pairs, ("〇", "")]:
        if not is_chinese(character):
            run += character
            continue
        # A long western word is found by its letters; a short one belongs to the initials: TCL科技, tclkj.
        line += "".join(f".{c.upper()}" for c in run) if len(run) <= _LONGEST_WESTERN_RUN else "/"
        line += f".{piece[0].upper()}" if piece else ""
        run = ""
    return line


def _text_grams(folded: str) -> Iterator[str]:
    for i, character in enumerate(folded):
        if is_chinese(character):
            yield character
        pair, triple = folded[i : i + 2], folded[i : i + 3]
        if len(pair) == 2:
            yield pair
        if len(triple) == 3 and not any(map(is_chinese, triple)):
            yield triple


def _syllable_grams(line: str) -> Iterator[str]:
    for run in line.split("/"):
        spoken = run.split()
        yield from spoken
        yield from (f"{first} {second}" for first, second in pairwise(spoken))


def _initial_grams(line: str) -> Iterator[str]:
    for run in line.split("/"):
        letters = run.replace(".", "")
        yield from (f".{letters[i : i + n]}" for n in (2, 3) for i in range(len(letters) - n + 1))


@dataclass(frozen=True, slots=True)
class Needle:
    """One way in which a word may be found: a LIKE pattern over `text`, and grams that must be there."""

    kind: str
    pattern: str
    grams: tuple[str, ...]

    @property
    def beginning(self) -> str | None:
        """The pattern of a match at the beginning of a name, however it is read."""
        if self.kind == "name":
            return self.pattern.removeprefix("%")
        return f"%\n{self.pattern.removeprefix('%')}" if self.kind != "phone" else None


@dataclass(frozen=True)
class Word:
    """A word of a query; it is found if any of its needles is."""

    text: str
    needles: tuple[Needle, ...]

    @cached_property
    def patterns(self) -> list[str]:
        """The LIKE patterns, any of which decides for a match."""
        return list(dict.fromkeys(needle.pattern for needle in self.needles))

    @cached_property
    def beginnings(self) -> list[str]:
        """The patterns of those matches that begin a name, which are shown first."""
        return list(dict.fromkeys(filter(None, (needle.beginning for needle in self.needles))))

    def matched(self, text: str) -> str | None:
        """How the word is found in a record's text: by name, pinyin, initials or phone."""
        kinds = [needle.kind for needle in self.needles if needle.pattern.strip("%") in text]
        # The digits of a phone stand in the text as those of a name would.
        return "phone" if "phone" in kinds else next(iter(kinds), None)

    @property
    def indexed(self) -> bool:
        """Whether the index can find all that match."""
        return all(needle.grams for needle in self.needles)


@dataclass(frozen=True)
class Query:
    """What was typed into a search box: all words must be found."""

    words: tuple[Word, ...]

    @cached_property
    def needles(self) -> list[str] | None:
        """What the candidates function is asked: for each way to match, the grams it needs.

        None if a single letter is all there is, which no index can help with.
        """
        indexed = sorted((word for word in self.words if word.indexed), key=lambda word: -len(word.text))
        if not indexed:
            return None
        chosen, *others = indexed
        always = [gram for word in others if len(word.needles) == 1 for gram in word.needles[0].grams]
        return [_SEPARATOR.join([*needle.grams, *always]) for needle in chosen.needles]


@lru_cache(maxsize=4096)
def parse(typed: str) -> Query:
    """A query as typed: words apart, except within a phone number.

    Answers are shared, because everyone pages through what they have found: nothing may write into one.
    """
    text = unicodedata.normalize("NFKC", typed)
    if re.fullmatch(r"[+0-9\s().\-]+", text) and len(digits_of(text)) >= TAIL:
        words = [digits_of(text)]
    else:
        words = [folded for word in text.split()[:MAX_WORDS] if (folded := fold(word))]
    return Query(tuple(Word(word, tuple(_needles(word))) for word in dict.fromkeys(words)))


def _needles(word: str) -> Iterator[Needle]:
    yield Needle("name", f"%{word}%", tuple(dict.fromkeys(_query_grams(word))))
    if word.isdecimal() and word.isascii() and len(word) >= TAIL:
        # Stored with its country, a number has lost the zero in front of its area.
        for tail in dict.fromkeys((word, word.lstrip("0") if len(word) > _LONGEST_LOCAL else word)):
            yield Needle("phone", f"%{_coded([tail])}%", (f";{tail[-TAIL:]}",))
    if not re.fullmatch(r"[a-z0-9]+", word):
        return
    if word.isalpha():
        for cut in pinyin.syllables(word):
            yield from _spoken_needles([syllable.upper() for syllable in cut])
    if 2 <= len(word) <= _LONGEST_INITIALS and not word.isdecimal():
        dotted = "".join(f".{c.upper()}" for c in word)
        yield Needle("initials", f"%{dotted}%", tuple(dict.fromkeys(_longest_initials(word.upper()))))


def _query_grams(word: str) -> Iterator[str]:
    if len(word) == 1:
        if is_chinese(word):
            yield word
        return
    western = not any(map(is_chinese, word))
    for i in range(len(word) - 1):
        pair, triple = word[i : i + 2], word[i : i + 3]
        if any(map(is_chinese, pair)) or (western and len(word) == 2):
            yield pair
        if len(triple) == 3 and not any(map(is_chinese, triple)):
            yield triple


def _spoken_needles(spoken: list[str]) -> Iterator[Needle]:
    """Ways to find syllables of which the last may go on: "hu" is the beginning of 华, too."""
    pattern = f"% {' '.join(spoken)}%"
    *finished, last = spoken
    if finished:
        pairs = [f"{first} {second}" for first, second in pairwise(finished)] or finished
        initials = _longest_initials("".join(syllable[0] for syllable in spoken))
        yield Needle("pinyin", pattern, tuple(dict.fromkeys((*pairs, *initials))))
        return
    possible = pinyin.beginning_with(last.lower()) if len(last) > 1 else ()
    for syllable in possible:
        yield Needle("pinyin", pattern, (syllable.upper(),))
    if not possible:
        yield Needle("pinyin", pattern, ())


def _longest_initials(letters: str) -> Iterator[str]:
    size = min(len(letters), 3)
    yield from (f".{letters[i : i + size]}" for i in range(len(letters) - size + 1))
