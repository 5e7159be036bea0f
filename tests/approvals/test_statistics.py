"""How long approvals take, for those who may look at them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from app.core import clock
from tests.approvals.doors import Browsers, staffed_office, submitted
from tests.approvals.office import approve, people
from tests.support.statements import sent


def _asked(browsers: Browsers, name: str = "admin", days: int = 3) -> Any:
    first = clock.now().date() - timedelta(days=1)
    return browsers[name].get(f"/approval-statistics?first={first}&days={days}")


def test_tells_how_long_flows_and_people_take(app: Flask) -> None:
    office, browsers = staffed_office(app)
    both = people(office.ids["chief"], office.ids["clerk"])
    flow = office.publish(approve("a", both, mode="all"))
    granted, rejected, _open = (submitted(browsers) for _ in range(3))
    with clock.pretending(clock.now() + timedelta(hours=2)):
        for one in (granted, rejected):
            office.say("chief", UUID(one["id"]))
    with clock.pretending(clock.now() + timedelta(hours=4)):
        office.say("clerk", UUID(granted["id"]))
        office.say("clerk", UUID(rejected["id"]), "reject")
    with sent() as statements:
        found = _asked(browsers)
    assert found.status_code == 200, found.json
    [of_flow] = found.json["flows"]
    assert of_flow["flow"] == {"id": str(flow), "name": "用印"}
    counted = ("submitted", "granted", "rejected", "withdrawn", "open")
    assert [of_flow[name] for name in counted] == [3, 1, 1, 0, 1]
    assert round(of_flow["median_seconds"] / 3600) == 4
    by_name = {one["user"]["name"]: one for one in found.json["people"]}
    counted = ("decided", "approved", "rejected", "returned", "waiting")
    assert [by_name["chief"][name] for name in counted] == [2, 2, 0, 0, 1]
    assert [by_name["clerk"][name] for name in counted] == [2, 1, 1, 0, 1]
    assert [round(by_name[name]["median_seconds"] / 3600) for name in ("chief", "clerk")] == [2, 4]
    assert len([one for one in statements if "approval_seats" in str(one)]) == 1


def test_days_and_rights_bound_what_is_told(app: Flask) -> None:
    office, browsers = staffed_office(app)
    office.publish(approve("a", people(office.ids["chief"])))
    submitted(browsers)
    assert _asked(browsers, "seller").status_code == 403
    earlier = browsers["admin"].get("/approval-statistics?first=2020-01-01&days=30").json
    assert (earlier["flows"], earlier["people"]) == ([], [])
    refused = browsers["admin"].get("/approval-statistics?first=2020-01-01&days=4000")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "days")
