"""What every refusal must look like."""

import re

from werkzeug.test import TestResponse

PROBLEM = "application/problem+json"
CHINESE = re.compile(r"[一-鿿]")
ALWAYS = {"type", "title", "status", "code", "detail", "instance", "request_id"}


def fault_of(answer: TestResponse, field: str | None = None, *, english: bool = False) -> str | None:
    """What is wrong with a refusal; None when it is as it must be."""
    if not 400 <= answer.status_code < 500:
        return f"{answer.status_code}: {answer.get_data(as_text=True)[:200]}"
    if answer.mimetype != PROBLEM:
        return f"{answer.status_code} {answer.mimetype}"
    body = answer.json
    if missing := ALWAYS - set(body):
        return f"{answer.status_code} without {missing}"
    said = [body["detail"], *(error["message"] for error in body.get("errors", []))]
    if any(bool(CHINESE.search(sentence)) == english or "—" in sentence for sentence in said):
        return f"says {said}"
    if field is not None and not names(body, field):
        return f"{answer.status_code} {body['code']} names {[e['field'] for e in body.get('errors', [])]}"
    return None


def names(body: dict[str, object], field: str) -> bool:
    """Whether a problem is about a field, or something within it."""
    errors = body.get("errors", [])
    assert isinstance(errors, list)
    return any(error["field"] == field or error["field"].startswith(f"{field}.") for error in errors)
