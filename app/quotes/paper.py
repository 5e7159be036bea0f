"""A quote on paper: what the customer may read of it, and nothing else, in the company's layout.

What is put on paper is named here, field by field; costs, margins and floor prices are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from app.access.actor import Actor
from app.core import clock
from app.core.chinese_amounts import in_capitals
from app.core.errors import NotFound
from app.core.money import CURRENCIES
from app.core.quantities import written
from app.papers import press
from app.papers import queries as papers
from app.papers.models import PaperLayout
from app.papers.states import Column
from app.quotes import cards, queries, versions
from app.quotes.models import Quote
from app.quotes.paper_words import WORDS
from app.quotes.states import QuoteState, Returned

_TEMPLATE = Path(__file__).with_name("paper.typ").read_bytes()
_BESIDE = (Column.SPECIFICATION, Column.NOTE)
"""What stands below the name, not in a column of its own."""
_MARKS: dict[str | None, str] = {
    None: "pending",
    QuoteState.EXPIRED: "expired",
    **dict.fromkeys(Returned, "void"),
}
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a quote's paper says, read and ready to be set; setting it needs no database."""

    name: str
    """Of its file."""
    data: Mapping[str, Any]

    def pdf(self) -> bytes:
        """The paper as a PDF."""
        return press.pdf(_TEMPLATE, self.data)

    def first_page(self) -> bytes:
        """How its first page looks, as a PNG."""
        return press.first_page(_TEMPLATE, self.data)


def of(reader: Actor, quote: Quote, *, revision: int | None = None, layout_id: UUID | None = None) -> Paper:
    """The paper of a quote as it is, or as it was submitted once, as its reader may see it.

    :raises NotFound: if there is no such version, or no such layout
    """
    layout = papers.chosen(reader, layout_id)
    wanted = quote.revision if revision is None else revision
    if wanted == quote.revision and quote.is_draft:
        body = orjson.loads(orjson.dumps(cards.whole_now(reader, quote.id)))
        return laid_out(body, layout, mark="draft")
    kept = queries.version(quote, wanted)
    if kept is None:
        raise NotFound
    return laid_out(versions.shown(reader, kept.body), layout, mark=_MARKS.get(kept.outcome, ""))


def laid_out(body: Body, layout: PaperLayout, *, mark: str = "", locale: str | None = None) -> Paper:
    """What a quote says, in a layout.

    :param mark: a word across the page, by its name
    :param locale: in which language, if not in the layout's
    """
    locale = locale or layout.locale
    words, company = WORDS[locale], papers.company()
    called = layout.company or company.name
    data = {
        "lang": locale[:2],
        "region": "cn" if locale == "zh-CN" else "us",
        "words": words,
        "colour": layout.colour,
        "heading": (layout.heading if locale == layout.locale else None) or words["heading"],
        "company": called,
        "details": _details(layout, words),
        "logo": list(layout.logo) if layout.logo else None,
        "mark": words[mark] if mark else "",
        "reference": _reference(body, words),
        "facts": _facts(body, words, company.timezone),
        "addressed": _addressed(body, words),
        **_lines(body, layout, words),
        **_sums(body, words),
        "capitals": _capitals(body, locale) if layout.capitals else "",
        "terms": body["terms"] or "",
        "footer": layout.footer or "",
        "bank": layout.bank or "",
    }
    return Paper(f"{body['number']}.pdf", data)


def money(amount: int, currency: str) -> str:
    """An amount as papers have it: `1,234.50`."""
    return f"{Decimal(amount).scaleb(-CURRENCIES[currency]):,f}"


def with_currency(amount: int, currency: str) -> str:
    """An amount that says what it is an amount of: `¥1,234.50`, `USD 1,234.50`."""
    return f"¥{money(amount, currency)}" if currency == "CNY" else f"{currency} {money(amount, currency)}"


def _rate(rate: int) -> str:
    return f"{written(Decimal(rate) / 100)}%"


def _capitals(body: Body, locale: str) -> str:
    if locale != "zh-CN" or body["currency"] != "CNY":
        return ""
    return in_capitals(body["gross"]["amount"])


def _reference(body: Body, words: Mapping[str, str]) -> str:
    if body["revision"] == 1:
        return str(body["number"])
    return f"{body['number']} · {words['revision'].format(n=body['revision'])}"


def _details(layout: PaperLayout, words: Mapping[str, str]) -> list[str]:
    told = [layout.address] if layout.address else []
    for name in ("phone", "tax_number"):
        value = getattr(layout, name)
        if value:
            told.append(f"{words[name]} {value}")
    return told


def _facts(body: Body, words: Mapping[str, str], timezone: str) -> list[tuple[str, str]]:
    at = body.get("submitted_at")
    when = datetime.fromisoformat(at) if at else clock.now()
    facts = [
        (words["number"], _reference(body, words)),
        (words["date"], when.astimezone(ZoneInfo(timezone)).date().isoformat()),
    ]
    if body["valid_until"]:
        facts.append((words["valid_until"], body["valid_until"]))
    if body["currency"] != "CNY":
        facts.append((words["currency"], body["currency"]))
    return facts


def _addressed(body: Body, words: Mapping[str, str]) -> list[tuple[str, str]]:
    told = [
        (words["customer"], body["customer"] and body["customer"]["name"]),
        (words["contact"], body["contact"] and body["contact"]["name"]),
        (words["subject"], body["title"]),
        (words["owner"], body["owner"] and body["owner"]["name"]),
    ]
    return [(name, value) for name, value in told if value]


def _lines(body: Body, layout: PaperLayout, words: Mapping[str, str]) -> dict[str, Any]:
    shown = set(layout.columns)
    if not any(line["own_discount"] for line in body["lines"]):
        shown.discard(Column.DISCOUNT)
    amount = "amount_with_tax" if body["with_tax"] else "amount_without_tax"
    columns: list[tuple[str, str, bool]] = [
        (Column.POSITION, words["position"], False),
        (Column.CODE, words["code"], False),
        ("name", words["name"], False),
        ("quantity", words["quantity"], True),
        (Column.UNIT, words["unit"], False),
        (Column.UNIT_PRICE, words["unit_price"], True),
        (Column.DISCOUNT, words["discount"], True),
        (Column.TAX_RATE, words["tax_rate"], True),
        ("amount", words[amount], True),
    ]
    there = [one for one in columns if one[0] in shown or one[0] in {"name", "quantity", "amount"}]
    beside = [name for name in _BESIDE if name in shown]
    cells = [_cells(line, place, body["currency"], beside) for place, line in enumerate(body["lines"], 1)]
    return {
        "columns": [{"name": word, "right": right, "wide": name == "name"} for name, word, right in there],
        "rows": [[row[name] for name, _, _ in there] for row in cells],
    }


def _cells(line: Body, place: int, currency: str, beside: Sequence[str]) -> dict[str, list[str]]:
    """Each cell's text, and smaller texts below it."""
    off = line["discount"]
    discount = f"−{_rate(off['rate'])}" if off["rate"] else ""
    if off["amount"]:
        discount = f"−{money(off['amount'], currency)}"
    return {
        Column.POSITION: [str(place)],
        Column.CODE: [line["code"] or ""],
        "name": [line["name"], *(line[name] for name in beside if line[name])],
        "quantity": [f"{Decimal(line['quantity']):,f}"],
        Column.UNIT: [line["unit"] or ""],
        Column.UNIT_PRICE: [money(line["unit_price"], currency)],
        Column.DISCOUNT: [discount],
        Column.TAX_RATE: [_rate(line["tax_rate"])],
        "amount": [money(line["list_amount"] - line["own_discount"], currency)],
    }


def _sums(body: Body, words: Mapping[str, str]) -> dict[str, Any]:
    figures, currency = body["figures"], body["currency"]
    sums: list[tuple[str, str]] = []
    if figures["discount"]:
        of_lines = figures["list_amount"] - figures["line_discounts"]
        sums.append((words["sum"], money(of_lines, currency)))
        sums.append((words["whole_discount"], f"−{money(figures['discount'], currency)}"))
    sums.append((words["net"], money(body["net"]["amount"], currency)))
    rates = [rate for rate in figures["rates"] if rate["tax"]]
    sums += [(f"{words['tax']} {_rate(rate['tax_rate'])}", money(rate["tax"], currency)) for rate in rates]
    gross = with_currency(body["gross"]["amount"], currency)
    return {"sums": sums, "total": (words["gross"], gross)}
