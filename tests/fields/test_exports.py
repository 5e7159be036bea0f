"""Custom fields in exported files, and fields that one may not take out."""

from tests.exports.conftest import Counter
from tests.fields.conftest import Workshop, refused
from tests.support.client import Company
from tests.support.people import hire, role_id


def test_own_fields_are_columns_with_what_people_read(company: Company, workshop: Workshop) -> None:
    workshop.choice("等级", "甲", "乙", kind="multi_choice", key="c_m", filterable=True)
    workshop.define("预算", "money", key="c_money")
    workshop.define("到期日", "date", key="c_day")
    workshop.define("重点", "yes_no", key="c_yes")
    workshop.define("对接人", "user", key="c_user")
    workshop.customer(
        "甲公司",
        c_m=["o0", "o1"],
        c_money={"amount": 1250},
        c_day="2026-05-06",
        c_yes=True,
        c_user=company.user_id,
    )
    workshop.customer("乙公司")
    names = ["name", "c_m", "c_money", "c_day", "c_yes", "c_user"]
    wanted = {"field_names": names, "filter": {"field": "c_m", "value": "o1"}}
    assert Counter(company, company.admin).rows(**wanted) == [
        ["客户名称", "等级", "预算", "到期日", "重点", "对接人"],
        ["甲公司", "甲；乙", "12.50", "2026-05-06", "是", "秦明远"],
    ]


def test_hidden_fields_stay_in_the_house(company: Company, workshop: Workshop) -> None:
    workshop.define("预算", "number", key="c_n", filterable=True)
    boss = hire(company, "manager").browser
    made = boss.post(
        "/customers", {"name": "甲", "phones": [{"number": "13800138000"}], "custom": {"c_n": 7}}
    )
    assert made.status_code == 201, made.json
    place = role_id(company, "manager")
    limits = {place: {"phones": "hidden", "c_n": "hidden"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": limits}).status_code == 200
    counter = Counter(company, boss)
    heading, row = counter.rows()
    assert {"手机", "电话", "预算"} & set(heading) == set()
    assert "13800138000" not in row
    asked = {"type": "customer", "format": "csv"}
    answer = boss.post("/exports", {**asked, "field_names": ["name", "mobile", "c_n"]})
    assert refused(answer) == [
        ("field_names.1", "unknown-export-field"),
        ("field_names.2", "unknown-export-field"),
    ]
    answer = boss.post("/exports", {**asked, "filter": {"field": "c_n", "value": 7}})
    assert answer.status_code == 422
    found = counter.rows(field_names=["name"], q="00138000")
    assert found == [["客户名称"]]
