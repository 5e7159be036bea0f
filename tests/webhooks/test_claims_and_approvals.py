"""What other systems are told of expense claims, and of approvals of any kind."""

from typing import Any

from app.webhooks.kinds import KINDS
from tests.expenses.claims import claim, line, now, submit, try_pay
from tests.fakes.receiver import FakeReceiver
from tests.support.client import Company
from tests.support.people import Colleague, hire
from tests.webhooks.conftest import Work

Json = dict[str, Any]
WANTED = [kind for kind in KINDS if kind.startswith(("expense-claim.", "approval."))]


def _listen(company: Company, receiver: FakeReceiver) -> None:
    asked = {"name": "财务系统", "url": receiver.url, "events": WANTED}
    answer = company.admin.post("/webhooks", asked)
    assert answer.status_code == 201, answer.json


def _heard(receiver: FakeReceiver) -> list[str]:
    """What came since it was last asked; those of one move in no particular order."""
    told = sorted(receiver.events)
    receiver.heard.clear()
    return told


def _say(company: Company, decision: str, comment: str | None = None) -> None:
    seat = company.admin.get("/approvals/to-decide?kind=expense-claim").json["items"][0]["seat"]
    said = {"decision": decision, "comment": comment}
    answer = company.admin.post(f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])
    assert answer.status_code == 200, answer.json


def _asked(company: Company) -> Colleague:
    boss = {"by": "people", "ids": [company.user_id]}
    nodes = [{"id": "boss", "type": "approve", "name": "总经理审批", "who": [boss]}]
    flow = company.admin.post("/approval-flows", {"kind": "expense-claim", "name": "报销审批"}).json
    path, headers = f"/approval-flows/{flow['id']}", {"If-Match": f'"{flow["version"]}"'}
    drawn = company.admin.put(f"{path}/draft", {"definition": {"nodes": nodes}}, headers=headers).json
    published = company.admin.post(f"{path}/publication", version=drawn["version"])
    assert published.status_code == 200, published.json
    return hire(company, "sales", name="林知夏")


def test_a_claim_that_nobody_is_asked_about_is_told_of_up_to_its_payment(
    company: Company, receiver: FakeReceiver, work: Work
) -> None:
    _listen(company, receiver)
    seller = hire(company, "sales", name="林知夏")
    made = claim(seller.browser, title="保密的出差")
    made = submit(seller.browser, made)
    work()
    told = [(one.said["event"], one.said["record"], one.said["by"]) for one in receiver.heard]
    record = {"type": "expense-claim", "id": made["id"]}
    assert told == [
        (f"expense-claim.{word}", record, seller.id) for word in ("created", "submitted", "approved")
    ]
    assert all("保密" not in one.body.decode() for one in receiver.heard)
    receiver.heard.clear()
    assert try_pay(company.admin, now(company.admin, made)).status_code == 201
    path = f"/expense-claims/{made['id']}/payment-reversal"
    reversed_ = company.admin.post(path, {"reason": "账号写错"}, version=now(company.admin, made)["version"])
    assert reversed_.status_code == 200, reversed_.json
    work()
    [paid, unpaid] = [one.said for one in receiver.heard]
    assert (paid["event"], paid["record"], paid["changed"]) == ("expense-claim.paid", record, ["paid_on"])
    assert (unpaid["event"], unpaid["by"]) == ("expense-claim.payment-reversed", company.user_id)


def test_several_claims_paid_at_once_are_told_of_one_by_one(
    company: Company, receiver: FakeReceiver, work: Work
) -> None:
    made = [submit(company.admin, claim(company.admin)) for _ in range(3)]
    _listen(company, receiver)
    assert try_pay(company.admin, *made).status_code == 201
    work()
    assert {one.said["record"]["id"] for one in receiver.heard} == {one["id"] for one in made}
    assert _heard(receiver) == ["expense-claim.paid"] * 3


def test_every_turn_of_an_approval_is_told(company: Company, receiver: FakeReceiver, work: Work) -> None:
    seller = _asked(company)
    _listen(company, receiver)
    made = claim(seller.browser)
    submit(seller.browser, made)
    work()
    [begun] = [one.said for one in receiver.heard if one.said["event"] == "approval.begun"]
    assert (begun["record"]["type"], begun["about"], begun["by"]) == ("approval", made["id"], seller.id)
    approval = begun["record"]["id"]
    assert _heard(receiver) == ["approval.begun", "expense-claim.created", "expense-claim.submitted"]

    _say(company, "send-back", "补一下说明")
    work()
    [returned] = [one.said for one in receiver.heard if one.said["event"] == "approval.returned"]
    assert (returned["record"]["id"], returned["about"], returned["by"], returned["changed"]) == (
        approval, made["id"], company.user_id, [],
    )  # fmt: skip
    assert _heard(receiver) == ["approval.decided", "approval.returned", "expense-claim.sent-back"]

    submit(seller.browser, made)
    _say(company, "reject", "不该花")
    work()
    assert _heard(receiver) == [
        "approval.begun", "approval.decided", "approval.rejected",
        "expense-claim.rejected", "expense-claim.submitted",
    ]  # fmt: skip

    again = claim(seller.browser, line(seller.browser, of="差旅补贴"))
    submit(seller.browser, again)
    _say(company, "approve")
    work()
    assert _heard(receiver) == [
        "approval.begun", "approval.decided", "approval.granted",
        "expense-claim.approved", "expense-claim.created", "expense-claim.submitted",
    ]  # fmt: skip


def test_what_is_withdrawn_is_told_of_as_that(company: Company, receiver: FakeReceiver, work: Work) -> None:
    seller = _asked(company)
    made = claim(seller.browser)
    submit(seller.browser, made)
    _listen(company, receiver)
    path = f"/expense-claims/{made['id']}/submission"
    taken = seller.browser.delete(path, version=now(seller.browser, made)["version"])
    assert taken.status_code == 200, taken.json
    work()
    assert _heard(receiver) == ["approval.withdrawn", "expense-claim.withdrawn"]
