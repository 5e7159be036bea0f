"""Two-step sign-in and other people: demanded by roles, given back by administrators when lost."""

from tests.access.conftest import Mails, Trail
from tests.access.second_factor import PROFILE, first_step, set_up
from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import change, hire, role_id, sign_in, token_in


def require(company: Company, code: str) -> None:
    """Have a role demand a second factor."""
    done = change(company.admin, f"/roles/{role_id(company, code)}", requires_second_factor=True)
    assert done.status_code == 200, done.json
    assert done.json["requires_second_factor"] is True


def test_a_role_may_demand_it_before_anything_else(company: Company) -> None:
    colleague = hire(company, "sales")
    assert colleague.browser.get("/customers").status_code == 200
    require(company, "sales")
    for method, path in (("GET", "/customers"), ("GET", "/users"), ("GET", "/notifications")):
        refused = colleague.browser.call(method, path)
        assert (refused.status_code, refused.json["code"]) == (403, "second-factor-enrolment")
    made = colleague.browser.post("/customers", {"name": "云岫智能装备", "kind": "company"})
    assert made.json["code"] == "second-factor-enrolment"
    assert company.admin.get("/customers").json["items"] == []
    assert colleague.browser.get("/session").json["must_enrol"] is True
    assert colleague.browser.get(PROFILE).json["required"] is True
    set_up(colleague.browser)
    assert colleague.browser.get("/session").json["must_enrol"] is False
    assert colleague.browser.get("/customers").status_code == 200


def test_whoever_takes_it_away_must_set_it_up_again(company: Company) -> None:
    colleague = hire(company, "sales")
    require(company, "sales")
    phone, _ = set_up(colleague.browser)
    colleague.browser.post(f"{PROFILE}/removal", {"password": PASSWORD, "code": phone.code()})
    assert colleague.browser.get("/customers").json["code"] == "second-factor-enrolment"


def test_the_administrators_role_may_demand_it_though_it_is_fixed(company: Company) -> None:
    require(company, "administrator")
    assert company.admin.get("/session").json["must_enrol"] is True
    set_up(company.admin)
    refused = change(company.admin, f"/roles/{role_id(company, 'administrator')}", name="老板")
    assert (refused.status_code, refused.json["code"]) == (409, "administrator-is-fixed")


def test_a_demand_elsewhere_does_not_bind_here(company: Company, other_company: Company) -> None:
    require(other_company, "sales")
    colleague = hire(company, "sales")
    assert colleague.browser.get("/customers").status_code == 200


def reset_token(company: Company, mails: Mails) -> str:
    """The token in the mail that waits in the outbox."""
    mail = mails(company)[-1]
    assert (mail.kind, mail.address) == ("second-factor-reset", company.login)
    assert mail.link is not None
    return token_in(mail.link)


def confirm_reset(company: Company, token: str, password: str = PASSWORD) -> tuple[int, str | None]:
    answer = Browser(company.app).post(
        "/second-factor-reset-confirmations", {"token": token, "password": password}
    )
    return answer.status_code, answer.json["code"] if answer.data else None


def test_an_administrator_has_a_lost_one_reset_by_its_owner(
    company: Company, mails: Mails, trail: Trail
) -> None:
    set_up(company.admin)
    helper = hire(company, "administrator")
    asked = helper.browser.post(f"/users/{company.user_id}/second-factor-reset")
    assert asked.status_code == 202
    first_step(company.app, company.login)
    token = reset_token(company, mails)
    assert token not in str(mails(company)[-1].facts)
    assert confirm_reset(company, token, "wrong password") == (422, "invalid")
    first_step(company.app, company.login)
    assert confirm_reset(company, token) == (204, None)
    assert company.admin.get("/session").json["code"] == "session-ended"
    assert confirm_reset(company, token) == (410, "reset-link-dead")
    company.admin = sign_in(company, company.login)
    told = [record["action"] for record in trail(company)]
    assert told[:3] == ["signed-in", "second-factor-reset", "second-factor-reset-requested"]


def test_a_reset_link_dies_with_what_it_was_sent_for(company: Company, mails: Mails) -> None:
    phone, _ = set_up(company.admin)
    helper = hire(company, "administrator")
    helper.browser.post(f"/users/{company.user_id}/second-factor-reset")
    token = reset_token(company, mails)
    company.admin.post(f"{PROFILE}/removal", {"password": PASSWORD, "code": phone.code()})
    set_up(company.admin)
    assert confirm_reset(company, token) == (410, "reset-link-dead")
    for worthless in ("x", token[:-3], token.replace(token[:32], "0" * 32)):
        assert confirm_reset(company, worthless) == (410, "reset-link-dead")
    assert company.admin.get(PROFILE).json["enabled_at"] is not None


def test_only_those_who_manage_a_colleague_have_it_reset(company: Company, mails: Mails) -> None:
    set_up(company.admin)
    manager = hire(company, "manager")
    refused = manager.browser.post(f"/users/{company.user_id}/second-factor-reset")
    assert refused.status_code == 403
    colleague = hire(company, "viewer")
    missing = company.admin.post(f"/users/{colleague.id}/second-factor-reset")
    assert (missing.status_code, missing.json["code"]) == (409, "second-factor-missing")
    set_up(colleague.browser)
    unreachable = company.admin.post(f"/users/{colleague.id}/second-factor-reset")
    assert (unreachable.status_code, unreachable.json["code"]) == (409, "login-without-mail")
    assert mails(company) == []
