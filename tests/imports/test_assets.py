"""Files of assets: recognised by serial number at their customer, tried out, changed, taken back."""

import pytest

from app.imports import running
from tests.assets.site import asset, customer
from tests.imports.conftest import Desk
from tests.imports.filing import Filing, done, effects
from tests.products.test_products import product
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

DIRTY = (
    "设备台账,,,,,,,,,,,\n"
    "序列号,设备名称,客户名称,规格型号,安装地点,安装日期,质保期,保养周期,设备状态,维保合同号,合同到期,备注\n"
    '="00123",轴承压机 A, 澄川科技 ,YJ-200,一号车间,2024年3月18日,2年,每6个月,使用中,WB-01,'
    '2027/3/17,"主线\n用"\n'
    "ｓｎ-9,空压机,澄川科技,,,45369,,90天,报废,,,\n"
    ",饮水机,云岫智能,,,,,,,,,\n"
    "X-1,无主,查无此客户,,,,,,,,,\n"
    "X-2,日期不清,云岫智能,,,03/04/2024,,,,,,\n"
    "X-3,质保无从算起,云岫智能,,,,24,,,,,\n"
    "X-4,状态不明,云岫智能,,,,,,借出,,,\n"
    "SN9,又是空压机,澄川科技,,,,,,,,,\n"
    "SN9,别家的,云岫智能,,,,,,,,,\n"
    "X-5,,云岫智能,,,,,,,,,\n"
    "X-6,无客户,,,,,,,,,,\n"
)
WRONG = {
    "无主": ["客户：没有找到客户 “查无此客户”，请先导入客户"],
    "日期不清": ["安装日期：“03/04/2024” 分不清哪个是月、哪个是日，请写成 2026-03-18"],
    "质保无从算起": ["质保月数：填写质保起始日、安装日期或购买日期，才能按月数算出质保到期日"],
    "状态不明": ["状态：“借出” 没有对应的选项"],
    "": ["设备名称：必填"],
    "无客户": ["客户：必填"],
}


@pytest.fixture
def filing(desk: Desk) -> Filing:
    return Filing(desk, "asset")


@pytest.mark.parametrize("chunk", [500, 1])
def test_reads_what_people_keep_of_equipment(
    filing: Filing, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    admin = filing.desk.browser
    first, second = customer(admin, "澄川科技"), customer(admin, "云岫智能")
    pressing = product(admin, name="轴承压机 A")
    raw = DIRTY.encode("gb18030")
    wanted = filing.upload(raw)
    assert list(wanted["mapping"]["columns"].values()) == [
        "serial", "name", "customer", "model", "location", "installed_on", "warranty_months",
        "maintenance_every", "state", "contract_number", "contract_until", "remark",
    ]  # fmt: skip
    assert (wanted["mapping"]["match_by"], wanted["mapping"]["on_duplicate"]) == ("serial", "skip")
    tried = filing.check(raw)
    assert filing.listed() == []
    job = filing.run(raw)
    for one in (tried, job):
        assert (done(one), effects(one)) == (("succeeded", 4, 1, 6), {"created": 4})
        assert dict(filing.told(one, "failed")) == WRONG
        assert filing.told(one, "skipped") == [
            ("又是空压机", ["与前面的行是同一台设备，按设置跳过"]),
        ]
    press, air, water, other = filing.listed()
    assert (press["serial"], press["customer"]["id"], press["product"]["id"], press["remark"]) == (
        "00123", first["id"], pressing["id"], "主线\n用",
    )  # fmt: skip
    assert (press["installed_on"], press["warranty_until"], press["maintenance_due_on"]) == (
        "2024-03-18", "2026-03-17", "2024-09-18",
    )  # fmt: skip
    assert (press["contract_number"], press["contract_until"], press["state"]) == (
        "WB-01", "2027-03-17", "in_use",
    )  # fmt: skip
    assert (air["installed_on"], air["maintenance_every"], air["maintenance_unit"], air["state"]) == (
        "2024-03-18", 90, "day", "retired",
    )  # fmt: skip
    assert (water["serial"], water["customer"]["id"], water["product"]) == (None, second["id"], None)
    assert (other["serial"], other["customer"]["id"]) == ("SN9", second["id"])
    assert [one["name"] for one in admin.get("/assets?q=00123").json["items"]] == ["轴承压机 A"]
    [timeline] = admin.get(f"/audit-records?subject_id={press['id']}").json["items"]
    assert (timeline["action"], {one["field"] for one in timeline["changes"]} >= {"serial", "product"}) == (
        "imported", True,
    )  # fmt: skip
    assert done(filing.run(raw))[1:] == (1, 4, 6), "only what has no serial number cannot be recognised"


def test_without_serial_numbers_they_are_known_by_their_names(filing: Filing) -> None:
    customer(filing.desk.browser, "澄川科技")
    content = "设备,客户\n饮水机,澄川科技\n打印机,澄川科技\n"
    assert filing.upload(content)["mapping"]["match_by"] == "name"
    assert effects(filing.run(content)) == {"created": 2}
    assert done(filing.run(content)) == ("succeeded", 0, 2, 0)
    assert effects(filing.run(content, on_duplicate="create")) == {"created": 2}


@pytest.mark.parametrize("chunk", [500, 1])
def test_changes_what_is_there_and_takes_it_back(
    filing: Filing, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(running, "CHUNK", chunk)
    admin = filing.desk.browser
    at = customer(admin, "澄川科技")
    pump = product(admin, name="水泵", code="SB-7")
    there = asset(
        admin, at, name="循环泵", serial="A-1", installed_on="2024-01-10", warranty_months=12,
        contract_number="C-1", contract_until="2027-01-01",
    )  # fmt: skip
    same = asset(admin, at, name="风机", serial="A-2", installed_on="2024-01-10")
    content = (
        "SN,名称,客户,产品编号,安装日期,质保期,维保到期\n"
        "a1,循环泵,澄川科技,sb7,2024/2/10,2年,\n"
        "A-2,风机,澄川科技,,2024.1.10,,\n"
        "A-3,新的,澄川科技,,,,\n"
        "A-4,无此产品,澄川科技,SB-8,,,\n"
    )
    rules = {"on_duplicate": "update"}
    changes = {
        "序列号：A-1 → a1", "产品：— → 水泵", "安装日期：2024-01-10 → 2024-02-10",
        "质保月数：12 → 24", "质保到期：2025-01-09 → 2026-02-09",
    }  # fmt: skip
    tried = filing.check(content, **rules)
    assert effects(tried) == {"created": 1, "updated": 1, "unchanged": 1}
    assert {one["name"] for one in filing.listed()} == {"循环泵", "风机"}
    job = filing.run(content, **rules)
    for one in (tried, job):
        assert set(filing.told(one, "succeeded")[0][1]) == changes
        assert filing.told(one, "failed") == [
            ("无此产品", ["产品：没有找到产品 “SB-8”，请先导入产品，或把这一列改为导入到名称"]),
        ]
    now = {one["name"]: one for one in filing.listed()}
    assert (now["循环泵"]["product"]["id"], now["循环泵"]["warranty_until"], now["循环泵"]["version"]) == (
        pump["id"], "2026-02-09", 2,
    )  # fmt: skip
    assert (now["循环泵"]["contract_until"], now["风机"]["version"]) == ("2027-01-01", same["version"])
    assert done(filing.undo(job)) == ("succeeded", 2, 0, 0)
    [back] = [one for one in filing.listed() if one["id"] == there["id"]]
    kept = there.keys() - {"version", "updated_at", "same_serial", "can"}
    assert {name: back[name] for name in kept & back.keys()} == {n: there[n] for n in kept & back.keys()}
    assert "新的" not in {one["name"] for one in filing.listed()}
    assert [one["name"] for one in admin.get("/recycle-bin?type=asset").json["items"]] == ["新的 A-3"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_bringing_ones_own_export_in_changes_nothing(filing: Filing, suffix: str) -> None:
    admin = filing.desk.browser
    at = customer(admin, "澄川科技")
    person = admin.post("/contacts", {"name": "周宁", "customer_id": at["id"]}).json
    asset(
        admin, at, name="压机", serial="S-1", contact_id=person["id"], product_id=product(admin)["id"],
        installed_on="2024-03-18", warranty_months=24, maintenance_every=6, maintenance_unit="month",
        contract_from="2024-01-01", contract_until="2024-12-31", remark="两\n行", state="retired",
    )  # fmt: skip
    asset(admin, at, name="空的")
    before = filing.listed()
    asked = admin.post("/exports", {"type": "asset", "format": suffix}).json
    filing.desk.work()
    file = admin.get(f"/jobs/{asked['id']}/file").data
    wanted = filing.upload(file, f"设备.{suffix}")
    assert (wanted["mapping"]["match_by"], wanted["mapping"]["on_duplicate"]) == ("id", "update")
    job = filing.run(file, f"设备.{suffix}")
    assert effects(job) == {"unchanged": 2}, filing.desk.rows(job)
    assert filing.listed() == before


def test_an_asset_stays_where_it_stands(filing: Filing) -> None:
    admin = filing.desk.browser
    made = asset(admin, customer(admin, "澄川科技"), name="压机")
    customer(admin, "云岫智能")
    content = f"系统编号,设备,客户\n{made['id']},压机,云岫智能\n"
    job = filing.run(content)
    assert filing.told(job, "failed") == [("压机", ["客户：所属的客户不能通过导入更改"])]
    assert filing.listed()[0]["version"] == made["version"]


def test_brings_nothing_in_for_customers_that_one_does_not_see(filing: Filing, company: Company) -> None:
    customer(company.admin, "澄川科技")
    grants = dict.fromkeys(("customer:import", "job:read", "asset:create"), "all")
    role = {"name": "登记员", "permissions": {**grants, "customer:read": "own", "asset:read": "own"}}
    assert company.admin.post("/roles", role).status_code == 201
    theirs = Filing(Desk(company, hire(company, "登记员").browser), "asset")
    job = theirs.run("设备,客户\n压机,澄川科技\n")
    assert theirs.told(job, "failed") == [("压机", ["客户：没有找到客户 “澄川科技”，请先导入客户"])]
    assert filing.listed() == []


def test_takes_the_right_to_note_assets(filing: Filing, company: Company) -> None:
    grants = dict.fromkeys(("customer:import", "job:read", "customer:read", "asset:read"), "all")
    assert company.admin.post("/roles", {"name": "看的", "permissions": grants}).status_code == 201
    answer = Desk(company, hire(company, "看的").browser).send("设备,客户\n", type="asset")
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("heading", "code"), [("设备,颜色", "host-not-mapped"), ("客户,颜色", "asset-name-not-mapped")]
)
def test_needs_a_name_and_a_customer(filing: Filing, heading: str, code: str) -> None:
    wanted = filing.upload(f"{heading}\n澄川科技,红\n")
    refused = filing.desk.browser.post(f"/imports/{wanted['id']}/run")
    assert (refused.status_code, [one["code"] for one in refused.json["errors"]]) == (422, [code])


def test_the_statements_of_a_chunk_do_not_depend_on_how_many(filing: Filing) -> None:
    admin = filing.desk.browser
    customer(admin, "澄川科技")
    product(admin, name="水泵", code="SB-7")
    counts = []
    for rules in ({}, {"on_duplicate": "update"}):
        for count in (1, 2, 40):
            at = "二车间" if rules else "一车间"
            lines = "".join(f"{count}-{i},泵 {i},澄川科技,SB-7,{at}\n" for i in range(count))
            wanted = filing.desk.map(filing.upload(f"SN,名称,客户,产品编号,安装位置\n{lines}"), **rules)
            filing.desk.start(wanted)
            with sent() as statements:
                filing.desk.work()
            counts.append(len(statements))
    assert counts[1] == counts[2], counts
    assert counts[4] == counts[5], counts
    assert {one["location"] for one in filing.listed()} == {"二车间"}
