"""Formulas over the fields of one record: `{c_price} * {c_count}`, `if({c_vip}, 0.9, 1)`.

A small language of its own, so that what an administrator writes can neither run code nor take long:
numbers, texts, fields in braces, + - * / &, comparisons, and a handful of functions. What is empty stays
empty: a sum with an empty part has no result.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, DecimalException, localcontext
from functools import lru_cache
from typing import Any

from app.core.errors import DomainError

LONGEST = 1000
_DEEPEST = 20
_MOST_DAYS = 366_000
Value = Decimal | str | date | bool | None
Run = Callable[[Mapping[str, Value]], Value]
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,6})?)|(?P<field>\{[a-z][a-z0-9_]{0,63}\})|(?P<text>\"[^\"]{0,200}\")"
    r"|(?P<name>[a-z_]{1,20})|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"
)
_BINDING = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}


class BadFormula(DomainError):
    """The formula cannot be read; `at` is the place, counted from one."""

    code = "bad-formula"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula ready to be computed."""

    fields: frozenset[str]
    """The fields it reads."""
    run: Run

    def compute(self, facts: Mapping[str, Value]) -> Value:
        """What it comes to; None if something it needs is empty, or it has no result."""
        with localcontext() as context:
            context.prec = 28
            try:
                return self.run(facts)
            except (DecimalException, TypeError, ValueError, OverflowError):
                return None


@lru_cache(maxsize=2048)
def parse(text: str) -> Formula:
    """A formula from its text.

    :raises BadFormula: naming the place
    """
    reader = _Reader(text)
    run = reader.expression(0, 0)
    reader.demand_end()
    return Formula(frozenset(reader.fields), run)


class _Reader:
    def __init__(self, text: str) -> None:
        self.fields: set[str] = set()
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise BadFormula(at=at + 1)
            self.tokens.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1))
            at = match.end()
        self.end = len(text) + 1
        self.next = 0

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.next] if self.next < len(self.tokens) else ("end", "", self.end)

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.next += 1
        return token

    def demand(self, sign: str) -> None:
        _, word, at = self.take()
        if word != sign:
            raise BadFormula(at=at)

    def demand_end(self) -> None:
        kind, _, at = self.peek()
        if kind != "end":
            raise BadFormula(at=at)

    def expression(self, binding: int, depth: int) -> Run:
        if depth > _DEEPEST:
            raise BadFormula(at=self.peek()[2])
        left = self.operand(depth)
        while (sign := self.peek()[1]) in _BINDING and _BINDING[sign] > binding:
            self.take()
            left = _pair(sign, left, self.expression(_BINDING[sign], depth + 1))
        return left

    def operand(self, depth: int) -> Run:
        kind, word, at = self.take()
        if kind == "number":
            return _constant(Decimal(word))
        if kind == "text":
            return _constant(word[1:-1])
        if kind == "field":
            self.fields.add(word[1:-1])
            return _fact(word[1:-1])
        if kind == "name" and word in _FUNCTIONS:
            return self.call(word, at, depth)
        if word == "-":
            return _negative(self.expression(3, depth + 1))
        if word != "(":
            raise BadFormula(at=at)
        inner = self.expression(0, depth + 1)
        self.demand(")")
        return inner

    def call(self, name: str, at: int, depth: int) -> Run:
        self.demand("(")
        arguments = [self.expression(0, depth + 1)]
        while self.peek()[1] == ",":
            self.take()
            arguments.append(self.expression(0, depth + 1))
        self.demand(")")
        least, most, _ = _FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise BadFormula(at=at)
        return _called(name, arguments)


def _constant(value: Value) -> Run:
    return lambda _facts: value


def _fact(name: str) -> Run:
    return lambda facts: facts.get(name)


def _negative(inner: Run) -> Run:
    def run(facts: Mapping[str, Value]) -> Value:
        value = inner(facts)
        return -value if isinstance(value, Decimal) else None

    return run


def _pair(sign: str, left: Run, right: Run) -> Run:
    combine = _SIGNS[sign]

    def run(facts: Mapping[str, Value]) -> Value:
        one, other = left(facts), right(facts)
        if sign == "&":
            return _joined(one, other)
        return None if one is None or other is None else combine(one, other)

    return run


def _joined(*values: Value) -> str:
    return "".join(_written(value) for value in values)[:500]


def _written(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _plus(one: Any, other: Any) -> Value:
    if isinstance(one, date) and isinstance(other, Decimal):
        return one + _days(other)
    return one + other if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def _minus(one: Any, other: Any) -> Value:
    if isinstance(one, date) and isinstance(other, date):
        return Decimal((one - other).days)
    if isinstance(one, date) and isinstance(other, Decimal):
        return one - _days(other)
    return one - other if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def _days(number: Decimal) -> timedelta:
    if abs(number) > _MOST_DAYS:
        raise OverflowError
    return timedelta(days=int(number))


def _times(one: Any, other: Any) -> Value:
    return one * other if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def _by(one: Any, other: Any) -> Value:
    return one / other if isinstance(one, Decimal) and isinstance(other, Decimal) and other else None


_SIGNS: dict[str, Callable[[Any, Any], Value]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _by,
    "&": _joined,
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def _called(name: str, arguments: Sequence[Run]) -> Run:
    if name == "if":
        return lambda facts: (arguments[1] if arguments[0](facts) is True else arguments[2])(facts)
    if name == "first":
        return lambda facts: next((v for one in arguments if (v := one(facts)) is not None), None)
    work = _FUNCTIONS[name][2]

    def run(facts: Mapping[str, Value]) -> Value:
        values = [one(facts) for one in arguments]
        return None if any(value is None for value in values) else work(*values)

    return run


def _round(number: Any, decimals: Any = Decimal(0)) -> Value:
    places = max(0, min(6, int(decimals)))
    return Decimal(number).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def _of_date(part: str) -> Callable[[Any], Value]:
    return lambda value: Decimal(getattr(value, part)) if isinstance(value, date) else None


def _nothing(*_: Any) -> Value:
    return None


_FUNCTIONS: dict[str, tuple[int, int, Callable[..., Value]]] = {
    "round": (1, 2, _round),
    "min": (1, 20, min),
    "max": (1, 20, max),
    "abs": (1, 1, abs),
    "year": (1, 1, _of_date("year")),
    "month": (1, 1, _of_date("month")),
    "day": (1, 1, _of_date("day")),
    "length": (1, 1, lambda text: Decimal(len(str(text)))),
    "not": (1, 1, lambda value: value is not True),
    "and": (2, 20, lambda *values: all(value is True for value in values)),
    "or": (2, 20, lambda *values: any(value is True for value in values)),
    "if": (3, 3, _nothing),
    "first": (1, 20, _nothing),
}
"""Fewest and most arguments, and what is done with them. `if` and `first` decide what they compute."""
