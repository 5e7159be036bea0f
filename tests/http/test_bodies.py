"""Bodies that come slowly: what is held meanwhile, and what has changed when they are there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import orjson
import pytest

from app.core.db import db
from tests.imports.conftest import multipart
from tests.support.client import Company
from tests.support.people import sign_in


class Slow:
    """A body during whose arrival something happens, once."""

    def __init__(self, body: bytes, meanwhile: Callable[[], Any]) -> None:
        self._body = BytesIO(body)
        self._meanwhile: Callable[[], Any] | None = meanwhile
        self.seek, self.tell = self._body.seek, self._body.tell

    def read(self, size: int = -1) -> bytes:
        if self._meanwhile is not None:
            happen, self._meanwhile = self._meanwhile, None
            happen()
        return self._body.read(size)


def send(company: Company, path: str, body: bytes, media: str, meanwhile: Callable[[], Any]) -> Any:
    """The answer to a POST whose body comes slowly."""
    return company.admin.post(
        path, input_stream=Slow(body, meanwhile), content_type=media, content_length=len(body)
    )


def form() -> tuple[bytes, str]:
    """An upload, and its content type."""
    body, boundary = multipart("公司名称\n澄川科技\n".encode(), "客户.csv")
    return body, f"multipart/form-data; boundary={boundary}"


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "slow-1234-5678"}])
def test_no_transaction_is_open_while_a_body_comes(company: Company, headers: dict[str, str]) -> None:
    open_ones: list[bool] = []
    look = lambda: open_ones.append(db.session().in_transaction())  # noqa: E731
    body = orjson.dumps({"name": "澄川科技"})
    made = company.admin.post(
        "/customers",
        input_stream=Slow(body, look),
        content_type="application/json",
        content_length=len(body),
        headers=headers,
    )
    assert (made.status_code, open_ones) == (201, [False])
    uploaded = send(company, "/imports", *form(), look)
    assert (uploaded.status_code, open_ones) == (201, [False, False])


@pytest.mark.parametrize(
    ("path", "body", "media"),
    [("/customers", orjson.dumps({"name": "澄川科技"}), "application/json"), ("/imports", *form())],
)
def test_who_is_signed_out_while_their_body_comes_is_refused(
    company: Company, path: str, body: bytes, media: str
) -> None:
    other = sign_in(company, company.login)

    def sign_the_first_device_out() -> None:
        with ThreadPoolExecutor(max_workers=1) as pool:
            assert pool.submit(other.delete, "/sessions").result(timeout=30).status_code == 204

    answer = send(company, path, body, media, sign_the_first_device_out)
    assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
    assert other.get("/customers").json["items"] == []
