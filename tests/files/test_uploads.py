"""Files brought while a follow-up is being written wait for it, and hang on it once it is saved."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.core import clock
from app.core.errors import Invalid
from app.core.uow import unit_of_work
from app.files import sweeping, uploads
from app.files.sweeping import KEPT
from app.jobs import asker
from tenants.context import tenant_scope
from tests.contacts.people import customer
from tests.fields.conftest import refused
from tests.files.shelf import bring, hang, listed, lying
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.store import Store


def note(by: Browser, customer_id: str, *files: str, **more: Any) -> Any:
    """The answer to noting a follow-up with files."""
    sent = {"kind": "visit", "content": "看了车间", "customer_id": customer_id, **more}
    return by.post("/activities", {**sent, "attachment_ids": list(files)})


def test_wait_for_the_follow_up_and_are_shown_with_it(company: Company) -> None:
    admin, made = company.admin, customer(company.admin)
    first, second = bring(admin, "车间.png"), bring(admin, "合同.pdf", b"%PDF-1.7\n1 0 obj\n")
    assert (first["record"], first["has_thumbnail"]) == (None, True)
    assert admin.get(f"/attachments/{first['id']}/thumbnail").status_code == 200
    assert listed(admin, made) == []
    answer = note(admin, made["id"], first["id"], second["id"])
    assert answer.status_code == 201, answer.json
    assert answer.json["attachment_count"] == 2
    assert [one["name"] for one in answer.json["attachments"]] == ["车间.png", "合同.pdf"]
    assert listed(admin, answer.json, "activity") == ["合同.pdf", "车间.png"]
    told = admin.get(f"/customers/{made['id']}/timeline?kind=attachment").json["items"]
    assert {item["attachment"]["name"] for item in told} == {"车间.png", "合同.pdf"}


def test_what_waits_is_seen_and_used_by_nobody_else(company: Company) -> None:
    made, colleague = customer(company.admin), hire(company, "administrator").browser
    mine = bring(company.admin)
    for place in ("", "/content", "/thumbnail"):
        assert colleague.get(f"/attachments/{mine['id']}{place}").status_code == 404
    unknown = [("attachment_ids.0", "unknown-reference")]
    assert refused(note(colleague, made["id"], mine["id"])) == unknown
    hung = hang(company.admin, made)
    assert refused(note(company.admin, made["id"], hung["id"])) == unknown
    assert company.admin.get("/activities").json["items"] == []
    assert company.admin.get(f"/attachments/{mine['id']}").json["record"] is None
    assert listed(company.admin, made) == ["合影.png"]


def test_a_collaborator_hangs_files_on_what_is_shared(company: Company) -> None:
    made, colleague = customer(company.admin), hire(company, "sales")
    shared = {"user_ids": [colleague.id]}
    path = f"/customers/{made['id']}/collaborators"
    match = {"If-Match": f'"{made["version"]}"'}
    assert company.admin.put(path, shared, headers=match).status_code == 200
    mine = bring(colleague.browser)
    assert note(colleague.browser, made["id"], mine["id"]).status_code == 201


def test_whoever_may_not_bring_files_brings_none(company: Company) -> None:
    viewer = hire(company, "viewer").browser
    answer = viewer.post("/uploads", data={})
    assert answer.status_code == 403, answer.json


def test_what_was_brought_is_taken_back(company: Company) -> None:
    mine = bring(company.admin)
    answer = company.admin.delete(f"/attachments/{mine['id']}", version=mine["version"])
    assert answer.status_code == 204
    assert company.admin.get(f"/attachments/{mine['id']}").status_code == 404
    told = company.admin.get("/audit-records?subject_type=attachment").json["items"]
    assert [(line["action"], line["subject_label"]) for line in told] == [
        ("deleted", "image/png"),
        ("brought", "image/png"),
    ]


def test_what_nobody_saves_is_let_go(company: Company, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = customer(company.admin)
    bring(company.admin, "忘了.png")
    used = bring(company.admin, "用了.pdf", b"%PDF-1.7\n1 0 obj\n")
    assert note(company.admin, made["id"], used["id"]).status_code == 201
    later = clock.now() + KEPT + timedelta(hours=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    with company.app.app_context():
        sweeping.sweep()
    assert store.ids("attachments", company.tenant_id) == [used["id"]]
    assert len(lying(company)) == 1


def test_what_waits_no_more_is_laid_nowhere_unless_it_lies_there(company: Company) -> None:
    made, file = customer(company.admin), bring(company.admin)
    there = ("customer", UUID(made["id"]))
    with company.app.app_context(), tenant_scope(company.tenant_id):
        with unit_of_work():
            by = asker.present(UUID(company.user_id))
            uploads.lay(by, there, "scan", [file["id"]])
        with unit_of_work():
            uploads.lay(by, there, "scan", [file["id"]])
        with pytest.raises(Invalid) as refusal, unit_of_work():
            uploads.lay(by, ("customer", uuid4()), "scan", [file["id"]])
    assert [(one.field, one.code) for one in refusal.value.problems] == [("scan", "unknown-reference")]
    assert company.admin.get(f"/attachments/{file['id']}").json["record"]["id"] == made["id"]
