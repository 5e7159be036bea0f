"""Advances: asked for, changed, seen, thrown away, asked about."""

from typing import Any

from tests.advances.loans import advance, day, deeds, lent, now, submit, try_advance, try_pay_out, try_submit
from tests.support.client import Company
from tests.support.people import Colleague, hire
from tests.support.statements import sent

Json = dict[str, Any]


def _problems(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.json
    return {one["field"]: one["code"] for one in answer.json["errors"]}


def test_is_drafted_and_changed(company: Company, seller: Colleague) -> None:
    made = advance(seller.browser, remark="布展和样品运费")
    assert made["number"].startswith("JK-")
    assert (made["state"], made["overdue"], made["paid_on"]) == ("draft", False, None)
    assert made["amount"] == {"amount": 300_000, "currency": "CNY"}
    assert made["outstanding"] == {"amount": 0, "currency": "CNY"}
    assert made["owner"]["name"] == "林知夏"
    path = f"/advances/{made['id']}"
    changed = seller.browser.patch(path, {"amount": 250_000, "due_on": day(10)}, version=made["version"])
    assert (changed.json["amount"]["amount"], changed.json["due_on"]) == (250_000, day(10))
    same = seller.browser.patch(path, {"amount": 250_000}, version=changed.json["version"])
    assert same.json["version"] == changed.json["version"]
    assert seller.browser.patch(path, {"title": "别的"}, version=made["version"]).status_code == 412
    assert deeds(company, made) == ["updated", "created"]
    listed = seller.browser.get("/advances?q=广州").json["items"][0]
    assert (listed["number"], listed["editable"], listed["payable"]) == (made["number"], True, False)


def test_names_what_cannot_be_taken(seller: Colleague) -> None:
    assert _problems(seller.browser.post("/advances", {"title": "差旅"})).keys() == {"amount", "due_on"}
    assert _problems(try_advance(seller.browser, amount=0)) == {"amount": "out-of-range"}
    assert _problems(try_advance(seller.browser, title="  ")).keys() == {"title"}
    assert seller.browser.get("/advances").json["items"] == []
    late = advance(seller.browser, due_on=day(-2))
    assert _problems(try_submit(seller.browser, late)) == {"due_on": "day-is-over"}
    assert now(seller.browser, late)["state"] == "draft"


def test_belongs_to_whoever_borrows(company: Company, seller: Colleague, finance: Colleague) -> None:
    made = advance(seller.browser)
    other, path = hire(company, "sales").browser, f"/advances/{made['id']}"
    assert other.get(path).status_code == 404
    assert other.get("/advances").json["items"] == []
    seen = finance.browser.get(path).json["can"]
    assert seen == {"update": False, "submit": False, "delete": False, "pay": True}
    for by in (finance.browser, company.admin):
        assert by.patch(path, {"title": "改"}, version=made["version"]).status_code == 403
        assert by.post(f"{path}/submission", {}, version=made["version"]).status_code == 403
        assert by.delete(path, version=made["version"]).status_code == 403
    assert hire(company, "viewer").browser.get("/advances").status_code == 403
    assert now(seller.browser, made) == made


def test_goes_to_the_bin_and_for_ever_before_anybody_agreed(company: Company, seller: Colleague) -> None:
    made = advance(company.admin)
    path = f"/advances/{made['id']}"
    assert company.admin.delete(path, version=made["version"]).status_code == 204
    assert company.admin.get(path).status_code == 404
    item = company.admin.get("/recycle-bin?type=advance").json["items"][0]
    assert item["name"] == f"{made['number']} 广州展会备用金"
    assert seller.browser.get("/recycle-bin?type=advance").json["items"] == []
    assert company.admin.post(f"/recycle-bin/advance/{made['id']}/restoration", {}).status_code == 200
    assert company.admin.delete(path, version=now(company.admin, made)["version"]).status_code == 204
    version = company.admin.get("/recycle-bin?type=advance").json["items"][0]["version"]
    gone = company.admin.delete(f"/recycle-bin/advance/{made['id']}", version=version)
    assert gone.status_code == 204, gone.json
    granted = submit(company.admin, advance(company.admin))
    kept = company.admin.delete(f"/advances/{granted['id']}", version=granted["version"])
    assert (kept.status_code, kept.json["code"]) == (409, "advance-not-draft")
    assert now(company.admin, granted)["state"] == "approved"


def _ask_the_boss(company: Company, who: list[Json] | None = None) -> None:
    who = who or [{"by": "people", "ids": [company.user_id]}]
    boss = {"id": "boss", "type": "approve", "name": "总经理审批", "who": who}
    owing = {
        "id": "owing",
        "name": "还欠着",
        "when": {"field": "owes", "op": "gt", "value": 0},
        "nodes": [boss],
    }
    end = {"id": "end", "type": "end", "name": "通过", "outcome": "granted"}
    other = {"id": "else", "name": "其他", "nodes": [end]}
    nodes = [{"id": "sum", "type": "branch", "name": "欠款", "arms": [owing, other]}]
    flow = company.admin.post("/approval-flows", {"kind": "advance", "name": "借款审批"}).json
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": nodes}}, headers=headers).json
    assert company.admin.post(f"{path}/publication", version=drawn["version"]).status_code == 200


def _say(company: Company, decision: str) -> Json:
    item = dict(company.admin.get("/approvals/to-decide?kind=advance").json["items"][0])
    seat, said = item["seat"], {"decision": decision, "comment": "已看"}
    answer = company.admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])
    assert answer.status_code == 200, answer.json
    return item


def test_whoever_is_asked_sees_what_is_owed_already(
    company: Company, seller: Colleague, finance: Colleague
) -> None:
    _ask_the_boss(company)
    first = lent(seller.browser, finance.browser)
    assert first["state"] == "outstanding"
    second = submit(seller.browser, advance(seller.browser, amount=50_000, due_on=day(9)))
    assert (second["state"], second["in_approval"]) == ("submitted", True)
    facts = _say(company, "send-back")["facts"]
    assert facts["total"] == {"amount": 50_000, "currency": "CNY"}
    assert facts["owed"] == {"amount": 300_000, "currency": "CNY"}
    assert (facts["days"], facts["overdue_count"]) in [(9, 0), (8, 0)]
    assert [now(seller.browser, second)[name] for name in ("state", "returned")] == ["draft", "sent_back"]
    submit(seller.browser, second)
    _say(company, "reject")
    assert now(seller.browser, second)["state"] == "rejected"
    submit(seller.browser, second)
    _say(company, "approve")
    assert now(seller.browser, second)["state"] == "approved"


def test_is_taken_back_until_it_is_paid_out(company: Company, seller: Colleague, finance: Colleague) -> None:
    made = submit(seller.browser, advance(seller.browser))
    taken = seller.browser.delete(f"/advances/{made['id']}/submission")
    assert (taken.json["state"], taken.json["returned"], taken.json["approved_at"]) == (
        "draft",
        "withdrawn",
        None,
    )
    assert try_pay_out(finance.browser, taken.json).json["code"] == "advance-not-approved"
    _ask_the_boss(company)
    lent(seller.browser, finance.browser)
    waiting = submit(seller.browser, made)
    assert seller.browser.delete(f"/advances/{waiting['id']}/submission").json["state"] == "draft"
    assert company.admin.get("/approvals/to-decide").json["items"] == []
    again = seller.browser.delete(f"/advances/{waiting['id']}/submission")
    assert again.json["code"] == "advance-not-submitted"


def test_totals_and_filters_tell_what_is_owed(seller: Colleague, finance: Colleague) -> None:
    one = lent(seller.browser, finance.browser, 100_000)
    lent(finance.browser, finance.browser, 20_000)
    lent(seller.browser, finance.browser, 5_000, currency="USD")
    advance(seller.browser)
    everybody = finance.browser.get("/advance-totals").json["items"]
    assert [(row["count"], row["outstanding"]) for row in everybody] == [
        (2, {"amount": 120_000, "currency": "CNY"}),
        (1, {"amount": 5_000, "currency": "USD"}),
    ]
    mine = seller.browser.get("/advance-totals?mine=true").json["items"]
    assert [row["outstanding"]["amount"] for row in mine] == [100_000, 5_000]
    assert mine[0]["overdue_count"] == 0
    assert seller.browser.get("/advance-totals?mine=maybe").status_code == 422
    found = finance.browser.get(f"/advances?state=outstanding&currency=CNY&due_on.lte={day()}&sort=-due_on")
    assert {row["outstanding"]["amount"] for row in found.json["items"]} == {100_000, 20_000}
    assert finance.browser.get("/advances?overdue=true").json["items"] == []
    assert [row["id"] for row in finance.browser.get("/advances?sort=outstanding").json["items"]][-1] == one[
        "id"
    ]
    walked = finance.browser.get("/advances?sort=due_on&limit=1").json
    assert (
        len(finance.browser.get(f"/advances?sort=due_on&cursor={walked['next_cursor']}").json["items"]) == 3
    )


def test_a_page_takes_as_many_statements_as_one_row(seller: Colleague) -> None:
    advance(seller.browser)
    seller.browser.get("/advances")
    with sent() as first:
        seller.browser.get("/advances")
    for _ in range(4):
        advance(seller.browser)
    with sent() as then:
        assert len(seller.browser.get("/advances").json["items"]) == 5
    assert len(then) == len(first)


def test_the_flow_lets_the_submitter_choose(company: Company, seller: Colleague, finance: Colleague) -> None:
    lent(seller.browser, finance.browser)
    path = f"/advances/{advance(seller.browser)['id']}"
    assert seller.browser.get(f"{path}/submission").json == {"choices": []}
    _ask_the_boss(company, who=[{"by": "choice", "most": 1}])
    [choice] = seller.browser.get(f"{path}/submission").json["choices"]
    assert (choice["node"], choice["most"]) == ("boss", 1)
    version, chosen = seller.browser.get(path).json["version"], {"chosen": {"boss": [finance.id]}}
    answer = seller.browser.post(f"{path}/submission", chosen, version=version)
    assert answer.json["in_approval"] is True
    [asked] = finance.browser.get("/approvals/to-decide?kind=advance").json["items"]
    assert asked["title"] == f"{answer.json['number']} 广州展会备用金"
