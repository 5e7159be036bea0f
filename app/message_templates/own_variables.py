"""The company's own fields as variables of messages: `customer.c_level`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.access.actor import Actor
from app.fields import catalogue, entities
from app.fields.catalogue import CustomField
from app.fields.states import CHOOSING, FieldKind
from app.message_templates import saying, variables
from app.message_templates.variables import KINDS, Variable
from tenants import calendar

_BEFORE = {
    "contact": ("联系人", "Contact"),
    "customer": ("客户", "Customer"),
    "asset": ("设备", "Equipment"),
    "quote": ("报价", "Quote"),
    "service": ("服务", "Service"),
    "purchase": ("购买", "Purchase"),
}
_SAMPLES: Mapping[FieldKind, Any] = {
    FieldKind.NUMBER: 12,
    FieldKind.MONEY: {"amount": 1_280_000, "currency": "CNY"},
    FieldKind.DATE: "2026-03-18",
    FieldKind.DATE_TIME: "2026-03-18T02:30:00+00:00",
    FieldKind.YES_NO: True,
}


def offered(reader: Actor) -> list[Variable]:
    """Those that the reader may know of, in the order of their records."""
    return [
        Variable(
            name=f"{word}.{field.key}",
            zh=f"{_BEFORE[word][0]}·{field.label}",
            en=f"{_BEFORE[word][1]}: {field.label}",
            sample_zh=_sample(field, "zh-CN"),
            sample_en=_sample(field, "en"),
            about=variables.about_of(word),
        )
        for word, field in _fields(reader)
    ]


def samples(reader: Actor, locale: str) -> dict[str, str]:
    """A value for every variable, the company's own among them."""
    return {**variables.samples(locale), **{one.name: one.sample(locale) for one in offered(reader)}}


def labels(reader: Actor, locale: str) -> dict[str, str]:
    """What people call every variable, the company's own among them."""
    known = [*variables.VARIABLES.values(), *offered(reader)]
    return {one.name: one.label(locale) for one in known}


def unseen(reader: Actor) -> frozenset[str]:
    """The variables that come of fields which the reader may not read."""
    return frozenset(f"{word}.{name}" for word, kind in KINDS.items() for name in reader.hides(kind))


def withholds(values: Iterable[str] | None, unseen: Collection[str]) -> bool:
    """Whether words are not for a reader: something stands in them that the reader may not see.

    :param values: the variables that stand in them, if there are words
    :param unseen: those that the reader may not read
    """
    return values is not None and not set(unseen).isdisjoint(values)


def sayable(fields: Mapping[str, CustomField]) -> list[CustomField]:
    """Those of these fields that a message can say."""
    return [one for one in fields.values() if one.holds in saying.SAYABLE]


def _fields(reader: Actor) -> Iterator[tuple[str, CustomField]]:
    for word, kind in KINDS.items():
        if kind in entities.names():
            for field in sayable(catalogue.now(reader, kind).fields):
                if field.key not in reader.hides(kind):
                    yield word, field


def _sample(field: CustomField, locale: str) -> str:
    if field.kind in CHOOSING:
        return str(next(iter(field.options.values()))["label"]) if field.options else field.label
    value = _SAMPLES.get(field.holds)
    return field.label if value is None else saying.own(field, value, locale, calendar.zone())
