"""Something that shows a token."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Program:
    """Something that shows a token."""

    def __init__(self, app: Flask, token: str) -> None:
        self.app, self.token = app, token

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        return self.app.test_client(use_cookies=False).open(
            f"/api/v1{path}",
            method=method,
            headers={"Authorization": f"Bearer {self.token}", **options.pop("headers", {})},
            **options,
        )
