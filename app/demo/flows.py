"""How the first demo company has its customers handed over: within a department quickly, across with both sides."""

from typing import Any

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Role
from app.approvals.services import flows
from app.approvals.states import Openness
from app.core.db import db
from app.core.uow import unit_of_work


def draw(administrator: Actor) -> None:
    """Draw the flow and put it in force; then begin to draw what is to follow."""
    with unit_of_work():
        boss = db.session.scalars(select(Role.id).where(Role.code == "administrator")).one()
        flow = flows.create(
            administrator,
            kind="customer-transfer",
            name="客户转移审批",
            description="部门内由上级同意，跨部门另由管理员确认",
            openness=Openness.HALF_OPEN,
        )
        flows.draw(administrator, flow, {"nodes": _nodes(str(boss))})
        flows.publish(administrator, flow)
        coming = [*_nodes(str(boss)), _node("copy", "told", "抄送提交人", [{"by": "submitter"}])]
        flows.draw(administrator, flow, {"nodes": coming})


def _nodes(boss_id: str) -> list[dict[str, Any]]:
    superior = [{"by": "manager", "level": 1}]
    within = [{**_node("approve", "near", "上级审批", superior), "timeout": _days(2)}]
    sides = [
        {"id": "giving", "name": "移出方", "nodes": [_node("approve", "head", "移出部门负责人", superior)]},
        {
            "id": "taking",
            "name": "公司",
            "nodes": [_node("approve", "office", "管理员确认", [{"by": "role", "id": boss_id}])],
        },
    ]
    across = [{"id": "sides", "type": "parallel", "name": "双方同意", "arms": sides}]
    same = {"field": "same_department", "op": "eq", "value": True}
    ways = [
        {"id": "inside", "name": "部门内转移", "when": {"and": [same]}, "nodes": within},
        {"id": "outside", "name": "跨部门转移", "nodes": across},
    ]
    owner = _node("copy", "owner", "抄送原负责人", [{"by": "owner"}])
    return [{"id": "where", "type": "branch", "name": "转移范围", "arms": ways}, owner]


def _node(word: str, node_id: str, name: str, who: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": node_id, "type": word, "name": name, "who": who}


def _days(amount: int) -> dict[str, Any]:
    return {"amount": amount, "unit": "working-days", "then": "escalate"}
