"""No service is without a lock, and none changes rows without telling the trail."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

from app.access.permissions import Permission
from app.access.rules import Rule
from tests.architecture.source import Module, called, modules

# The floors below access lock nothing: they are called by those who are locked.
BELOW = ("app.core", "app.config", "app.audit", "app.events", "app.embedded", "app.access.rules", "tenants")
READERS = {"cards", "policies", "queries"}


def is_service(module: Module) -> bool:
    parts = module.name.split(".")
    return "services" in parts and not module.name.startswith(BELOW)


def own_functions(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, function in vars(module).items():
        if (
            inspect.isfunction(function)
            and function.__module__ == module.__name__
            and not name.startswith("_")
        ):
            yield name, function


def test_every_service_is_locked() -> None:
    open_services = [
        f"{module.name}.{name}"
        for module in modules()
        if is_service(module)
        for name, function in own_functions(importlib.import_module(module.name))
        if not hasattr(function, "rule")
    ]
    assert open_services == []


def test_whoever_acts_is_locked() -> None:
    """Outside services too: what takes an actor and is not a question is locked."""
    open_verbs = []
    for module in modules():
        if not module.name.startswith("app.") or module.name.startswith((*BELOW, "app.http")):
            continue
        if READERS & set(module.name.split(".")):
            continue
        for name, function in own_functions(importlib.import_module(module.name)):
            parameters = list(inspect.signature(function).parameters)  # type: ignore[arg-type]
            if parameters[:1] == ["actor"] and not hasattr(function, "rule"):
                open_verbs.append(f"{module.name}.{name}")
    assert open_verbs == []


def test_every_lock_is_a_permission_a_rule_or_a_reason() -> None:
    for module in modules():
        if not module.name.startswith("app.") or module.name.startswith("app.embedded"):
            continue
        for name, function in own_functions(importlib.import_module(module.name)):
            rule = getattr(function, "rule", None)
            if isinstance(rule, str) and not isinstance(rule, Permission):
                assert len(rule) > 10, f"{module.name}.{name}: {rule}"
            elif rule is not None:
                assert isinstance(rule, Permission | Rule), f"{module.name}.{name}"


# What may be written in bulk without a line in the trail, by model or by function.
UNTOLD = {
    "AuditRecord": "the trail itself",
    "AuditChain": "where the seals on the trail end",
    "AuditSeal": "a seal on the trail",
    "IdempotencyKey": "the answer of a request that told its own change",
    "UserSession": "signing in and out is told; the sessions are how it is done",
    "RefreshToken": "a link in a session",
    "Delivery": "a message on its way; what caused it is told",
    "OutreachMessage": "what somebody is to be told; the rule that plans it, and deeds by hand, are told",
    "OutreachClick": "that somebody outside has followed a link",
    "OutreachTry": "a way that a message takes",
    "SmsReply": "what people have answered; what follows from it is told",
    "SmsFiling": "what a vendor says of a text; that it was handed in is told",
    "SmsAccount": "what is wrong with an account right now",
    "DeliveryReference": "by which name a provider tells of a message",
    "DeliveryReceipt": "what providers tell; the state of the delivery shows it",
    "OperatorSession": "who keeps the installation belongs to no company; deeds are told in their own list",
    "app.operators.sessions._proven": "a code is spent; the sign-in it opens is in the list of deeds",
    "app.operators.dead_letters.rule": "told by _tell, and in the list of deeds",
    "OutboxSample": "numbers, for those who keep the installation",
    "OutboxGauge": "numbers, for those who keep the installation",
    "SmsInquiry": "what is still to be asked; the state of the delivery shows what was answered",
    "WebhookDelivery": "an event on its way; what it tells of is told",
    "Notification": "a message under the bell; what caused it is told",
    "JobRow": "what became of a row; the record itself is told",
    "BulkRow": "for which records a job is; the records themselves are told",
    "ImportEffect": "what can be taken back; what was done and the taking back are told",
    "ImportKey": "what rows are recognised by while a file is tried out",
    "ImportLink": "a parent still to be tied; the tying is told",
    "SearchEntry": "an index over records; the record itself is told",
    "FieldValue": "an index over custom fields; the record itself is told",
    "CustomerCollaborator": "told as a change of the customer",
    "PriceBookCustomer": "told as a change of the price book",
    "CustomerPhone": "an index over the phones of a customer, which is told",
    "CustomerTag": "an index over the tags of a customer, which is told",
    "Tag": "a word; the customer that first bears it is told",
    "app.activities.following._set": "what happened to the customer or contact is told there",
    "app.activities.following._remove": "that the customer or contact is gone is told there",
    "Attachment": "taking it off is told; that the record is gone is told there",
    "Blob": "bytes; the attachment is told",
    "CampaignPerson": "whom a campaign means; that it began is told, and each of them gets a message",
    "app.campaigns.planning._look_again": "how far a campaign has come is no change of it",
    "app.campaigns.planning._write": "messages say themselves what became of them",
    "app.campaigns.planning.give_back": "whoever pauses a campaign is told",
    "app.outreach.planning.unwrite": "nothing has happened yet; whoever pauses a campaign is told",
    "app.care.beginning._begin": "a plan that a rule begins; the rule, and what is done by hand, are told",
    "CareRunStep": "a step of a plan; that it was taken shows in messages and tasks, leaving it out is told",
    "app.care.planning.scan": "how far a rule was looked through is no change of it",
    "app.care.stepping.settle": "what has come of steps is told by their messages and tasks",
    "app.approvals.services.steering.read": "what one has read of one's own is nobody else's affair",
    "app.tasks.revising.write": "whoever lets tasks become something tells what",
    "Comment": "taking it back is told; that the record is gone is told there",
    "app.tasks.following._forget": "that the record is gone is told there",
    "app.tasks.following._forget_in_series": "that the record is gone is told there",
    "app.tasks.tidying._remove": "that it was deleted is told",
    "app.tasks.series.begin": "told with the other changes of the task that begins it",
    "app.jobs.leases.take": "progress; starting and stopping a job are told",
    "app.jobs.leases._change": "progress; starting and stopping a job are told",
    "ExpenseLine": "told as a change of the claim; that a customer or quote is gone is told there",
    "ExpenseRequestLine": "told as a change of the request",
    "app.expense_requests.following._set": "that the customer or quote is gone is told there",
    "BudgetOutlay": "a copy of what claims and requests say; what becomes of those is told",
    "ExpenseReceipt": "told as a change of the claim",
    "app.expense_kinds.services.found": "what every company begins with; its founding is told",
    "app.message_templates.services.found": "what every company begins with; its founding is told",
    "app.papers.services._lead": "told with the other changes of the layout that is taken from now on",
    "app.quotes.following.layouts_gone": "that the layout is gone is told there",
    "QuoteLine": "told as a change of the quote",
    "QuoteVersion": "what was submitted and what became of it are told of the quote",
    "app.quotes.following._set": "what happened to the customer or contact is told there",
    "app.quotes.following.customer_gone": "that the customer is gone is told there",
    "app.contacts.following.to_owner": "a copy of the customer's owner; the transfer is told",
    "app.access.sessions.user_seen": "being here is no change of the user",
    "app.access.acceptance._use": "joining is told by whoever accepts",
    "app.access.actors.forget_person": "a counter; the change that raised it is told",
    "app.access.proofs.take_totp": "a code is spent; the sign-in it opens is told",
    "app.access.proofs.forget": "told by whoever takes it away",
    "app.access.second_factor.begin": "nothing counts until it is confirmed, which is told",
    "RecoveryCode": "a code is spent or renewed; the sign-in or renewal is told",
    "app.access.actors.access_changed": "a counter; the change that raised it is told",
    "app.access.services.departments._set_heads": "told with the other changes of the department",
    "app.access.services.users._give_roles": "told with the other changes of the user",
}


def test_bulk_writes_tell_the_trail() -> None:
    """A function that changes many rows at once records it, or is named above with its reason."""
    untold = {
        (f"{module.name}.{function.name}", model)
        for module in modules()
        if module.name.startswith("app.")
        for function in top_functions(module)
        if not any(called(call) in {"record", "record_many", "tell"} for call in calls_in(function))
        for model in written_in_bulk(function)
    }
    assert {(where, model) for where, model in untold if not {where, model} & set(UNTOLD)} == set()
    assert set(UNTOLD) - {name for pair in untold for name in pair} == set()


def top_functions(module: Module) -> Iterator[ast.FunctionDef]:
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (inner for inner in node.body if isinstance(inner, ast.FunctionDef))


def calls_in(function: ast.FunctionDef) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Call))


def written_in_bulk(function: ast.FunctionDef) -> Iterator[str]:
    """The X of SQLAlchemy's `insert(X)`, `update(X)`, `delete(X)`, and of our `insert_many(X, ...)`,
    `put_into(X, ...)` and `rewrite(X, ...)`."""
    for call in calls_in(function):
        if (
            isinstance(call.func, ast.Name)
            and call.func.id in {"insert", "insert_many", "put_into", "rewrite", "update", "delete"}
            and call.args
            and isinstance(call.args[0], ast.Name)
            and call.args[0].id[:1].isupper()
        ):
            yield call.args[0].id
