"""What is deleted is nowhere but in the recycle bin, and comes back whole."""

from tests.customers.desk import House, change, customer, deeds, faults, names, role, shown, transfer
from tests.support.client import Browser, Company
from tests.support.people import hire


def delete(browser: Browser, made: dict[str, object]) -> int:
    version = browser.get(f"/customers/{made['id']}").json.get("version", 1)
    return browser.delete(f"/customers/{made['id']}", version=version).status_code


def restore(browser: Browser, made: dict[str, object]) -> int:
    return browser.post(f"/recycle-bin/customer/{made['id']}/restoration").status_code


def purge(browser: Browser, made: dict[str, object], version: int = 2) -> int:
    return browser.delete(f"/recycle-bin/customer/{made['id']}", version=version).status_code


def test_the_deleted_is_invisible_everywhere(company: Company) -> None:
    group = customer(
        company.admin, "澄江集团", phones=[{"number": "13800001111"}], tags=["红"], region="江苏"
    )
    branch = customer(company.admin, "苏州分公司", parent_id=group["id"])
    assert delete(company.admin, group) == 204
    path = f"/customers/{group['id']}"
    for below in ("", "/timeline", "/children"):
        assert company.admin.get(f"{path}{below}").status_code == 404
    assert company.admin.patch(path, {"stage": "deal"}, version=2).status_code == 404
    assert company.admin.delete(path, version=2).status_code == 404
    assert transfer(company.admin, group, company.user_id).status_code == 404
    for asked in ("", "q=澄江", "q=cjjt", "q=1111", "region=江苏", "tag=红", f"parent_id={group['id']}"):
        assert names(company.admin, asked) == ([] if asked else ["苏州分公司"])
    assert company.admin.get("/customers?total=true").json["total"]["count"] == 1
    assert company.admin.get("/search?q=澄江").json["customers"] == []
    facets = company.admin.get("/customer-facets").json
    assert (facets["regions"], facets["tags"]) == ([], [])
    assert shown(company.admin, branch)["parent"] is None
    child = company.admin.post("/customers", {"name": "新的", "parent_id": group["id"]})
    assert faults(child) == [("parent_id", "unknown-reference")]


def test_what_comes_back_is_what_went(company: Company) -> None:
    made = customer(company.admin, "澄江集团", phones=[{"number": "13800001111"}], tags=["红"])
    assert delete(company.admin, made) == 204
    assert restore(company.admin, made) == 200
    after = shown(company.admin, made)
    assert {name for name in made if made[name] != after[name]} == {"version", "updated_at"}
    for asked in ("q=澄江", "q=1111", "tag=红"):
        assert names(company.admin, asked) == ["澄江集团"]
    assert [deed for deed, _ in deeds(company.admin, made)] == ["restored", "deleted", "created"]


def test_what_is_purged_is_gone(company: Company) -> None:
    group = customer(company.admin, "澄江集团")
    branch = customer(company.admin, "苏州分公司", parent_id=group["id"])
    assert purge(company.admin, group) == 404
    assert delete(company.admin, group) == 204
    assert purge(company.admin, group, version=1) == 412
    assert purge(company.admin, group) == 204
    assert restore(company.admin, group) == 404
    assert names(company.admin) == ["苏州分公司"]
    assert (shown(company.admin, branch)["parent"], shown(company.admin, branch)["version"]) == (None, 2)
    assert deeds(company.admin, branch)[0] == ("updated", ["parent"])


def test_each_of_these_needs_its_permission(company: Company, house: House) -> None:
    keeper = hire(company, role(company, "留", read="all", update="all")).browser
    assert delete(keeper, house.of_boss) == 403
    deleter = hire(company, role(company, "删", read="all", delete="own")).browser
    assert delete(deleter, house.of_boss) == 403
    assert names(company.admin, "q=甲公司") == ["上海甲公司"]
    assert delete(company.admin, house.of_boss) == 204
    assert restore(keeper, house.of_boss) == 403
    assert purge(keeper, house.of_boss) == 403
    assert restore(house.seller.browser, house.of_boss) == 404
    assert purge(house.seller.browser, house.of_boss) == 404
    assert restore(company.admin, house.of_boss) == 200
    assert change(company.admin, house.of_boss, stage="deal").status_code == 200


def test_others_do_not_find_it_in_the_bin(company: Company, other_company: Company) -> None:
    made = customer(company.admin)
    assert delete(company.admin, made) == 204
    assert (restore(other_company.admin, made), purge(other_company.admin, made)) == (404, 404)
    assert restore(company.admin, made) == 200
