"""Templates: written, refused, changed, used, copied and taken away."""

from typing import Any

import pytest

from tests.message_templates.desk import active, preview, put, template, try_template
from tests.products.test_products import faults
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent
from tests.support.store import Store

Json = dict[str, Any]
FOUNDED = 12


@pytest.fixture
def seller(company: Company) -> Browser:
    """A salesperson, who writes to nobody on their own."""
    return hire(company, "sales").browser


def count(browser: Browser) -> int:
    """How many templates there are."""
    return len(browser.get("/message-templates?limit=100").json["items"])


def test_a_template_is_a_draft_until_it_is_made_active(company: Company) -> None:
    made = template(company.admin, body="{{contact.salutation}}，{{asset.name|设备}}该保养了")
    told = {name: made[name] for name in ("state", "used", "variables", "subject", "locale", "editable")}
    assert told == {
        "state": "draft", "used": False, "variables": ["contact.salutation", "asset.name"], "subject": None,
        "locale": "zh-CN", "editable": True,
    }  # fmt: skip
    used = put(company.admin, made, state="active").json
    assert (used["state"], used["used"], used["version"]) == ("active", True, 2)
    path = f"/audit-records?subject_type=message-template&subject_id={made['id']}"
    assert [one["action"] for one in company.admin.get(path).json["items"]] == ["updated", "created"]


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"body": "{{contact.nam}}"}, ("body", "template-unknown-variable")),
        ({"body": "{{contact.name"}, ("body", "template-broken-variable")),
        ({"body": "{{contact.name|甲}}{{contact.name|乙}}"}, ("body", "template-two-fallbacks")),
        ({"body": "第一行\n第二行"}, ("body", "template-line-break")),
        ({"body": "生日快乐🎂"}, ("body", "template-unsendable")),
        ({"body": "【澄川】您好"}, ("body", "template-unsendable")),
        ({"body": "详见 https://a.cn/x"}, ("body", "template-link")),
        ({"body": "详见 www.a.com"}, ("body", "template-link")),
        ({"body": "长" * 501}, ("body", "too-long")),
        ({"body": "   "}, ("body", "required")),
        ({"way": "mail", "subject": None}, ("subject", "required")),
        ({"way": "mail", "subject": "{{x}}"}, ("subject", "template-unknown-variable")),
        ({"way": "mail", "body": "<script>x</script>"}, ("body", "required")),
        (
            {"way": "mail", "body": '<a href="https://a.cn/{{contact.name}}">看</a>'},
            ("body", "template-link-variable"),
        ),
    ],
)
def test_what_could_not_be_sent_is_refused_beside_its_field(
    company: Company, facts: Json, problem: tuple[str, str]
) -> None:
    answer = try_template(company.admin, **facts)
    assert answer.status_code == 422
    assert faults(answer) == [problem]
    assert count(company.admin) == FOUNDED
    facts = {name: value for name, value in facts.items() if name != "name"}
    assert faults(preview(company.admin, **facts)) == [problem]


def test_addresses_stand_in_text_messages_where_somebody_wants_them(company: Company) -> None:
    assert template(company.admin, body="详见 https://a.cn/x", links=True)["links"] is True


def test_a_subject_is_one_line(company: Company) -> None:
    answer = try_template(company.admin, way="mail", subject="您好\r\nBcc: all@example.com")
    assert answer.status_code == 422
    assert [field for field, _ in faults(answer)] == ["subject"]


def test_mail_is_kept_clean(company: Company) -> None:
    made = template(company.admin, way="mail", body='<p onclick="x">您好<script>x</script></p>')
    assert made["body"] == "<p>您好</p>"


def test_what_was_in_use_is_archived_and_never_deleted(company: Company) -> None:
    admin, draft = company.admin, template(company.admin)
    assert admin.delete(f"/message-templates/{draft['id']}", version=1).status_code == 204
    used = active(admin)
    refused = admin.delete(f"/message-templates/{used['id']}", version=used["version"])
    assert (refused.status_code, refused.json["code"]) == (409, "message-template-used")
    assert put(admin, used, state="draft").json["code"] == "message-template-no-draft"
    assert faults(put(admin, used, purpose="marketing")) == [("purpose", "template-purpose-fixed")]
    archived = put(admin, used, state="archived").json
    assert (archived["state"], archived["purpose"], count(admin)) == ("archived", "service", FOUNDED + 1)


def test_a_copy_is_a_draft_of_its_own(company: Company) -> None:
    used = active(company.admin, name="到期提醒")
    copies = [company.admin.post(f"/message-templates/{used['id']}/copies") for _ in range(2)]
    assert [one.status_code for one in copies] == [201, 201]
    assert [(one.json["name"], one.json["state"]) for one in copies] == [("到期提醒（副本）", "draft")] * 2
    assert copies[0].json["body"] == used["body"]


def test_everybody_reads_templates_and_who_writes_to_people_arranges_them(
    company: Company, seller: Browser
) -> None:
    made = template(company.admin)
    seen = seller.get(f"/message-templates/{made['id']}")
    assert (seen.status_code, seen.json["editable"]) == (200, False)
    assert try_template(seller).status_code == 403
    assert put(seller, made, name="别的").status_code == 403
    assert seller.delete(f"/message-templates/{made['id']}", version=1).status_code == 403
    assert seller.post(f"/message-templates/{made['id']}/copies").status_code == 403
    assert preview(seller).status_code == 403
    assert (company.admin.get(f"/message-templates/{made['id']}").json, count(seller)) == (made, FOUNDED + 1)


def test_a_new_company_has_the_usual_messages_in_use(company: Company) -> None:
    items = company.admin.get("/message-templates?limit=100&sort=name").json["items"]
    assert {(one["state"], one["used"]) for one in items} == {("active", True)}
    usual = {"生日祝福", "司庆祝福", "新年问候", "质保到期提醒", "保养到期提醒", "服务回访"}
    assert sorted((one["name"], one["way"]) for one in items) == sorted(
        (name, way) for name in usual for way in ("sms", "mail")
    )


def test_the_list_is_narrowed_and_asks_as_often_however_long_it_is(company: Company) -> None:
    template(company.admin, name="检修通知")
    found = company.admin.get("/message-templates?way=sms&state=draft").json["items"]
    assert [one["name"] for one in found] == ["检修通知"]
    assert [
        one["name"] for one in company.admin.get("/message-templates?name.contains=检修").json["items"]
    ] == ["检修通知"]
    counts = []
    for limit in (1, 10):
        with sent() as statements:
            company.admin.get(f"/message-templates?limit={limit}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_preview_is_of_somebody_of_whom_all_is_known_or_of_a_contact(company: Company) -> None:
    body = "{{contact.salutation}}您好，{{contact.title}}，{{asset.name}}"
    shown = preview(company.admin, body=body).json
    assert shown["text"] == "张先生您好，设备部经理，螺杆空压机"
    assert (shown["characters"], shown["segments"], shown["missing"]) == (17 + 4 + 2, 1, [])
    contact = company.admin.post("/contacts", {"name": "欧阳雪", "gender": "female"}).json
    seen = preview(company.admin, body=body, contact_id=contact["id"]).json
    assert seen["text"] == "欧阳女士您好，〔联系人职务〕，螺杆空压机"
    assert seen["missing"] == ["contact.title"]


def test_a_preview_of_a_mail_is_its_whole_page(company: Company) -> None:
    shown = preview(company.admin, way="mail", purpose="marketing").json
    assert shown["subject"] == "（广告）张先生，您好"
    assert "<!doctype html>" in shown["html"]
    assert "来自澄川工业设备" in shown["html"]
    assert shown["text"] == "来自澄川工业设备"


def test_a_stale_change_is_refused(company: Company) -> None:
    made = template(company.admin)
    assert put(company.admin, made, name="新名字").status_code == 200
    answer = put(company.admin, made, name="旧名字")
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert company.admin.get(f"/message-templates/{made['id']}").json["name"] == "新名字"


def test_a_mail_is_tried_out_by_sending_it_to_oneself(company: Company, store: Store) -> None:
    [login] = [
        row["login"] for row in store.rows("SELECT login FROM users WHERE tenant_id = %s", company.tenant_id)
    ]
    mail, text = template(company.admin, way="mail"), template(company.admin)
    refused = company.admin.post(f"/message-templates/{text['id']}/trial-mails")
    assert (refused.status_code, refused.json["code"]) == (409, "template-not-mail")
    answer = company.admin.post(f"/message-templates/{mail['id']}/trial-mails")
    query = "SELECT address, facts FROM deliveries WHERE tenant_id = %s AND kind = 'template-trial'"
    assert (answer.status_code, answer.json) == (201, {"address": login})
    [sent_out] = store.rows(query, company.tenant_id)
    assert (sent_out["address"], sent_out["facts"]["subject"]) == (login, "【试发】张先生，您好")
