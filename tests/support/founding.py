"""Making the company of a world: somebody for each role, and several records of every kind."""

from contextlib import suppress
from io import BytesIO
from typing import Any

import xlsxwriter
from flask import Flask

from app.access.builtin import ADMINISTRATOR
from app.core.ids import new_id
from app.handovers.approving import KIND
from app.jobs import slices
from tenants.context import tenant_scope
from tests.support.client import sign_up
from tests.support.lending import spread_advances
from tests.support.operations import API, Operation, operations
from tests.support.outreach import let_campaigns_stand, spread_messages
from tests.support.pictures import painted
from tests.support.samples import MARK, CannotPlace, approval_by, form_field
from tests.support.spending import spread_claims, spread_requests
from tests.support.store import Store
from tests.support.world import ENGLISH, FILE, TEXT, Member, World

ROUNDS = 3
SPARE = 4
SHEET = "名单"
STATES = ("submitted", "approved", "sent", "declined")


def workbook() -> bytes:
    """The same rows in the second sheet of a workbook."""
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        book.add_worksheet("说明").write_column(0, 0, ["公司名称", "甲"])
        sheet = book.add_worksheet(SHEET)
        for number, line in enumerate(FILE.decode().splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return kept.getvalue()


def build(app: Flask, store: Store) -> World:
    """A company with a member of every built-in role and several records of every kind."""
    company = sign_up(app, name=f"{MARK} 科技")
    world = World(app, store, store.tenant_id(company.slug), company.slug)
    hire(world)
    for member in world.members.values():
        ring(world, member)
    let_flows_be_in_force(world)
    let_forms_be_in_force(world)
    let_plans_begin(world)
    let_campaigns_stand(world, _send, SPARE)
    for _ in range(ROUNDS):
        attempt(world, "POST", 201)
    # Twice: what is used up later is then there once more.
    attempt(world, "POST", 202)
    attempt(world, "POST", 202)
    finish(world)
    attempt(world, "DELETE", 204)
    # What was used up is there once more, and what was begun is still waiting.
    attempt(world, "POST", 201)
    attempt(world, "POST", 202)
    world.file = (workbook(), "名单.xlsx")
    attempt(world, "POST", 201)
    world.file = TEXT
    # Merging uses them up.
    for _ in range(SPARE):
        world.perform(_operation(f"POST {API}/customers"))
    let_approvals_stand(world)
    let_entries_come_back(world)
    noted_by_another(world)
    fill_price_book(world)
    spread_quotes(world)
    send_a_link(world)
    spread_requests(world)
    spread_claims(world)
    spread_advances(world)
    spread_messages(world)
    # The first rule has been removed, and its plans with it.
    let_plans_begin(world)
    let_campaigns_stand(world, _send, SPARE)
    put_aside(world)
    # An import that is over can be taken back, though that was asked for already.
    store.rows("UPDATE imports SET undo_id = NULL WHERE tenant_id = %s", world.tenant_id)
    return world


def finish(world: World) -> None:
    """Let the workers do all that was begun."""
    unfinished = "SELECT 1 FROM jobs WHERE tenant_id = %s AND state IN ('queued', 'running')"
    while world.store.rows(unfinished, world.tenant_id):
        with world.app.app_context(), tenant_scope(world.tenant_id):
            slices.work_a_while()


def attempt(world: World, method: str, status: int) -> None:
    """Do each operation of this kind once, as far as it can be done by now; the tests insist later."""
    for operation in operations():
        asked = operation.signed_in and operation.method == method and status in operation.successes
        if asked and (method != "DELETE" or _to_the_bin(world, operation)):
            with suppress(CannotPlace):
                world.perform(operation)


def let_flows_be_in_force(world: World) -> None:
    """A flow that waits for the administrator, whoever submits; drawn anew since. Other kinds go without."""
    drawing = {"definition": {"nodes": [approval_by(world.admin.user_id)]}}
    for kind in (KIND,):
        flow = _send(world, "POST", "/approval-flows", {"kind": kind, "name": f"{MARK} {kind}"})
        path = f"/approval-flows/{flow['id']}"
        for deed in ("draft", "publication", "draft"):
            method, sent = ("PUT", drawing) if deed == "draft" else ("POST", None)
            flow = _send(world, method, f"{path}/{deed}", sent, flow["version"])


def let_forms_be_in_force(world: World) -> None:
    """Forms that everybody may start and the administrator manages."""
    managed = {"access": {"manage": {"user_ids": [world.admin.user_id]}}}
    for n in range(SPARE):
        made = {"name": f"{MARK} 表单 {n}", "definition": {"fields": [form_field()]}}
        form = _send(world, "POST", "/forms", made)
        form = _send(world, "PATCH", f"/forms/{form['id']}", managed, form["version"])
        _send(world, "POST", f"/forms/{form['id']}/publication", None, form["version"])


def let_plans_begin(world: World) -> None:
    """A rule at work: whoever becomes a customer is in a plan from then on."""
    steps = [{"amount": 1, "task": f"{MARK} {{{{contact.name}}}}"}] * 3
    trigger = {"kind": "event", "happening": "customer-created"}
    rule = _send(world, "POST", "/care-rules", {"name": f"{MARK} 欢迎", "trigger": trigger, "steps": steps})
    _send(world, "POST", f"/care-rules/{rule['id']}/switch", {"on": True})
    for _ in range(SPARE):
        world.perform(_operation(f"POST {API}/customers"))


def let_entries_come_back(world: World) -> None:
    """Of each form something that the administrator has filled in and that came back."""
    back = "UPDATE form_entries SET state = 'returned' WHERE tenant_id = %s AND owner_id = %s"
    forms = [
        row["id"]
        for row in world.store.rows(
            "SELECT id FROM forms WHERE tenant_id = %s AND state = 'published' AND published_version = 1",
            world.tenant_id,
        )
    ]
    for form_id in forms:
        filled = {"number": 1, "values": {"f_note": MARK}}
        _send(world, "POST", f"/request-forms/{form_id}/entries", filled)
    world.store.rows(back, world.tenant_id, world.admin.user_id)


def let_approvals_stand(world: World) -> None:
    """One that is back with its submitter, one that was taken back, and some to decide."""
    returned, taken = (_asked_for(world) for _ in range(2))
    said, seat = {"decision": "send-back", "comment": MARK}, returned["seat"]
    _send(world, "POST", f"/approval-seats/{seat['id']}/decision", said, seat["version"])
    _send(world, "POST", f"/approvals/{taken['id']}/withdrawal", {})
    _let_files_hang(world, taken["id"])
    _let_seats_be_signed(world, returned["id"])


def _let_files_hang(world: World, approval_id: str) -> None:
    """One more approval, of a quote that a picture hangs on."""
    store, quote_id = world.store, world.ids("quotes")[0]
    store.copy_row("approvals", "id", approval_id, kind="quote", subject_id=quote_id)
    picture = "SELECT id FROM attachments WHERE tenant_id = %s AND has_thumbnail ORDER BY id LIMIT 1"
    [found] = store.rows(picture, world.tenant_id)
    hung = {"record_type": "quote", "record_id": quote_id, "field": None, "deleted_at": None}
    store.copy_row("attachments", "id", found["id"], **hung)


def _let_seats_be_signed(world: World, approval_id: str) -> None:
    signed = new_id()
    world.store.rows(
        "INSERT INTO approval_signatures (tenant_id, id, approval_id, user_id, picture, made_at) "
        "VALUES (%s, %s, %s, %s, %s, now())",
        world.tenant_id,
        signed,
        approval_id,
        world.admin.user_id,
        painted(),
    )
    world.store.rows(
        "UPDATE approval_seats SET signature_id = %s WHERE tenant_id = %s", signed, world.tenant_id
    )


def _asked_for(world: World) -> Any:
    customer = _send(world, "POST", "/customers", {"name": MARK})
    asked = {"to_id": world.ids("users")[-1], "reason": MARK}
    return _send(world, "POST", f"/customers/{customer['id']}/handover-requests", asked)


def _operation(called: str) -> Operation:
    return next(operation for operation in operations() if str(operation) == called)


def _send(world: World, method: str, path: str, sent: Any, version: int | None = None) -> Any:
    headers = {"Authorization": f"Bearer {world.admin.token}"}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    client = world.app.test_client(use_cookies=False)
    answer = client.open(f"{API}{path}", method=method, json=sent, headers=headers)
    assert answer.status_code < 300, answer.json
    return answer.json


def put_aside(world: World) -> None:
    """Something of each kind that its own door can bring back, at a record that is still there."""
    for operation in operations():
        if operation.path.endswith("}/restoration") and len(operation.of("path")) == 1:
            detail = operation.path.removesuffix("/restoration")
            world.perform(next(o for o in operations() if (o.method, o.path) == ("DELETE", detail)))


def fill_price_book(world: World) -> None:
    """A price book with a price, without which it is never active."""
    world.perform(_operation(f"PATCH {API}/price-books/{{price_book_id}}/prices"))


def noted_by_another(world: World) -> None:
    """A follow-up that the administrator did not write."""
    first = world.ids("activities")[0]
    author = next(member.user_id for code, member in world.members.items() if code != ADMINISTRATOR)
    world.store.copy_row("activities", "id", first, author_id=author)


def spread_quotes(world: World) -> None:
    """A quote in each state that something can be done with."""
    by_name = {str(operation): operation for operation in operations()}
    make, submit = (by_name[f"POST {API}/quotes{path}"] for path in ("", "/{quote_id}/submission"))
    for _ in range(SPARE):
        world.perform(make)
        world.perform(submit)
    world.perform(make)
    out = "SELECT id FROM quotes WHERE tenant_id = %s AND deleted_at IS NULL AND state <> 'draft'"
    for row, state in zip(world.store.rows(f"{out} ORDER BY id", world.tenant_id), STATES, strict=False):
        world.store.rows(
            "UPDATE quotes SET state = %s, in_approval = %s WHERE tenant_id = %s AND id = %s",
            state,
            state == "submitted",
            world.tenant_id,
            row["id"],
        )


def send_a_link(world: World) -> None:
    """A link to a quote that is out."""
    world.perform(_operation(f"POST {API}/quotes/{{quote_id}}/links"))


def _to_the_bin(world: World, operation: Operation) -> bool:
    """Whether an operation only puts a record aside."""
    places = operation.of("path")
    if len(places) != 1 or not operation.needs_version:
        return False
    return "deleted_at" in world.store.columns[world.table_in(operation, places[0].name, {})]


def hire(world: World) -> None:
    """A member for each built-in role but the administrator, in a department of their own."""
    store, here = world.store, world.tenant_id
    boss = store.rows("SELECT * FROM users WHERE tenant_id = %s", here)[0]
    root = boss["department_id"]
    aside = store.copy_row("departments", "id", root, parent_id=root, name=f"{MARK} 分部")
    for role in store.rows("SELECT id, code FROM roles WHERE tenant_id = %s", here):
        if role["code"] in {None, ADMINISTRATOR}:
            continue
        login, name = f"{role['code']}-{world.slug}@example.com", f"{MARK} {role['code']}"
        person = store.copy_row("persons", "id", boss["person_id"], name=name)
        store.rows("INSERT INTO sign_in_names (value, person_id) VALUES (%s, %s)", login, person)
        user = store.copy_row(
            "users", "id", boss["id"], person_id=person, login=login, name=name, department_id=aside
        )
        store.copy_row("person_tenants", "person_id", boss["person_id"], person_id=person, user_id=user)
        store.copy_row("user_roles", "user_id", boss["id"], user_id=user, role_id=role["id"])
        store.copy_row("user_sessions", "user_id", boss["id"], user_id=user, person_id=person)
    # One of them reads English, so that both languages are heard.
    store.rows(
        "UPDATE persons SET locale = 'en' WHERE id = (SELECT person_id FROM sign_in_names WHERE value = %s)",
        f"{ENGLISH}-{world.slug}@example.com",
    )


def ring(world: World, member: Member) -> None:
    """Something under a member's bell."""
    world.store.rows(
        "INSERT INTO notifications (tenant_id, id, user_id, kind, facts, created_at)"
        " VALUES (%s, %s, %s, 'sample', '{}', now())",
        world.tenant_id,
        new_id(),
        member.user_id,
    )
