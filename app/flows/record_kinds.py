"""The kinds of records on which comments and files can hang; those of mail are in `template_files.py`.

A further kind is one more `register`, and publishes `RecordsGone` when its records go for ever.
"""

from uuid import UUID

from app.access.permissions import Permission
from app.access.rules import Rule
from app.activities import cards as activity_cards
from app.activities import policies as activity_policies
from app.activities import queries as activities
from app.activities.models import Activity
from app.advances import cards as advance_cards
from app.advances import policies as advance_policies
from app.advances import queries as advances
from app.advances.models import Advance
from app.approvals import policies as approval_policies
from app.approvals import queries as approvals
from app.approvals.cards import seen as approvals_seen
from app.approvals.models import Approval
from app.assets import cards as asset_cards
from app.assets import policies as asset_policies
from app.assets import queries as assets
from app.assets.models import Asset
from app.comments import policies as comment_policies
from app.comments import queries as comments
from app.contacts import cards as contact_cards
from app.contacts import policies as contact_policies
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.customers import cards as customer_cards
from app.customers import policies as customer_policies
from app.customers import queries as customers
from app.customers.models import Customer
from app.expense_requests import cards as request_cards
from app.expense_requests import policies as request_policies
from app.expense_requests import queries as expense_requests
from app.expense_requests.models import ExpenseRequest
from app.expenses import cards as expense_cards
from app.expenses import policies as expense_policies
from app.expenses import queries as expenses
from app.expenses.models import ExpenseClaim
from app.files import uploads
from app.forms import queries as forms
from app.forms.definitions import ENTITY
from app.forms.models import FormEntry
from app.products import cards as product_cards
from app.products import policies as product_policies
from app.products import queries as products
from app.products.models import Product
from app.quotes import cards as quote_cards
from app.quotes import policies as quote_policies
from app.quotes import queries as quotes
from app.quotes.models import Quote
from app.records.kinds import Place, RecordKind, register
from app.service_records import cards as service_cards
from app.service_records import policies as service_policies
from app.service_records import queries as service_records
from app.service_records.models import ServiceRecord
from app.tasks import cards as task_cards
from app.tasks import policies as task_policies
from app.tasks import queries as tasks
from app.tasks.models import Task


def _told(record_id: UUID, customer_id: UUID | None, contact_id: UUID | None) -> dict[str, UUID | None]:
    """On whose timelines something about a record is told."""
    about = customer_id or contact_id or record_id
    return {"about_id": about, "also_about_id": contact_id if contact_id != about else None}


def _customer(row: Customer) -> Place:
    return Place(label=row.name, link=f"/customers/{row.id}?tab=comments", about_id=row.id)


def _contact(row: Contact) -> Place:
    link = f"/contacts/{row.id}?tab=comments"
    return Place(label=row.name, link=link, **_told(row.id, row.customer_id, row.id))


def _activity(row: Activity) -> Place:
    page = f"/customers/{row.customer_id}" if row.customer_id else f"/contacts/{row.contact_id}"
    told = _told(row.id, row.customer_id, row.contact_id)
    return Place(label=row.gist, link=f"{page}?tab=activities&activity={row.id}", **told)


def _task(row: Task) -> Place:
    told = _told(row.id, row.customer_id, row.contact_id)
    return Place(label=row.title, link=f"/tasks?open={row.id}", **told)


def _product(row: Product) -> Place:
    return Place(label=row.name, link=f"/products/{row.id}?tab=comments", about_id=row.id)


def _quote(row: Quote) -> Place:
    link = f"/quotes/{row.id}?tab=comments"
    return Place(label=row.label, link=link, about_id=row.customer_id, also_about_id=row.contact_id)


def _asset(row: Asset) -> Place:
    link = f"/equipment/{row.id}?tab=comments"
    return Place(label=row.label, link=link, about_id=row.customer_id, also_about_id=row.contact_id)


def _service_record(row: ServiceRecord) -> Place:
    link = f"/service-records?open={row.id}"
    return Place(label=row.gist, link=link, about_id=row.customer_id, also_about_id=row.asset_id)


def _approval(row: Approval) -> Place:
    return Place(label=row.title, link=f"/approvals/{row.id}", about_id=row.subject_id)


def _expense_claim(row: ExpenseClaim) -> Place:
    return Place(label=row.label, link=f"/expenses/{row.id}?tab=comments", about_id=row.id)


def _expense_request(row: ExpenseRequest) -> Place:
    return Place(label=row.label, link=f"/expense-requests/{row.id}?tab=comments", about_id=row.id)


def _advance(row: Advance) -> Place:
    return Place(label=row.label, link=f"/advances/{row.id}?tab=comments", about_id=row.id)


def _collaborators(row: Contact | Activity | Quote | Asset | ServiceRecord) -> list[UUID]:
    return customers.collaborator_ids(row.customer_id) if row.customer_id else []


register(
    RecordKind(
        word="customer",
        get=customers.get,
        demand=customer_cards.demand,
        read=customer_policies.read,
        update=customer_policies.update,
        place=_customer,
        shared_with=lambda row: customers.collaborator_ids(row.id),
    )
)
register(
    RecordKind(
        word="contact",
        get=contacts.get,
        demand=contact_cards.demand,
        read=contact_policies.read,
        update=contact_policies.update,
        place=_contact,
        shared_with=_collaborators,
    )
)
register(
    RecordKind(
        word="activity",
        get=activities.get,
        demand=activity_cards.demand,
        read=activity_policies.read,
        update=activity_policies.update,
        place=_activity,
        shared_with=_collaborators,
        annotate=activity_policies.annotate,
        answerable=lambda row: (row.author_id, row.owner_id),
    )
)
register(
    RecordKind(
        word="task",
        get=tasks.get,
        demand=task_cards.demand,
        read=task_policies.read,
        update=task_policies.update,
        place=_task,
    )
)
register(
    RecordKind(
        word="product",
        get=products.get,
        demand=product_cards.demand,
        read=product_policies.read,
        update=product_policies.manage,
        place=_product,
    )
)
register(
    RecordKind(
        word="quote",
        get=quotes.get,
        demand=quote_cards.demand,
        read=quote_policies.read,
        update=quote_policies.update,
        place=_quote,
        shared_with=_collaborators,
    )
)
register(
    RecordKind(
        word="asset",
        get=assets.get,
        demand=asset_cards.demand,
        read=asset_policies.read,
        update=asset_policies.update,
        place=_asset,
        shared_with=_collaborators,
    )
)
register(
    RecordKind(
        word="service-record",
        get=service_records.get,
        demand=service_cards.demand,
        read=service_policies.read,
        update=service_policies.update,
        place=_service_record,
        shared_with=_collaborators,
    )
)
register(
    RecordKind(
        word="approval",
        get=approvals.get,
        demand=approvals_seen.demand,
        read=approval_policies.read,
        update=approval_policies.manage,
        place=_approval,
        sees=approvals.who_see,
    )
)
register(
    RecordKind(
        word="expense-claim",
        get=expenses.get,
        demand=expense_cards.demand,
        read=expense_policies.read,
        update=expense_policies.write,
        place=_expense_claim,
    )
)
register(
    RecordKind(
        word="expense-request",
        get=expense_requests.get,
        demand=request_cards.demand,
        read=request_policies.read,
        update=request_policies.write,
        place=_expense_request,
    )
)
register(
    RecordKind(
        word="advance",
        get=advances.get,
        demand=advance_cards.demand,
        read=advance_policies.read,
        update=advance_policies.write,
        place=_advance,
    )
)
register(
    RecordKind(
        word="comment",
        get=comments.seen,
        demand=lambda _connection, actor, comment_id: comments.seen(actor, comment_id),
        # Whoever said it brings files for it; whoever sees the record sees them.
        read=comment_policies.change,
        update=comment_policies.change,
        place=lambda said: said.record.place,
    )
)
# Whoever filled a form in brings files for it; they lie in its fields.
_own_entry: Rule[FormEntry] = Rule(
    Permission.ATTACHMENT_CREATE, when=lambda actor, entry: entry.owner_id == actor.id
)
register(
    RecordKind(
        word=ENTITY,
        get=forms.shown_to,
        demand=lambda _connection, actor, entry_id: forms.shown_to(actor, entry_id),
        read=_own_entry,
        update=_own_entry,
        place=lambda entry: Place(label=entry.title, link=f"/form-entries/{entry.id}", about_id=entry.id),
    )
)
register(uploads.KIND)
