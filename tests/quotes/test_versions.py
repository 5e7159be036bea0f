"""What was submitted stays readable, and two versions can be told apart."""

from tests.quotes.office import change, customer, go, line, quote, valve, withdraw
from tests.support.client import Company
from tests.support.people import hire


def test_two_versions_differ_in_fields_totals_and_lines(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    made = quote(company.admin, to, line(sold, "2"), line(None, name="运费", unit_price=1_000))
    go(company.admin, made, "submission")
    renewed = go(company.admin, made, "renewal")
    first = renewed["lines"][0]
    changed = change(
        company.admin,
        renewed,
        title="备件（改）",
        lines=[
            {"id": first["id"], "product_id": sold["id"], "quantity": "2", "unit_price": 9_000},
            line(None, name="安装", unit_price=5_000),
        ],
    )
    found = company.admin.get(f"/quotes/{made['id']}/differences?before=1&after=2").json
    assert found["header"] == [{"field": "title", "before": "备件", "after": "备件（改）"}]
    totals = {one["field"]: (one["before"], one["after"]) for one in found["totals"]}
    assert totals["gross"] == (made["gross"], changed["gross"])
    assert totals["off_list"] == (0, 800)
    assert [one["name"] for one in found["added"]] == ["安装"]
    assert [one["name"] for one in found["removed"]] == ["运费"]
    [line_change] = found["changed"]
    assert (line_change["id"], line_change["name"]) == (first["id"], "球阀")
    assert [one for one in line_change["changes"] if one["field"] == "unit_price"] == [
        {"field": "unit_price", "before": 10_000, "after": 9_000}
    ]
    old = company.admin.get(f"/quotes/{made['id']}/versions/1").json
    assert (old["title"], old["gross"], len(old["lines"])) == ("备件", made["gross"], 2)
    assert company.admin.get(f"/quotes/{made['id']}/versions/3").status_code == 404


def test_old_versions_hide_what_their_reader_may_not_know(company: Company) -> None:
    seller = hire(company, "sales").browser
    to = customer(seller)
    made = quote(seller, to, line(valve(company.admin), unit_price=7_000))
    go(seller, made, "submission")
    go(seller, made, "renewal")
    old = seller.get(f"/quotes/{made['id']}/versions/1").json
    assert (old["cost"], old["margin"], old["margin_rate"], old["below_floor"]) == (None, None, None, True)
    [shown] = old["lines"]
    assert (shown["unit_cost"], shown["cost"], shown["margin"], shown["floor_price"]) == (None,) * 4
    differences = seller.get(f"/quotes/{made['id']}/differences?before=1&after=2").json
    assert differences == {"header": [], "totals": [], "added": [], "removed": [], "changed": []}
    whole = company.admin.get(f"/quotes/{made['id']}/versions/1").json
    assert (whole["cost"]["amount"], whole["lines"][0]["floor_price"]) == (6_000, 8_000)


def test_a_merge_takes_quotes_along(company: Company) -> None:
    one, other = customer(company.admin, "甲公司"), customer(company.admin, "乙公司")
    made = quote(company.admin, other, line(valve(company.admin)))
    records = [{"id": c["id"], "version": c["version"]} for c in (one, other)]
    body = {"type": "customer", "records": records, "master_id": one["id"], "choices": {}}
    answer = company.admin.post("/merges", body)
    assert answer.status_code in {200, 201}, answer.json
    shown = company.admin.get(f"/quotes/{made['id']}").json
    assert shown["customer"] == {"id": one["id"], "name": "甲公司"}
    assert [q["id"] for q in company.admin.get(f"/customers/{one['id']}/quotes").json["items"]] == [
        made["id"]
    ]


def test_a_removed_product_leaves_its_lines(company: Company) -> None:
    sold = valve(company.admin)
    made = quote(company.admin, customer(company.admin), line(sold, "2"))
    version = company.admin.get(f"/products/{sold['id']}").json["version"]
    assert company.admin.delete(f"/products/{sold['id']}", version=version).status_code == 204
    [kept] = made["lines"]
    again = {name: kept[name] for name in ("id", "product_id", "quantity", "unit_price")}
    same = change(company.admin, made, title="改名", lines=[again])
    assert (same["lines"], same["margin"]) == (made["lines"], made["margin"])
    version = company.admin.get("/recycle-bin?type=product").json["items"][0]["version"]
    assert company.admin.delete(f"/recycle-bin/product/{sold['id']}", version=version).status_code == 204
    [left] = company.admin.get(f"/quotes/{made['id']}").json["lines"]
    assert (left["product_id"], left["name"], left["unit_cost"]) == (None, "球阀", 6_000)
    assert withdraw(company.admin, made).status_code == 409
