"""Many follow-ups deleted at a time, and brought back."""

from tests.activities.people import activity, contents, moment
from tests.bulk_actions.conftest import Bench
from tests.customers.desk import customer
from tests.support.client import Company
from tests.support.people import hire


def last_activity(bench: Bench, customer_id: str) -> str | None:
    found = bench.browser.get(f"/customers/{customer_id}").json["last_activity_at"]
    return None if found is None else str(found)


def test_go_to_the_bin_and_come_back_and_the_customer_knows(bench: Bench) -> None:
    host = customer(bench.browser, "甲")
    first = activity(bench.browser, host["id"], content="第一次\n细节", happened_at=moment(hours=5))
    second = activity(bench.browser, host["id"], content="第二次", happened_at=moment(hours=2))
    job = bench.do("delete", type="activity", record_ids=[first["id"], second["id"]])
    assert (job["title"], bench.figures(job)) == ("批量删除跟进", ("succeeded", 2, 0, 0))
    assert bench.rows(job) == [("第一次", "succeeded", []), ("第二次", "succeeded", [])]
    assert (contents(bench.browser), last_activity(bench, host["id"])) == ([], None)
    trail = bench.browser.get(f"/audit-records?subject_id={first['id']}").json["items"]
    assert trail[0]["action"] == "deleted"
    assert bench.browser.post(f"/recycle-bin/activity/{second['id']}/restoration").status_code == 200
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 1, 1, 0)
    assert contents(bench.browser) == ["第二次", "第一次\n细节"]
    assert last_activity(bench, host["id"]) == second["happened_at"]


def test_do_not_come_back_to_a_customer_in_the_bin(bench: Bench) -> None:
    host = customer(bench.browser, "甲")
    made = activity(bench.browser, host["id"])
    job = bench.do("delete", type="activity", record_ids=[made["id"]])
    shown = bench.browser.get(f"/customers/{host['id']}").json
    gone = bench.browser.delete(f"/customers/{host['id']}", headers={"If-Match": f'"{shown["version"]}"'})
    assert gone.status_code == 204
    back = bench.undo(job)
    assert bench.figures(back) == ("succeeded", 0, 1, 0)
    assert contents(bench.browser) == []


def test_refuses_those_of_others_and_says_why(company: Company) -> None:
    seller = hire(company, "sales")
    theirs = Bench(company, seller.browser)
    host = customer(seller.browser, "甲")
    own = activity(seller.browser, host["id"], content="自己的")
    others = activity(company.admin, host["id"], content="同事的")
    job = theirs.do("delete", type="activity", record_ids=[own["id"], others["id"]])
    assert theirs.rows(job) == [("自己的", "succeeded", []), ("同事的", "failed", ["你不能删除这条跟进"])]
    assert contents(company.admin) == ["同事的"]
    assert (
        seller.browser.post(
            "/bulk-actions", {"type": "activity", "action": "edit", "record_ids": [others["id"]]}
        ).status_code
        == 422
    )
