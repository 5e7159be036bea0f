"""What vendors tell: answers, nonsense, and paths that are nobody's."""

import pytest

from app.core.db import db
from app.sms.models import SmsReply
from tests.consents.people import PHONE, consents, obstacles, somebody
from tests.sms.conftest import Shop
from tests.sms.vendors import account
from tests.support.client import Company


def path(shown: dict[str, object]) -> str:
    return "/sms-callbacks?token=" + str(shown["callback_url"]).partition("token=")[2]


def reply(text: str, **facts: object) -> dict[str, object]:
    told = {"extend": "0", "mobile": "13800138000", "nationcode": "86", "sign": "澄川", "time": 1795000000}
    return {**told, "text": text, **facts}


@pytest.mark.parametrize("word", ["R", "r", "Ｒ", " t ", "TD", "td。", "N", "退订"])
def test_who_opts_out_is_written_to_no_more_at_once(company: Company, shop: Shop, word: str) -> None:
    one = somebody(company.admin)
    for _ in range(2):
        assert company.admin.post(path(shop.account), reply(word)).status_code == 200
    shown = consents(company.admin, one)
    assert {state for key, state in obstacles(shown).items() if key.startswith("sms")} == {"suppressed"}
    assert {entry["source"] for entry in shown["entries"]} == {"reply"}
    assert len(shown["entries"]) == 3
    listed = company.admin.get("/suppressions").json["items"]
    assert [(entry["address"], entry["reason"]) for entry in listed] == [(PHONE, "replied")]
    bells = company.admin.get("/notifications").json["items"]
    assert [bell["kind"] for bell in bells] == ["contact-opted-out"]


def test_other_answers_are_told_to_whoever_looks_after_them(company: Company, shop: Shop) -> None:
    one = somebody(company.admin, name="李丹")
    company.admin.post(path(shop.account), reply("好的，下周来"))
    assert obstacles(consents(company.admin, one))["sms care"] is None
    [bell] = company.admin.get("/notifications").json["items"]
    assert (bell["title"], bell["body"], bell["link"]) == (
        "李丹回复了短信",
        "好的，下周来",
        f"/contacts/{one['id']}",
    )


def test_answers_of_strangers_are_kept(company: Company, shop: Shop) -> None:
    company.admin.post(path(shop.account), reply("R", mobile="13900139000"))
    assert [one["address"] for one in company.admin.get("/suppressions").json["items"]] == ["+8613900139000"]
    with shop.desk.work():
        assert [one.opts_out for one in db.session.query(SmsReply)] == [True]


@pytest.mark.parametrize(
    "body", [{}, [], "x", 7, None, [{"sid": 1}], [[]], {"text": "R"}, reply("R", time="soon"), [7]]
)
def test_nonsense_changes_nothing(company: Company, shop: Shop, body: object) -> None:
    answer = company.admin.post(path(shop.account), body)
    assert answer.status_code == (200 if body == [] else 422)
    with shop.desk.work():
        assert db.session.query(SmsReply).count() == 0
    assert company.admin.get("/suppressions").json["items"] == []


def test_paths_that_are_nobodys_open_nothing(company: Company, shop: Shop, other_company: Company) -> None:
    token = path(shop.account)
    theirs = path(account(other_company))
    mixed = ".".join([token.split(".")[0], *theirs.split(".")[1:]])
    for wrong in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        mixed,
        "/sms-callbacks?token=x",
        "/sms-callbacks?token=a.b.c",
    ):
        assert company.admin.post(wrong, reply("R")).status_code == 404
    assert company.admin.get("/suppressions").json["items"] == []


def test_aliyun_tells_in_its_own_way(company: Company, shop: Shop) -> None:
    at = account(company, vendor="aliyun", app_id=None)
    told = [
        {
            "phone_number": "13800138000", "send_time": "2026-11-25 12:00:00", "content": "TD",
            "sign_name": "澄川", "dest_code": "1", "sequence_id": 99,
        }
    ]  # fmt: skip
    answer = company.admin.post(path(at), told)
    assert (answer.status_code, answer.json) == (200, {"code": 0, "msg": "成功"})
    assert [one["address"] for one in company.admin.get("/suppressions").json["items"]] == [PHONE]
    unknown = {"phone_number": "13800138000", "success": True, "biz_id": "9^0", "out_id": "0" * 32,
               "report_time": "2026-11-25 12:00:00"}  # fmt: skip
    foreign = {**unknown, "biz_id": "9^1", "out_id": "order-7"}
    assert company.admin.post(path(at), [unknown, foreign]).status_code == 200
