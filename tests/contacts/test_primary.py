"""A customer has one primary contact."""

from threading import Barrier, Thread

import pytest

from tests.contacts.people import contact, customer, deeds, shown
from tests.support.client import Company


def primaries(company: Company, customer_id: str) -> list[str]:
    items = company.admin.get(f"/customers/{customer_id}/contacts").json["items"]
    return [item["name"] for item in items if item["is_primary"]]


def test_making_another_primary_moves_it(company: Company) -> None:
    there = customer(company.admin)["id"]
    first = contact(company.admin, "安娜", customer_id=there, is_primary=True)
    second = contact(company.admin, "白岩", customer_id=there, is_primary=True)
    third = contact(company.admin, "陈冲", customer_id=there)
    assert primaries(company, there) == ["白岩"]
    answer = company.admin.patch(f"/contacts/{third['id']}", {"is_primary": True}, version=1)
    assert (answer.json["is_primary"], answer.json["version"]) == (True, 2)
    assert primaries(company, there) == ["陈冲"]
    for former in (first, second):
        assert shown(company.admin, former["id"])["version"] == 2
        told = deeds(company.admin, f"/contacts/{former['id']}/timeline")
        assert told[0] == ("updated", former["name"], ["is_primary"])


def test_giving_it_up_leaves_none(company: Company) -> None:
    there = customer(company.admin)["id"]
    made = contact(company.admin, customer_id=there, is_primary=True)
    answer = company.admin.patch(f"/contacts/{made['id']}", {"is_primary": False}, version=1)
    assert answer.json["is_primary"] is False
    assert primaries(company, there) == []


@pytest.mark.parametrize("stays", [True, False])
def test_who_goes_elsewhere_is_primary_there_only_if_asked_for(company: Company, stays: bool) -> None:  # noqa: FBT001
    here, there = customer(company.admin)["id"], customer(company.admin, "云岫智能科技")["id"]
    made = contact(company.admin, "安娜", customer_id=here, is_primary=True)
    contact(company.admin, "白岩", customer_id=there, is_primary=True)
    sent = {"customer_id": there, **({"is_primary": True} if stays else {})}
    answer = company.admin.patch(f"/contacts/{made['id']}", sent, version=1)
    assert answer.json["is_primary"] is stays
    assert (primaries(company, here), primaries(company, there)) == ([], ["安娜" if stays else "白岩"])


def test_who_leaves_all_customers_is_nobodys_primary(company: Company) -> None:
    here = customer(company.admin)["id"]
    made = contact(company.admin, "安娜", customer_id=here, is_primary=True)
    refused = company.admin.patch(
        f"/contacts/{made['id']}", {"customer_id": None, "is_primary": True}, version=1
    )
    assert refused.json["errors"][0]["code"] == "primary-needs-customer"
    assert shown(company.admin, made["id"]) == made
    answer = company.admin.patch(f"/contacts/{made['id']}", {"customer_id": None}, version=1)
    assert (answer.json["is_primary"], answer.json["customer"]) == (False, None)


def test_two_at_once_leave_one_primary(company: Company) -> None:
    there = customer(company.admin)["id"]
    start, answers = Barrier(2), []

    def add(name: str) -> None:
        start.wait()
        answers.append(
            company.admin.post("/contacts", {"name": name, "customer_id": there, "is_primary": True})
        )

    threads = [Thread(target=add, args=[name]) for name in ("安娜", "白岩")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len(primaries(company, there)) == 1


def test_coming_back_from_the_bin_does_not_push_the_new_one_out(company: Company) -> None:
    there = customer(company.admin)["id"]
    old = contact(company.admin, "安娜", customer_id=there, is_primary=True)
    assert company.admin.delete(f"/contacts/{old['id']}", version=1).status_code == 204
    contact(company.admin, "白岩", customer_id=there, is_primary=True)
    back = company.admin.post(f"/recycle-bin/contact/{old['id']}/restoration")
    assert (back.status_code, back.json["is_primary"]) == (200, False)
    assert primaries(company, there) == ["白岩"]


def test_coming_back_from_the_bin_is_primary_again_if_nobody_else_is(company: Company) -> None:
    there = customer(company.admin)["id"]
    old = contact(company.admin, "安娜", customer_id=there, is_primary=True)
    assert company.admin.delete(f"/contacts/{old['id']}", version=1).status_code == 204
    assert company.admin.post(f"/recycle-bin/contact/{old['id']}/restoration").json["is_primary"] is True
