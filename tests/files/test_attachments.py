"""Files hang on records of any kind, and are read by whoever reads the record."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.core import clock
from app.files import arrivals, sweeping
from app.files.arrivals import Limits
from app.files.sweeping import KEPT, UNTOUCHED
from tests.activities.people import activity, task
from tests.contacts.people import contact, customer
from tests.files.shelf import code_of, hang, listed, lying, painted, upload
from tests.support.client import Company
from tests.support.people import hire
from tests.support.store import Store

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def rows(store: Store, company: Company) -> tuple[int, int]:
    """How many attachments and how many contents a company has."""
    return len(store.ids("attachments", company.tenant_id)), len(store.ids("blobs", company.tenant_id))


@pytest.mark.parametrize("kind", ["customer", "contact", "activity", "task"])
def test_can_be_hung_on_every_kind_of_record(company: Company, kind: str) -> None:
    admin, made = company.admin, customer(company.admin)
    record: dict[str, Any] = {
        "customer": lambda: made,
        "contact": lambda: contact(admin, customer_id=made["id"]),
        "activity": lambda: activity(admin, made["id"]),
        "task": lambda: task(admin, customer_id=made["id"]),
    }[kind]()
    answer = upload(admin, record, PDF, "合同 终稿.pdf", kind)
    assert answer.status_code == 201, answer.json
    body = answer.json
    assert answer.headers["Location"] == f"/api/v1/attachments/{body['id']}"
    assert (body["name"], body["kind"], body["media_type"], body["size"]) == (
        "合同 终稿.pdf",
        "document",
        "application/pdf",
        len(PDF),
    )
    assert (body["has_thumbnail"], body["uploaded_by"]["name"], body["deleted"]) == (False, "秦明远", False)
    assert (body["record"], body["can"]) == (
        {"type": kind, "id": record["id"]},
        {"update": True, "delete": True},
    )
    assert admin.get(f"/attachments/{body['id']}").json == body
    assert listed(admin, record, kind) == ["合同 终稿.pdf"]
    told = admin.get(f"/customers/{made['id']}/timeline?kind=attachment").json["items"]
    assert [(item["kind"], item["attachment"]["name"]) for item in told] == [("uploaded", "合同 终稿.pdf")]


def test_a_content_is_stored_once(company: Company, store: Store) -> None:
    first, second = customer(company.admin, "甲公司"), customer(company.admin, "乙公司")
    assert upload(company.admin, first, PDF, "一.pdf").status_code == 201
    assert upload(company.admin, second, PDF, "二.pdf").status_code == 201
    assert rows(store, company) == (2, 1)
    assert lying(company) == {hashlib.sha256(PDF).hexdigest()}


def test_comes_back_as_it_was_through_a_safe_door(company: Company) -> None:
    made = customer(company.admin)
    picture, text = painted(), "姓名,电话\n单田芳,13800138000\n".encode("gb18030")
    shown = upload(company.admin, made, picture, "现场.png").json
    saved = upload(company.admin, made, text, "名单.csv").json
    document = upload(company.admin, made, PDF, "合同.pdf").json
    for file, content, media, way in (
        (shown, picture, "image/png", "inline"),
        (saved, text, "application/octet-stream", "attachment"),
        (document, PDF, "application/pdf", "inline"),
    ):
        answer = company.admin.get(f"/attachments/{file['id']}/content")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, content, media)
        assert answer.headers["Content-Disposition"].startswith(f"{way}; filename")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert policy.endswith("sandbox") == (media != "application/pdf")
        again = company.admin.get(
            f"/attachments/{file['id']}/content", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")


def test_a_picture_has_a_thumbnail_that_stands_upright_and_tells_nothing(company: Company) -> None:
    made = customer(company.admin)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Secret Camera"
    photo = painted("JPEG", (1200, 600), exif=exif)
    file = upload(company.admin, made, photo, "现场.jpg").json
    assert (file["kind"], file["has_thumbnail"]) == ("picture", True)
    answer = company.admin.get(f"/attachments/{file['id']}/thumbnail")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    with Image.open(BytesIO(answer.data)) as small:
        assert small.size == (160, 320)
        assert not small.getexif()
    assert b"Secret" not in answer.data
    plain = upload(company.admin, made, PDF, "合同.pdf").json
    assert company.admin.get(f"/attachments/{plain['id']}/thumbnail").status_code == 404


def test_do_not_exist_for_whoever_does_not_see_the_record(company: Company, store: Store) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    seller = hire(company, "sales").browser
    for path in ("", "/content", "/thumbnail"):
        assert seller.get(f"/attachments/{file['id']}{path}").status_code == 404
    assert seller.get(f"/records/customer/{made['id']}/attachments").status_code == 404
    assert upload(seller, made, PDF, "我的.pdf").status_code == 404
    assert seller.delete(f"/attachments/{file['id']}", version=1).status_code == 404
    assert rows(store, company) == (1, 1)


def test_whoever_only_looks_brings_nothing(company: Company, store: Store) -> None:
    made = customer(company.admin)
    viewer = hire(company, "viewer").browser
    assert upload(viewer, made, PDF, "我的.pdf").status_code == 403
    assert rows(store, company) == (0, 0)
    assert lying(company) == set()


def test_is_taken_off_by_whoever_brought_it_or_may_change_the_record(company: Company) -> None:
    made = customer(company.admin)
    finance = hire(company, "finance").browser
    own, foreign = hang(finance, made, "发票.png"), hang(company.admin, made, "合同.png")
    items = finance.get(f"/records/customer/{made['id']}/attachments").json["items"]
    assert [item["can"]["delete"] for item in items] == [False, True]
    assert finance.delete(f"/attachments/{foreign['id']}", version=1).status_code == 403
    assert finance.delete(f"/attachments/{own['id']}", version=1).status_code == 204
    assert company.admin.delete(f"/attachments/{foreign['id']}", version=1).status_code == 204
    assert listed(company.admin, made) == []


def test_can_be_restored(company: Company) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    path = f"/attachments/{file['id']}"
    assert company.admin.delete(path).status_code == 428
    assert company.admin.delete(path, version=1).status_code == 204
    assert company.admin.get(path).status_code == 404
    assert company.admin.get(f"{path}/content").status_code == 404
    other = hire(company, "service").browser
    assert other.post(f"{path}/restoration").status_code == 404
    restored = company.admin.post(f"{path}/restoration")
    assert (restored.status_code, restored.json["name"]) == (200, "合影.png")
    assert company.admin.get(f"{path}/content").data == painted()
    told = company.admin.get(f"/customers/{made['id']}/timeline?kind=attachment").json["items"]
    assert [item["kind"] for item in told] == ["restored", "deleted", "uploaded"]


def test_can_be_called_otherwise_but_not_something_else(company: Company) -> None:
    made = customer(company.admin)
    path = f"/attachments/{hang(company.admin, made)['id']}"
    renamed = company.admin.patch(path, {"name": "厂房 2026"}, version=1)
    assert (renamed.status_code, renamed.json["name"]) == (200, "厂房 2026.png")
    refused = company.admin.patch(path, {"name": "厂房.exe"}, version=2)
    assert [(e["field"], e["code"]) for e in refused.json["errors"]] == [("name", "file-extension-stays")]
    assert listed(company.admin, made) == ["厂房 2026.png"]


def test_what_was_taken_off_is_let_go_after_a_week(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    assert len(lying(company)) == 2
    assert company.admin.delete(f"/attachments/{file['id']}", version=1).status_code == 204
    now = clock.now()
    for after, left in ((KEPT - timedelta(hours=1), 2), (KEPT + timedelta(hours=2), 0)):
        monkeypatch.setattr(clock, "now", lambda after=after: now + after)
        with company.app.app_context():
            sweeping.sweep()
        assert len(lying(company)) == left
    monkeypatch.undo()
    assert rows(store, company) == (1, 0)
    assert company.admin.post(f"/attachments/{file['id']}/restoration").status_code == 404
    told = company.admin.get(f"/customers/{made['id']}/timeline?kind=attachment").json["items"]
    assert [item["kind"] for item in told] == ["deleted", "uploaded"]


def test_go_with_their_record_and_leave_what_others_refer_to(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, stays = customer(company.admin, "甲公司"), customer(company.admin, "乙公司")
    hang(company.admin, gone)
    hang(company.admin, stays)
    assert upload(company.admin, gone, PDF, "只在这里.pdf").status_code == 201
    assert company.admin.delete(f"/customers/{gone['id']}", version=1).status_code == 204
    assert company.admin.delete(f"/recycle-bin/customer/{gone['id']}", version=2).status_code == 204
    assert rows(store, company) == (1, 2)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + UNTOUCHED + timedelta(hours=2))
    with company.app.app_context():
        sweeping.sweep()
    monkeypatch.undo()
    assert rows(store, company) == (1, 1)
    assert listed(company.admin, stays) == ["合影.png"]
    assert lying(company) == {
        name + end for name in [hashlib.sha256(painted()).hexdigest()] for end in ("", ".thumb")
    }


def test_stop_at_the_companys_room_and_at_what_one_file_may_weigh(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = customer(company.admin)
    monkeypatch.setattr(arrivals, "_limits", Limits(largest=1024, quota=len(PDF) + 10))
    assert code_of(upload(company.admin, made, b"a" * 1025, "长.txt")) == "file-too-large"
    assert upload(company.admin, made, PDF, "一.pdf").status_code == 201
    assert code_of(upload(company.admin, made, PDF + b"%", "二.pdf")) == "no-room-left"
    assert upload(company.admin, made, PDF, "同一份.pdf").status_code == 201
    assert (
        company.admin.post(
            f"/records/customer/{made['id']}/attachments",
            data={"file": (BytesIO(b"a" * 70_000), "很长.txt")},
        ).status_code
        == 413
    )
    assert rows(store, company) == (2, 1)


def test_stop_at_so_many_on_one_record(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    made = customer(company.admin)
    monkeypatch.setattr(arrivals, "MOST_ON_ONE", 1)
    hang(company.admin, made)
    assert code_of(upload(company.admin, made, PDF, "再来.pdf")) == "too-many-files"
    assert listed(company.admin, made) == ["合影.png"]


def test_the_same_key_hangs_a_file_once(company: Company) -> None:
    made = customer(company.admin)
    answers = [
        upload(company.admin, made, PDF, "一.pdf", "customer", **{"Idempotency-Key": "once-and-again"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert listed(company.admin, made) == ["一.pdf"]


def test_a_content_that_is_missing_is_said_to_be(company: Company) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    folder = company.app.config["SETTINGS"].data_dir / "files" / company.slug
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    answer = company.admin.get(f"/attachments/{file['id']}/content")
    assert (answer.status_code, answer.json["code"]) == (404, "file-gone")
