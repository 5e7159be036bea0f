"""Somebody with a session who asks the API as the pages do, without looking at one."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from playwright.sync_api import APIRequestContext, APIResponse, StorageState

from tests.embedded.running import await_true

PASSWORD = "correct horse 9"
_numbers = count(1)

Arrive = Callable[[], "Person"]


def unique_login() -> str:
    """An e-mail address that nobody else in this run uses."""
    return f"visitor{next(_numbers)}@example.com"


@dataclass(kw_only=True)
class Person:
    """A session with its cookies, and the name it was opened under."""

    site: str
    request: APIRequestContext
    login: str = ""

    @property
    def state(self) -> StorageState:
        """The cookies, for a browser that shall go on with this session."""
        return self.request.storage_state()

    @property
    def me(self) -> str:
        """The id of this person's user."""
        return str(self.call("GET", "/session")["user"]["id"])

    def ask(
        self, method: str, path: str, json: Any = None, *, version: int | None = None, **body: Any
    ) -> APIResponse:
        """A request below /api/v1; its answer, whatever it is."""
        headers = {"X-CSRF-Token": self._csrf()}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        url = f"{self.site}/api/v1{path}"
        return self.request.fetch(url, method=method, data=json, headers=headers, **body)

    def call(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """A request below /api/v1 that must go well; what it answers."""
        answer = self.ask(method, path, json, **more)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def sign_up(self, company: str = "澄川科技", name: str = "秦明远") -> "Person":
        """Have a company, without going through its page."""
        self.login = unique_login()
        self.call("POST", "/signups", {"company": company, "name": name, "login": self.login} | _SECRET)
        return self

    def customer(self, name: str, **facts: Any) -> Any:
        """A customer, made without its page."""
        return self.call("POST", "/customers", {"name": name, **facts})

    def upload(self, text: str) -> Any:
        """A file to import, sent without its page."""
        file = {"name": "展会名单.csv", "mimeType": "text/csv", "buffer": text.encode()}
        return self.call("POST", "/imports", multipart={"type": "customer", "file": file})

    def try_out(self, text: str) -> Any:
        """A file that was tried out."""
        upload = self.upload(text)
        job = self.call("POST", f"/imports/{upload['id']}/check")
        await_true("the trial", lambda: self.call("GET", f"/jobs/{job['id']}")["state"] == "succeeded")
        return upload

    def bring_in(self, text: str) -> tuple[Any, Any]:
        """A file that was imported, and the job that did it."""
        upload = self.upload(text)
        job = self.call("POST", f"/imports/{upload['id']}/run")
        await_true("the import", lambda: self.call("GET", f"/jobs/{job['id']}")["state"] == "succeeded")
        return upload, job

    def gather(self, arrive: Arrive, **codes: str) -> list["Person"]:
        """One colleague for each name and built-in role; each has followed the link in their mail."""
        roles = {role["code"]: role["id"] for role in self.call("GET", "/roles")["items"]}
        logins = {name: unique_login() for name in codes}
        for name, code in codes.items():
            invited = {"login": logins[name], "name": name, "role_ids": [roles[code]]}
            self.call("POST", "/invitations", invited)
        return [arrive().accept(login, name) for name, login in logins.items()]

    def accept(self, login: str, name: str) -> "Person":
        """Join the company that sent this address a mail, as soon as it has arrived."""
        links: list[str] = []

        def has_arrived() -> bool:
            mails = self.request.get(f"{self.site}/dev/mailbox").json()["items"]
            links.extend(link for mail in mails if login in mail["to"] for link in mail["links"])
            return bool(links)

        await_true(f"the mail to {login}", has_arrived)
        self.login = login
        self.call(
            "POST",
            "/invitation-acceptances",
            {"token": links[0].partition("#token=")[2], "name": name} | _SECRET,
        )
        return self

    def _csrf(self) -> str:
        cookies = self.state["cookies"]
        return next((cookie["value"] for cookie in cookies if cookie["name"] == "gx_csrf"), "")


_SECRET = {"password": PASSWORD}
