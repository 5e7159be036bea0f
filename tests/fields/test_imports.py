"""Files fill in the company's own fields, and obey the rights on them."""

from tests.fields.conftest import Workshop
from tests.imports.conftest import Desk
from tests.support.client import Company
from tests.support.people import hire, role_id

OPTIONS = {"options": [{"value": "a", "label": "重点"}, {"value": "b", "label": "一般"}]}


def shape(workshop: Workshop) -> None:
    workshop.define("台数", "number", key="c_n", settings={"unit": "台"})
    workshop.define("到期日", "date", key="c_d", filterable=True)
    workshop.define("级别", "choice", key="c_c", settings=OPTIONS, filterable=True)
    workshop.define("意向", "multi_choice", key="c_m", settings=OPTIONS)
    workshop.define("年检", "yes_no", key="c_y")
    workshop.define("预算", "money", key="c_money")
    workshop.define(
        "双倍", "formula", key="c_x", settings={"expression": "{c_n} * 2 + {employees}", "result": "number"}
    )
    workshop.work()


def bring_in(desk: Desk, text: str, **rules: str) -> list[str]:
    """What is told of rows that were not brought in."""
    job = desk.start(desk.map(desk.upload(text), **rules))
    desk.work()
    rows = desk.browser.get(f"/jobs/{job['id']}/rows").json["items"]
    return [message for row in rows if row["outcome"] == "failed" for message in row["messages"]]


def test_columns_that_are_called_like_own_fields_fill_them_in(company: Company, workshop: Workshop) -> None:
    shape(workshop)
    text = (
        "客户名称,人员规模,台数,到期日,级别,意向,年检,预算（万元）\n"
        "甲公司,10,12台,2026年5月6日,重点,重点；一般,是,3.5\n"
        "乙公司,5,许多,2026-02-30,重点,重点,是,1\n"
    )
    told = bring_in(Desk(company, company.admin), text)
    assert told == ["台数：应为数字", "到期日：应为日期，例如 2026-03-18"]
    [made] = company.admin.get("/customers?c_c=a&c_d=2026-05-06").json["items"]
    assert (made["name"], made["custom"]) == (
        "甲公司",
        {
            "c_n": 12, "c_d": "2026-05-06", "c_c": "a", "c_m": ["a", "b"], "c_y": True,
            "c_money": {"amount": 3_500_000, "currency": "CNY"}, "c_x": 34,
        },
    )  # fmt: skip


def test_updating_computes_formulas_and_the_index_anew(company: Company, workshop: Workshop) -> None:
    shape(workshop)
    workshop.admin.post("/customers", {"name": "甲公司", "employees": 1, "custom": {"c_n": 1, "c_c": "b"}})
    text = "客户名称,人员规模,级别\n甲公司,100,重点\n"
    desk = Desk(company, company.admin)
    assert bring_in(desk, text, on_duplicate="update") == []
    [made] = company.admin.get("/customers?c_c=a").json["items"]
    assert (made["employees"], made["custom"]) == (100, {"c_n": 1, "c_c": "a", "c_x": 102})
    assert company.admin.get("/customers?c_c=b").json["items"] == []
    [line, _] = company.admin.get(f"/customers/{made['id']}/timeline").json["items"]
    assert sorted(change["field"] for change in line["changes"]) == ["c_c", "c_x", "employees"]
    before = made["version"]
    assert bring_in(desk, text, on_duplicate="update") == []
    assert company.admin.get(f"/customers/{made['id']}").json["version"] == before


def test_a_file_cannot_write_what_its_sender_may_only_read(company: Company, workshop: Workshop) -> None:
    shape(workshop)
    boss = hire(company, "manager").browser
    limits = {role_id(company, "manager"): {"remark": "read", "c_n": "hidden"}}
    workshop.admin.put("/record-kinds/customer/rights", {"rights": limits})
    desk = Desk(company, boss)
    wanted = desk.upload("客户名称,备注,台数\n甲公司,机密,5\n")
    offered = {field["name"] for field in wanted["fields"]}
    assert offered & {"remark", "c_n"} == set()
    columns = {"0": "name", "1": "remark", "2": "c_n"}
    answer = boss.put(
        f"/imports/{wanted['id']}/mapping",
        {**wanted["mapping"], "columns": columns},
        headers={"If-Match": f'"{wanted["version"]}"'},
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["columns.1", "columns.2"]
