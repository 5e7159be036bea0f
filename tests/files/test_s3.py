"""Files can lie in S3-compatible storage; every request is signed, and its faults become ours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core import clock
from app.files import storage, sweeping
from app.files.storage.s3 import S3Store
from app.files.sweeping import UNTOUCHED
from tests.contacts.people import customer
from tests.fakes.s3 import ACCESS_KEY, BUCKET, REGION, SECRET_KEY, FakeS3, fake_s3
from tests.files.shelf import hang, listed, lying, painted, upload
from tests.support.client import Company


@pytest.fixture
def s3(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeS3]:
    """The product's files in a bucket."""
    with fake_s3() as server:
        settings = replace(
            company.app.config["SETTINGS"],
            file_store="s3",
            s3_endpoint=server.endpoint,
            s3_bucket=BUCKET,
            s3_access_key=ACCESS_KEY,
            s3_secret_key=SECRET_KEY,
            s3_region=REGION,
        )
        monkeypatch.setattr(storage, "_store", S3Store(settings))
        yield server


def test_keeps_and_gives_back(company: Company, s3: FakeS3) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    assert sorted(key.split("/")[0] for key in s3.objects) == [company.slug] * 2
    assert painted() in s3.objects.values()
    assert company.admin.get(f"/attachments/{file['id']}/content").data == painted()
    assert company.admin.get(f"/attachments/{file['id']}/thumbnail").mimetype == "image/webp"
    assert lying(company) == set()
    assert s3.refused == []


def test_sends_the_same_content_once(company: Company, s3: FakeS3, monkeypatch: pytest.MonkeyPatch) -> None:
    made = customer(company.admin)
    hang(company.admin, made, "一.png")
    kept = dict(s3.objects)
    monkeypatch.setattr(S3Store, "put", None)
    hang(company.admin, made, "二.png")
    assert s3.objects == kept


def test_what_nobody_refers_to_is_removed(
    company: Company, s3: FakeS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = customer(company.admin)
    hang(company.admin, made)
    assert company.admin.delete(f"/customers/{made['id']}", version=1).status_code == 204
    assert company.admin.delete(f"/recycle-bin/customer/{made['id']}", version=2).status_code == 204
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + UNTOUCHED + timedelta(hours=2))
    with company.app.app_context():
        sweeping.sweep()
    assert s3.objects == {}


def test_faults_are_ours_and_hang_nothing(company: Company, s3: FakeS3) -> None:
    made = customer(company.admin)
    file = hang(company.admin, made)
    s3.broken = True
    answer = upload(company.admin, made, b"%PDF-1.4\n", "合同.pdf")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert company.admin.get(f"/attachments/{file['id']}/content").status_code == 503
    s3.broken = False
    assert listed(company.admin, made) == ["合影.png"]
    s3.objects.clear()
    gone = company.admin.get(f"/attachments/{file['id']}/content")
    assert (gone.status_code, gone.json["code"]) == (404, "file-gone")


def test_a_wrong_secret_is_noticed(company: Company, s3: FakeS3, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(
        company.app.config["SETTINGS"],
        s3_endpoint=s3.endpoint,
        s3_bucket=BUCKET,
        s3_access_key=ACCESS_KEY,
        s3_secret_key="another",
        s3_region=REGION,
    )
    monkeypatch.setattr(storage, "_store", S3Store(settings))
    made = customer(company.admin)
    answer = upload(company.admin, made, b"%PDF-1.4\n", "合同.pdf")
    assert (answer.status_code, listed(company.admin, made)) == (503, [])
    assert len(s3.refused) == 1
    assert s3.objects == {}
