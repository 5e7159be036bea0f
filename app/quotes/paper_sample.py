"""A quote that nobody was ever sent, to look at a layout by."""

from collections.abc import Mapping
from typing import Any

_CNY = "CNY"
_TEXTS: dict[str, dict[str, Any]] = {
    "zh-CN": {
        "title": "二期设备改造",
        "customer": "示例客户有限公司",
        "contact": "周清",
        "owner": "林知夏",
        "terms": "1. 交货期：合同生效后 4 周。\n2. 付款：预付 30%，验收后付清。",
        "lines": (
            ("PV-200", "电动球阀", "DN50，法兰连接", "套", "含安装附件"),
            ("PT-11", "压力变送器", "0–1.6 MPa，4–20 mA", "台", None),
            (None, "现场调试", None, "人天", None),
        ),
    },
    "en": {
        "title": "Plant upgrade, phase two",
        "customer": "Sample Customer Ltd",
        "contact": "Q. Zhou",
        "owner": "Lin Zhixia",
        "terms": "1. Delivery: 4 weeks after the contract is signed.\n2. Payment: 30% in advance.",
        "lines": (
            ("PV-200", "Electric ball valve", "DN50, flanged", "set", "with fittings"),
            ("PT-11", "Pressure transmitter", "0–1.6 MPa, 4–20 mA", "pc", None),
            (None, "Commissioning on site", None, "day", None),
        ),
    },
}
_AMOUNTS = ((12, 128_000, 500), (20, 46_000, 0), (4, 150_000, 0))


def body(locale: str) -> Mapping[str, Any]:
    """What a quote says, in the shape in which versions are kept."""
    texts = _TEXTS[locale]
    lines = [_line(*pair) for pair in zip(texts["lines"], _AMOUNTS, strict=True)]
    net, tax, gross = (sum(line[name] for line in lines) for name in ("net", "tax", "gross"))
    listed, off = (sum(line[name] for line in lines) for name in ("list_amount", "own_discount"))
    return {
        "number": "Q2026-0001",
        "revision": 1,
        "title": texts["title"],
        "currency": _CNY,
        "with_tax": True,
        "customer": {"name": texts["customer"]},
        "contact": {"name": texts["contact"]},
        "owner": {"name": texts["owner"]},
        "valid_until": "2026-12-31",
        "submitted_at": None,
        "terms": texts["terms"],
        "lines": lines,
        "figures": {
            "list_amount": listed,
            "line_discounts": off,
            "discount": 0,
            "rates": [{"tax_rate": 1_300, "net": net, "tax": tax, "gross": gross}],
        },
        "net": {"amount": net},
        "gross": {"amount": gross},
    }


def _line(texts: tuple[Any, ...], amounts: tuple[int, int, int]) -> dict[str, Any]:
    code, name, specification, unit, note = texts
    quantity, unit_price, rate = amounts
    listed = quantity * unit_price
    off = listed * rate // 10_000
    gross = listed - off
    net = gross * 10_000 // 11_300
    return {
        "code": code,
        "name": name,
        "specification": specification,
        "unit": unit,
        "note": note,
        "quantity": str(quantity),
        "unit_price": unit_price,
        "discount": {"rate": rate, "amount": 0},
        "tax_rate": 1_300,
        "list_amount": listed,
        "own_discount": off,
        "net": net,
        "tax": gross - net,
        "gross": gross,
    }
