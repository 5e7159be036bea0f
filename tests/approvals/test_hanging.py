"""What is said about an approval, and the files on it and its subject: for the parties to it alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.approvals import kinds
from tests.approvals.doors import Browsers, submitted
from tests.approvals.office import Office, approve, people
from tests.approvals.papers import KIND, paper
from tests.files.shelf import upload
from tests.support.pictures import painted


def test_parties_talk_and_mention_only_each_other(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    path = f"/records/approval/{submitted(browsers)['id']}/comments"
    said = browsers["chief"].post(path, {"text": f"@{{{office.ids['seller']}}} 折扣为什么这么低？"})
    assert said.status_code == 201, said.json
    assert [one["name"] for one in said.json["mentions"]] == ["seller"]
    bell = browsers["seller"].get("/notifications").json["items"][0]
    assert bell["link"].startswith("/approvals/")
    outsider = browsers["seller"].post(path, {"text": f"@{{{office.ids['other']}}} 帮忙看看"})
    assert [one["code"] for one in outsider.json["errors"]] == ["mention-unseen"]
    assert [one["id"] for one in browsers["seller"].get(path).json["items"]] == [said.json["id"]]
    for stranger in ("other", "clerk"):
        assert browsers[stranger].get(path).status_code == 404
        assert browsers[stranger].post(path, {"text": "我也来说"}).status_code == 404
    # Whoever looks after all approvals sees what is said there.
    assert len(browsers["admin"].get(path).json["items"]) == 1


def test_whom_one_may_mention_are_the_parties(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    path = f"/records/approval/{submitted(browsers)['id']}"
    found = {one["name"] for one in browsers["seller"].get(f"{path}/mention-options?q=").json["items"]}
    assert "chief" in found
    assert found.isdisjoint({"seller", "other", "clerk"})


def test_files_come_to_an_approval_and_only_its_parties_read_them(staffed: tuple[Office, Browsers]) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    approval = submitted(browsers)
    hung = upload(browsers["chief"], approval, painted(), "现场.png", "approval")
    assert hung.status_code == 201, hung.json
    content = f"/attachments/{hung.json['id']}/content"
    assert browsers["seller"].get(content).status_code == 200
    assert browsers["other"].get(content).status_code == 404
    assert upload(browsers["other"], approval, painted(), "别处.png", "approval").status_code == 404


def test_what_hangs_on_the_subject_is_shown_to_whoever_is_asked(
    staffed: tuple[Office, Browsers], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, browsers = staffed
    office.publish(approve("a", people(office.ids["chief"])))
    monkeypatch.setitem(kinds._kinds, KIND, replace(kinds.kind_of(KIND), record="customer"))
    customer = browsers["seller"].post("/customers", {"name": "有附件的客户"}).json
    paper(UUID(customer["id"]))
    hung = upload(browsers["seller"], customer, painted(), "盖章.png").json
    sent = {"kind": KIND, "subject_id": customer["id"]}
    approval = browsers["seller"].post("/approvals", sent).json
    path = f"/approvals/{approval['id']}"
    assert browsers["chief"].get(f"/attachments/{hung['id']}/content").status_code == 404
    shown = browsers["chief"].get(path).json
    assert [(one["id"], one["name"]) for one in shown["files"]] == [(hung["id"], "盖章.png")]
    answers = [
        browsers[name].get(f"/approval-files/{hung['id']}/{what}")
        for name in ("chief", "other")
        for what in ("content", "thumbnail")
    ]
    assert [one.status_code for one in answers] == [200, 200, 404, 404]
    # A file elsewhere is none of this one's, whoever has it.
    other = browsers["seller"].post("/customers", {"name": "另一家"}).json
    elsewhere = upload(browsers["seller"], other, painted(), "别家.png").json
    assert browsers["chief"].get(f"/approval-files/{elsewhere['id']}/content").status_code == 404
