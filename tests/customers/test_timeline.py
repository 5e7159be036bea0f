"""The timeline tells what happened to a customer, to whoever may see it."""

from tests.customers.desk import House, change, customer, deeds, faults, role, share, transfer
from tests.support.client import Company
from tests.support.people import hire


def test_tells_who_did_what_when_and_how_it_was(company: Company, house: House) -> None:
    made = house.of_seller
    assert change(house.seller.browser, made, stage="deal", employees=5).status_code == 200
    share(company.admin, made, house.boss)
    assert transfer(company.admin, made, company.user_id).status_code == 200
    told = company.admin.get(f"/customers/{made['id']}/timeline").json["items"]
    assert [(item["kind"], item["actor"]["name"]) for item in told] == [
        ("transferred", "秦明远"),
        ("collaborators", "秦明远"),
        ("updated", "下属"),
        ("created", "下属"),
    ]
    assert told[2]["changes"] == [
        {"field": "stage", "before": "potential", "after": "deal"},
        {"field": "employees", "before": None, "after": 5},
    ]
    assert told[1]["changes"] == [
        {"field": "collaborators", "before": [], "after": [{"id": house.boss.id, "name": "上官"}]}
    ]
    assert {item["subject_id"] for item in told} == {made["id"]}
    assert {item["subject_label"] for item in told} == {"苏州乙公司"}
    assert told[0]["at"] > told[-1]["at"] >= made["created_at"][:19]


def test_is_turned_page_by_page(company: Company) -> None:
    made = customer(company.admin)
    for employees in range(1, 6):
        assert change(company.admin, made, employees=employees).status_code == 200
    found, cursor = [], ""
    while cursor is not None:
        page = company.admin.get(f"/customers/{made['id']}/timeline?limit=2{cursor}").json
        found += [item["changes"][0]["after"] for item in page["items"] if item["kind"] == "updated"]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert found == [5, 4, 3, 2, 1]
    for asked in ("cursor=x", "limit=0", "colour=red"):
        answer = company.admin.get(f"/customers/{made['id']}/timeline?{asked}")
        assert faults(answer)[0][0] == asked.partition("=")[0]


def test_contacts_are_told_of_to_those_who_may_see_contacts(company: Company) -> None:
    made = customer(company.admin)
    answer = company.admin.post("/contacts", {"name": "单田芳", "customer_id": made["id"]})
    assert answer.status_code == 201
    assert [deed for deed, _ in deeds(company.admin, made)] == ["created", "created"]
    reader = hire(company, role(company, "只看客户", read="all")).browser
    told = reader.get(f"/customers/{made['id']}/timeline").json["items"]
    assert [item["subject_type"] for item in told] == ["customer"]
