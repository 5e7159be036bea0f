"""What became of what was to be told, and the time that passes meanwhile."""

from datetime import timedelta
from typing import Any

from tests.support.client import Company
from tests.support.store import Store


def deliveries(company: Company, webhook: dict[str, Any], **asked: str) -> list[dict[str, Any]]:
    answer = company.admin.get(f"/webhooks/{webhook['id']}/deliveries", query_string=asked)
    assert answer.status_code == 200, answer.json
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def detail(company: Company, delivery: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = company.admin.get(f"/webhook-deliveries/{delivery['id']}").json
    return found


def later(store: Store, company: Company, **by: float) -> None:
    """Let time pass for what waits, and for what was tried before."""
    passed = timedelta(**by)
    waiting = ("next_at", "give_up_at", "claimed_until")
    for table, columns in (("webhook_deliveries", waiting), ("webhook_attempts", ("at",))):
        changes = ", ".join(f"{column} = {column} - %s" for column in columns)
        values = [passed] * len(columns)
        store.rows(f"UPDATE {table} SET {changes} WHERE tenant_id = %s", *values, company.tenant_id)
