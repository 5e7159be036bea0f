"""Customers may belong to others, as branches to a group, but never in a ring."""

import pytest

from tests.customers.desk import House, change, customer, deeds, faults, names, share, shown
from tests.support.client import Company


def test_a_branch_shows_its_group_and_the_group_its_branches(company: Company) -> None:
    group = customer(company.admin, "澄江集团")
    branch = customer(company.admin, "澄江苏州", parent_id=group["id"])
    assert branch["parent"] == {"id": group["id"], "name": "澄江集团"}
    assert shown(company.admin, group)["child_count"] == 1
    assert names(company.admin, path=f"/customers/{group['id']}/children") == ["澄江苏州"]
    assert names(company.admin, f"parent_id={group['id']}") == ["澄江苏州"]
    assert names(company.admin, "stage=deal", path=f"/customers/{group['id']}/children") == []


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_no_customer_is_below_itself(company: Company, steps: int) -> None:
    chain = [customer(company.admin, "第 0 级")]
    for i in range(1, 3):
        chain.append(customer(company.admin, f"第 {i} 级", parent_id=chain[-1]["id"]))
    answer = change(company.admin, chain[0], parent_id=chain[steps]["id"])
    assert faults(answer) == [("parent_id", "parent-loop")]
    assert shown(company.admin, chain[0])["parent"] is None


def test_a_group_can_be_left(company: Company) -> None:
    group = customer(company.admin, "澄江集团")
    branch = customer(company.admin, "澄江苏州", parent_id=group["id"])
    after = change(company.admin, branch, parent_id=None)
    assert (after.status_code, after.json["parent"]) == (200, None)
    assert deeds(company.admin, branch)[0] == ("updated", ["parent"])


def test_what_one_may_not_see_is_no_group_and_has_no_name(company: Company, house: House) -> None:
    browser = house.seller.browser
    branch = customer(browser, "分公司")
    hidden = change(browser, branch, parent_id=house.of_boss["id"])
    assert faults(hidden) == [("parent_id", "unknown-reference")]
    assert change(company.admin, branch, parent_id=house.of_boss["id"]).status_code == 200
    assert shown(company.admin, branch)["parent"]["name"] == "上海甲公司"
    assert shown(browser, branch)["parent"] is None
    assert [item["parent"] for item in browser.get("/customers").json["items"]] == [None, None]
    share(company.admin, house.of_boss, house.seller)
    assert shown(browser, branch)["parent"]["name"] == "上海甲公司"


def test_a_group_that_is_not_shown_is_none_in_filters_too(company: Company, house: House) -> None:
    browser, group = house.seller.browser, house.of_boss["id"]
    branch = customer(browser, "分公司")
    assert change(company.admin, branch, parent_id=group).status_code == 200
    alone = house.of_seller["name"]
    for query, found in (
        (f"parent_id={group}", []),
        (f"parent_id.in={group},{branch['id']}", []),
        (f"parent_id.ne={group}", ["分公司", alone]),
        (f"parent_id.nin={group}", ["分公司", alone]),
        ("parent_id.empty=false", []),
        ("parent_id.empty=true", ["分公司", alone]),
    ):
        assert sorted(names(browser, query)) == sorted(found), query
        total = browser.get(f"/customers?{query}&total=true").json["total"]["count"]
        assert total == len(found), query
        assert sorted(names(browser, f"{query}&q=公司")) == sorted(found), query
    assert names(company.admin, "parent_id.empty=false") == ["分公司"]
    assert names(company.admin, f"parent_id={group}") == ["分公司"]
    share(company.admin, house.of_boss, house.seller)
    assert names(browser, "parent_id.empty=false") == ["分公司"]
    assert "分公司" not in names(browser, f"parent_id.ne={group}")


def test_a_group_in_the_bin_is_none_in_filters_too(company: Company) -> None:
    group = customer(company.admin, "澄江集团")
    customer(company.admin, "澄江苏州", parent_id=group["id"])
    assert names(company.admin, "parent_id.empty=false") == ["澄江苏州"]
    assert company.admin.delete(f"/customers/{group['id']}", version=1).status_code == 204
    assert company.admin.get("/customers").json["items"][0]["parent"] is None
    assert names(company.admin, "parent_id.empty=false") == []
    assert names(company.admin, "parent_id.empty=true") == ["澄江苏州"]


def test_a_group_counts_only_the_branches_one_sees(company: Company, house: House) -> None:
    for made in (house.of_boss, customer(company.admin, "别处的")):
        assert change(company.admin, made, parent_id=house.of_seller["id"]).status_code == 200
    assert shown(company.admin, house.of_seller)["child_count"] == 2
    assert shown(house.seller.browser, house.of_seller)["child_count"] == 0
    path = f"/customers/{house.of_seller['id']}/children"
    assert names(house.seller.browser, path=path) == []


def test_the_answers_to_changes_tell_no_more_than_the_page(company: Company, house: House) -> None:
    browser, mine = house.seller.browser, house.of_seller
    assert change(company.admin, mine, parent_id=house.of_boss["id"]).status_code == 200
    below = customer(company.admin, "别处的", parent_id=mine["id"])
    written = change(browser, mine, remark="拜访过").json
    assert (written["parent"], written["child_count"]) == (None, 0)
    stale = browser.patch(f"/customers/{mine['id']}", {"remark": "又拜访过"}, version=1)
    assert (stale.status_code, stale.json["current"]["parent"], stale.json["current"]["parent_id"]) == (
        412,
        None,
        None,
    )
    told = change(company.admin, mine, remark="没有").json
    assert (told["parent"]["name"], told["child_count"]) == ("上海甲公司", 1)
    assert shown(company.admin, below)["parent"]["id"] == mine["id"]
