"""What operators send with anything wrong in it is refused by name, and does nothing."""

from typing import Any

import pytest

from tests.hostile.answers import fault_of
from tests.hostile.faults import JSON, in_fields, text_of, whole_bodies, wrong_media
from tests.support.client import Browser, Company
from tests.support.operations import Operation, label, operations

ID = "01a2091a-da9b-75b5-9baa-664ce3ae081a"
WHY = "服务商已恢复"
KEPT = [operation for operation in operations() if operation.kept and operation.media == JSON]


def valid(operation: Operation, company: Company) -> dict[str, Any]:
    """A body of an operation with which nothing is wrong."""
    bodies: dict[str, dict[str, Any]] = {
        "session": {"email": "nobody@example.com", "password": "wrong", "code": ""},
        "provider-trials": {"provider": "mail", "reason": WHY},
        "dead-letter-rulings": {
            "company": company.slug, "ids": [ID], "ruling": "drop", "reason": WHY, "sure": True,
        },
        "message-grants": {"company": company.slug, "sms": 1, "mail": None, "reason": WHY},
    }  # fmt: skip
    return bodies[operation.path.rpartition("/")[2]]


@pytest.mark.parametrize("operation", KEPT, ids=label)
def test_what_is_wrong_is_named(operation: Operation, keeper: Browser, company: Company) -> None:
    assert operation.body is not None
    body = valid(operation, company)
    before = keeper.get("/operator/deeds").json
    wrong = {}
    for fault in [*in_fields(operation.body, body), *whole_bodies(), *wrong_media(text_of(body))]:
        answer = keeper.client.open(
            operation.path,
            method=operation.method,
            data=fault.body,
            headers={} if fault.media is None else {"Content-Type": fault.media},
        )
        if said := fault_of(answer, fault.field):
            wrong[fault.what] = said
    assert wrong == {}
    assert keeper.get("/operator/deeds").json == before
    assert company.admin.get("/message-limits").json["granted_sms"] is None
