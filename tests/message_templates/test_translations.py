"""Templates that say the same in another language."""

import pytest

from tests.files.shelf import hang, listed
from tests.message_templates.desk import Json, active, put, template
from tests.support.client import Browser, Company
from tests.support.people import hire


def translate(browser: Browser, made: Json, locale: str = "en") -> Json:
    answer = browser.post(f"/message-templates/{made['id']}/translations", {"locale": locale})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(browser: Browser, made: Json) -> Json:
    return dict(browser.get(f"/message-templates/{made['id']}").json)


def test_a_translation_begins_with_the_words_of_its_original(company: Company) -> None:
    made = active(company.admin, way="mail", name="生日祝福")
    twin = translate(company.admin, made)
    assert (twin["name"], twin["locale"], twin["state"]) == ("生日祝福 (English)", "en", "draft")
    assert (twin["twin_of_id"], twin["twins"]) == (made["id"], [])
    kept = ("way", "purpose", "subject", "body", "variables")
    assert [twin[name] for name in kept] == [made[name] for name in kept]
    there = now(company.admin, made)
    assert (there["twin_of_id"], there["twins"]) == (
        None,
        [{"id": twin["id"], "locale": "en", "state": "draft"}],
    )
    answer = put(company.admin, twin, subject="Happy birthday", state="active")
    assert (answer.status_code, answer.json["subject"]) == (200, "Happy birthday")
    assert now(company.admin, made)["twins"][0]["state"] == "active"
    originals = company.admin.get(f"/message-templates?twin_of_id.empty=true&name={made['name']}").json
    assert made["id"] in {one["id"] for one in originals["items"]}
    assert twin["id"] not in {one["id"] for one in originals["items"]}


def test_pictures_and_files_come_along(company: Company) -> None:
    made = template(company.admin, way="mail")
    hang(company.admin, made, "合影.png", "message-template")
    twin = translate(company.admin, made)
    assert listed(company.admin, twin, "message-template") == ["合影.png"]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_each_language_has_one(company: Company, locale: str) -> None:
    made = template(company.admin)
    translate(company.admin, made)
    answer = company.admin.post(f"/message-templates/{made['id']}/translations", {"locale": locale})
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [
        ("locale", "template-language-there"),
    ]
    assert len(now(company.admin, made)["twins"]) == 1


def test_a_translation_is_not_translated(company: Company) -> None:
    twin = translate(company.admin, template(company.admin))
    answer = company.admin.post(f"/message-templates/{twin['id']}/translations", {"locale": "zh-CN"})
    assert (answer.status_code, answer.json["code"]) == (409, "message-template-is-twin")


def test_translations_go_on_matching_each_other(company: Company) -> None:
    made = template(company.admin, purpose="care")
    twin = translate(company.admin, made)
    for one in (made, twin):
        for changes, field, code in (
            ({"purpose": "marketing"}, "purpose", "template-twins-differ"),
            ({"locale": "en" if one is made else "zh-CN"}, "locale", "template-language-fixed"),
        ):
            answer = put(company.admin, now(company.admin, one), **changes)
            assert answer.status_code == 422
            assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert (now(company.admin, made)["purpose"], now(company.admin, twin)["locale"]) == ("care", "en")


def test_the_original_is_not_deleted_before_them(company: Company) -> None:
    made = template(company.admin)
    twin = translate(company.admin, made)
    path = f"/message-templates/{made['id']}"
    answer = company.admin.delete(path, version=now(company.admin, made)["version"])
    assert (answer.status_code, answer.json["code"]) == (409, "message-template-has-twin")
    gone = company.admin.delete(f"/message-templates/{twin['id']}", version=twin["version"])
    assert gone.status_code == 204
    assert company.admin.delete(path, version=now(company.admin, made)["version"]).status_code == 204


def test_whoever_may_not_write_templates_translates_none(company: Company) -> None:
    made = template(company.admin)
    seller = hire(company, "销售").browser
    answer = seller.post(f"/message-templates/{made['id']}/translations", {"locale": "en"})
    assert answer.status_code in {403, 404}
    assert now(company.admin, made)["twins"] == []
