"""A company that writes letters, and what its workers do with them."""

from io import BytesIO
from typing import Any

import pypdf
import pytest

from app.jobs import slices
from tenants.context import tenant_scope
from tests.support.client import Browser, Company

Json = dict[str, Any]
ADDRESS = "江苏省苏州市人民路 1888 号 215000"


class PostRoom:
    """Where letters are written, printed and looked at."""

    def __init__(self, company: Company, browser: Browser) -> None:
        self.company, self.browser = company, browser

    def customer(self, name: str, address: str | None = ADDRESS) -> Json:
        return self.made("/customers", {"name": name, "address": address})

    def contact(self, name: str, customer: Json | None = None, **facts: Any) -> Json:
        host = {"customer_id": customer["id"]} if customer else {}
        return self.made("/contacts", {"name": name, **host, **facts})

    def letter(self, **facts: Any) -> Json:
        told = {"name": "秋季问候", "body": "{{contact.salutation}}，您好！", "audience": {}, **facts}
        return self.made("/letters", told)

    def made(self, path: str, told: Json) -> Json:
        answer = self.browser.post(path, told)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def ask(self, letter: Json, **wanted: Any) -> Json:
        answer = self.browser.post(f"/letters/{letter['id']}/printings", wanted)
        assert answer.status_code == 202, answer.json
        return dict(answer.json)

    def work(self) -> None:
        """Let the workers do a turn's work."""
        with self.company.app.app_context(), tenant_scope(self.company.tenant_id):
            slices.work_a_while()

    def job(self, job: Json) -> Json:
        return dict(self.browser.get(f"/jobs/{job['id']}").json)

    def rows(self, job: Json, outcome: str) -> list[tuple[str, list[str]]]:
        """Who came to this end, and what is said of it."""
        found = self.browser.get(f"/jobs/{job['id']}/rows?outcome={outcome}").json["items"]
        return [(one["label"], one["messages"]) for one in found]

    def printed(self, letter: Json, **wanted: Any) -> list[str]:
        """The text of each page of what is printed."""
        job = self.ask(letter, **wanted)
        self.work()
        assert self.job(job)["state"] == "succeeded", self.job(job)
        return self.pages(job)

    def pages(self, job: Json) -> list[str]:
        """The text of each page of a file."""
        answer = self.browser.get(f"/jobs/{job['id']}/file")
        assert answer.status_code == 200, answer.json
        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.data)).pages]


@pytest.fixture
def room(company: Company) -> PostRoom:
    return PostRoom(company, company.admin)
