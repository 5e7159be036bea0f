"""Files come along with comments, and go where they go."""

from datetime import timedelta

import pytest

from app.comments import tidying
from app.core import clock
from tests.comments.words import faults
from tests.contacts.people import customer
from tests.files.shelf import bring, listed
from tests.support.client import Company
from tests.support.people import hire
from tests.support.store import Store


def test_are_shown_with_it_to_whoever_sees_the_record(company: Company) -> None:
    made, seller = customer(company.admin), hire(company, "sales").browser
    files = [bring(company.admin, "车间.png"), bring(company.admin, "合同.pdf", b"%PDF-1.7\n1 0 obj\n")]
    path, sent = f"/records/customer/{made['id']}/comments", {"text": "见照片"}
    answer = company.admin.post(path, sent | {"attachment_ids": [one["id"] for one in files]})
    assert answer.status_code == 201, answer.json
    assert [(one["name"], one["has_thumbnail"]) for one in answer.json["attachments"]] == [
        ("车间.png", True),
        ("合同.pdf", False),
    ]
    assert company.admin.get(path).json["items"] == [answer.json]
    # They belong to what was said, not to the files of the record.
    assert listed(company.admin, made) == []
    places = [f"/attachments/{one['id']}/content" for one in files]
    assert [company.admin.get(place).status_code for place in places] == [200, 200]
    assert [seller.get(place).status_code for place in places] == [404, 404]
    reader = hire(company, "finance").browser
    assert [reader.get(place).status_code for place in places] == [200, 200]
    assert reader.delete(f"/attachments/{files[0]['id']}", version=2).status_code == 403


def test_what_does_not_wait_for_one_is_refused_with_the_comment(company: Company) -> None:
    made = customer(company.admin)
    path = f"/records/customer/{made['id']}/comments"
    theirs = bring(hire(company, "administrator").browser)
    answer = company.admin.post(path, {"text": "见照片", "attachment_ids": [theirs["id"]]})
    assert faults(answer) == [("attachment_ids.0", "unknown-reference")]
    assert company.admin.get(path).json["items"] == []


def test_go_and_come_back_with_it_and_are_then_gone(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, file = customer(company.admin), bring(company.admin)
    sent = {"text": "见照片", "attachment_ids": [file["id"]]}
    comment = company.admin.post(f"/records/customer/{made['id']}/comments", sent).json
    place = f"/attachments/{file['id']}/content"
    company.admin.delete(f"/comments/{comment['id']}", version=1)
    assert company.admin.get(place).status_code == 404
    back = company.admin.post(f"/comments/{comment['id']}/restoration").json
    assert [one["id"] for one in back["attachments"]] == [file["id"]]
    assert company.admin.get(place).status_code == 200
    company.admin.delete(f"/comments/{comment['id']}", version=back["version"])
    # Other companies of this run still need what is kept for them.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", company.tenant_id, tidying.QUEUE)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + tidying.KEPT + timedelta(hours=1))
    with company.app.app_context():
        tidying.sweep()
    assert store.ids("attachments", company.tenant_id) == []
