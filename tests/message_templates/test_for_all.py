"""Companies that were founded before there were templates get those with which others begin."""

from importlib import import_module
from typing import Any

from app.core.db import db
from app.core.uow import unit_of_work
from app.message_templates import drafts
from tenants import rls
from tenants.context import tenant_scope
from tests.message_templates.desk import template
from tests.support.client import Company

Json = dict[str, Any]
NAMES = {"生日祝福", "新年问候", "质保到期提醒", "保养到期提醒", "服务回访"}


def shown(company: Company) -> list[Json]:
    return list(company.admin.get("/message-templates?limit=200&sort=name").json["items"])


def migrate(company: Company, *, without: str = "false") -> None:
    """What the migration does in one company that lacks some of its templates."""
    missing = import_module("migrations.versions.0067_templates_for_all").MISSING
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        driver = rls.driver_of(db.session())
        gone = f"DELETE FROM message_templates WHERE tenant_id = %s AND {without}"
        driver.execute(gone, (company.tenant_id,))
        driver.execute(f"DO $$ DECLARE here bigint := {company.tenant_id}; BEGIN {missing}; END $$")


def test_who_has_none_gets_them_in_use_and_in_their_language(company: Company) -> None:
    migrate(company, without="true")
    made = shown(company)
    assert {(one["name"], one["way"]) for one in made} == {(n, w) for n in NAMES for w in ("sms", "mail")}
    assert {(one["state"], one["locale"], one["used"]) for one in made} == {("active", "zh-CN", True)}
    for one in made:
        draft, variables = drafts.demand({name: one[name] for name in drafts.FIELDS})
        assert (draft.body, variables) == (one["body"], one["variables"])


def test_what_a_company_made_by_the_same_name_stays_alone(company: Company) -> None:
    own = template(company.admin, name="生日祝福", body="生日快乐")
    migrate(company, without="created_by_id IS NULL")
    made = [one for one in shown(company) if (one["name"], one["way"]) == ("生日祝福", "sms")]
    assert [(one["id"], one["body"]) for one in made] == [(own["id"], "生日快乐")]
    assert len(shown(company)) == len(NAMES) * 2


def test_who_began_with_them_gets_none_again(company: Company, other_company: Company) -> None:
    before, theirs = shown(company), shown(other_company)
    archived = before[0]
    company.admin.patch(
        f"/message-templates/{archived['id']}",
        {"state": "archived", "name": "旧的"},
        version=archived["version"],
    )
    migrate(company)
    assert len(shown(company)) == len(before)
    assert shown(other_company) == theirs
