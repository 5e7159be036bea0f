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
from operator import add
from zlib import crc32

from app.core import pinyin
from app.core.phones import TAIL, digits_of
from app.core.pinyin import is_chinese
from app.core.remembering import remembered

MAX_QUERY = 100
MAX_WORDS = 6
_LONGEST_INITIALS = 12
_LONGEST_WESTERN_RUN = 6
_LONGEST_LOCAL = 8
_HALF = 2**31
_SIGNS = str.maketrans("0123456789", "!#$&()*+,-")
_MARKS = re.compile(r"[\W_]+")
_WESTERN = re.compile("[^〇\u3400-\u9fff\U00020000-\U0003ffff]{3,}")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")


@remembered(8192)
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
    grams: list[int]
    """As numbers: the index is half as large as with the letters, and written in half the time."""
    sort: str


@lru_cache(maxsize=32_768)
def number_of(gram: str) -> int:
    """A gram as a number of 32 bits, with a sign as PostgreSQL has it; hardly ever do two share one."""
    return crc32(gram.encode(errors="surrogatepass")) - _HALF


def keys_of(name: str, *, person: bool = False, phones: Iterable[str] = (), also: str = "") -> Keys:
    """The search keys of a record.

    :param phones: stored numbers
    :param also: more text by which it is found, such as a short name
    """
    spelling = spell(name, person=person)
    other = fold(also)
    numbers = [digits_of(number) for number in phones]
    parts = [spelling.folded, other, *spelling.lines, _coded(numbers)]
    tails = (_tail(number) for number in numbers if len(number) >= TAIL)
    more = map(number_of, (*_text_grams(other), *tails))
    grams = dict.fromkeys((*spelling.grams, *more))
    return Keys("\n".join(filter(None, parts)), list(grams), spelling.sort)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is written, spoken, abbreviated and sorted."""

    folded: str
    lines: tuple[str, ...]
    """Pinyin and initials, one line per way of reading."""
    grams: tuple[int, ...]
    sort: str


@remembered(3072)
def spell(name: str, *, person: bool = False) -> Spelling:
    """What a name gives to the search keys; remembered for a while, as it takes a tenth of a millisecond."""
    folded = fold(name)
    spoken, initials = _spoken(folded, person=person)
    grams = dict.fromkeys(
        (
            *_text_grams(folded),
            *(gram for line in spoken for gram in _syllable_grams(line)),
            *(gram for line in initials for gram in _initial_grams(line)),
        )
    )
    numbers = tuple(map(number_of, grams))
    return Spelling(folded, (*spoken, *initials), numbers, pinyin.sort_key(folded, person=person))


def tail_needle(number: str) -> str:
    """What the candidates function is asked for records with a number that ends like this one."""
    return _numbered([_tail(digits_of(number))])


def _tail(digits: str) -> str:
    return f";{digits[-TAIL:]}"


def _coded(numbers: Iterable[str]) -> str:
    """Phone numbers in signs that no name has after folding, and that LIKE takes as they are."""
    return "".join(f"{number};" for number in numbers).translate(_SIGNS)


def _spoken(folded: str, *, person: bool) -> tuple[list[str], list[str]]:
    """Lines of pinyin and of initials, one per way of reading."""
    chinese = [is_chinese(character) for character in folded]
    if not any(chinese):
        return [], []
    ways = pinyin.readings(folded, person=person)
    spoken = dict.fromkeys(
        "".join([f" {piece}" if known else "/" for known, piece in zip(chinese, way, strict=True)]).upper()
        for way in ways
    )
    initials = dict.fromkeys(_initials(folded, chinese, way) for way in ways)
    return list(spoken), list(initials)


def _initials(folded: str, chinese: list[bool], way: tuple[str, ...]) -> str:
    line, run = "", ""
    for character, known, piece in zip(f"{folded}〇", [*chinese, True], [*way, ""], strict=True):
        if not known:
            run += character
            continue
        if run:
            # A long western word is found by its letters, a short one by the initials, too: TCL科技, tclkj.
            line += "".join([f".{c}" for c in run]) if len(run) <= _LONGEST_WESTERN_RUN else "/"
            run = ""
        line += f".{piece[0]}" if piece else ""
    return line.upper()


def _text_grams(folded: str) -> Iterator[str]:
    yield from filter(is_chinese, folded)
    yield from map(add, folded, folded[1:])
    for run in _WESTERN.findall(folded):
        yield from (run[i : i + 3] for i in range(len(run) - 2))


def _syllable_grams(line: str) -> Iterator[str]:
    for run in line.split("/"):
        spoken = run.split()
        yield from spoken
        yield from map(" ".join, pairwise(spoken))


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
        """What the candidates function is asked: for each way to match, the numbers of the grams it needs.

        None if a single letter is all there is, which no index can help with.
        """
        indexed = sorted((word for word in self.words if word.indexed), key=lambda word: -len(word.text))
        if not indexed:
            return None
        chosen, *others = indexed
        always = [gram for word in others if len(word.needles) == 1 for gram in word.needles[0].grams]
        return [_numbered((*needle.grams, *always)) for needle in chosen.needles]


def _numbered(grams: Iterable[str]) -> str:
    return ",".join([str(number_of(gram)) for gram in grams])


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
            yield Needle("phone", f"%{_coded([tail])}%", (_tail(tail),))
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
