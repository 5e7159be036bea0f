"""The first steps: offered to those who may take them, and ticked by what was done."""

from typing import Any

from tests.activities.people import activity, task
from tests.contacts.people import customer
from tests.support.client import Browser, Company
from tests.support.people import department, hire, invite
from tests.support.statements import sent


def look(browser: Browser) -> dict[str, Any]:
    answer = browser.get("/first-steps")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def steps(browser: Browser) -> dict[str, bool]:
    return {step["word"]: step["done"] for step in look(browser)["steps"]}


def test_an_administrator_of_a_new_company_begins_with_nothing_done(company: Company) -> None:
    shown = look(company.admin)
    assert shown["hidden"] is False
    assert [step["word"] for step in shown["steps"]] == [
        "departments",
        "colleagues",
        "import",
        "activity",
        "task",
        "fields",
        "second-factor",
    ]
    assert not any(step["done"] for step in shown["steps"])


def test_each_step_is_ticked_by_what_was_done(company: Company) -> None:
    department(company, "华东区")
    assert invite(company, "sales").status_code == 201
    about = customer(company.admin)
    activity(company.admin, about["id"])
    task(company.admin)
    done = {word for word, ticked in steps(company.admin).items() if ticked}
    assert done == {"departments", "colleagues", "import", "activity", "task"}


def test_a_colleague_is_offered_what_they_may_do_and_judged_by_their_own_deeds(company: Company) -> None:
    about = customer(company.admin)
    activity(company.admin, about["id"])
    seller = hire(company, "sales").browser
    assert steps(seller) == {"customer": False, "activity": False, "task": False, "second-factor": False}
    mine = customer(seller)
    activity(seller, mine["id"])
    assert steps(seller) == {"customer": True, "activity": True, "task": False, "second-factor": False}
    viewer = hire(company, "viewer").browser
    assert steps(viewer) == {"second-factor": False}


def test_the_work_of_another_company_ticks_nothing(company: Company, other_company: Company) -> None:
    customer(other_company.admin)
    department(other_company, "华南区")
    assert not any(steps(company.admin).values())


def test_it_is_put_away_and_taken_out_again_by_each_for_themselves(company: Company) -> None:
    seller = hire(company, "sales").browser
    assert company.admin.patch("/profile", {"guide_hidden": True}).status_code == 200
    assert (look(company.admin)["hidden"], look(seller)["hidden"]) == (True, False)
    assert company.admin.patch("/profile", {"guide_hidden": False}).status_code == 200
    assert look(company.admin)["hidden"] is False


def test_costs_one_statement(company: Company) -> None:
    look(company.admin)
    with sent() as statements:
        look(company.admin)
    assert len([one for one in statements if "guide_hidden" in one]) == 1
