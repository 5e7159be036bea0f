"""What salespeople of the big company quote: a line, two hundred lines, and the same on paper."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from bench.cases import Caller, Case
from bench.load import request

LINES = 200


def cases_of(seller: Caller) -> Iterator[Case]:
    """Making quotes, and setting one on paper."""
    [customer] = seller.call("GET", "/customers?limit=1")["items"]

    def body(lines: int) -> dict[str, Any]:
        each = {
            "quantity": "12",
            "unit_price": 128_000,
            "tax_rate": 1_300,
            "discount": {"rate": 500},
            "unit": "套",
        }
        named = [{**each, "name": f"电动球阀 DN{number}", "note": "含安装附件"} for number in range(lines)]
        return {"customer_id": customer["id"], "title": "二期设备改造", "lines": named}

    def making(lines: int) -> Iterator[bytes]:
        sent = json.dumps(body(lines)).encode()
        return itertools.repeat(request("POST", "/api/v1/quotes", token=seller.token, body=sent))

    yield Case("quote of 1 line", making(1))
    yield Case(f"quote of {LINES} lines", making(LINES))
    made = seller.call("POST", "/quotes", body(LINES))
    pdf = request("GET", f"/api/v1/quotes/{made['id']}/pdf", token=seller.token)
    yield Case(f"PDF of {LINES} lines", itertools.repeat(pdf), connections=1)
