"""Uploading files and letting the workers bring them in."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.jobs import slices
from tenants.context import tenant_scope
from tests.support.client import Browser, Company

Json = dict[str, Any]


def multipart(raw: bytes, filename: str, **form: str) -> tuple[bytes, str]:
    """The body of a form with a file, and its boundary."""
    boundary = "a-line-that-stands-in-no-file"
    parts = [f'Content-Disposition: form-data; name="{n}"\r\n\r\n{v}'.encode() for n, v in form.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    parts.append(head.encode() + raw)
    line = f"--{boundary}".encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n", boundary


class Desk:
    """Somebody with files to bring in."""

    def __init__(self, company: Company, browser: Browser) -> None:
        self.company, self.browser = company, browser

    def send(self, content: bytes | str, filename: str = "客户.csv", **form: Any) -> TestResponse:
        raw = content.encode() if isinstance(content, str) else content
        data, boundary = multipart(raw, filename, **form)
        media = f"multipart/form-data; boundary={boundary}"
        return self.browser.post("/imports", data=data, content_type=media)

    def upload(self, content: bytes | str, filename: str = "客户.csv") -> Json:
        answer = self.send(content, filename)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def map(self, wanted: Json, columns: Json | None = None, **rest: Any) -> Json:
        mapping = {**wanted["mapping"], **rest}
        if columns is not None:
            mapping["columns"] = columns
        answer = self.browser.put(
            f"/imports/{wanted['id']}/mapping", mapping, headers={"If-Match": f'"{wanted["version"]}"'}
        )
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def start(self, wanted: Json) -> Json:
        answer = self.browser.post(f"/imports/{wanted['id']}/run")
        assert answer.status_code == 202, answer.json
        return dict(answer.json)

    def work(self) -> None:
        """Let the workers do all there is to do."""
        with self.company.app.app_context(), tenant_scope(self.company.tenant_id):
            slices.work_a_while()

    def bring_in(self, content: bytes | str, columns: Json | None = None, **rest: Any) -> Json:
        """Upload, map and run; returns the job at its end."""
        wanted = self.upload(content)
        if columns is not None or rest:
            wanted = self.map(wanted, columns, **rest)
        job = self.start(wanted)
        self.work()
        return self.job(job["id"])

    def job(self, job_id: str) -> Json:
        return dict(self.browser.get(f"/jobs/{job_id}").json)

    def rows(self, job: Json, outcome: str | None = None) -> list[Json]:
        asked = f"?limit=200&outcome={outcome}" if outcome else "?limit=200"
        return list(self.browser.get(f"/jobs/{job['id']}/rows{asked}").json["items"])


@pytest.fixture
def desk(app: Flask, company: Company) -> Desk:
    return Desk(company, company.admin)
