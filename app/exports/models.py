"""What an export is asked for; its job tells the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.activities import queries as activities
from app.activities import rows as activity_rows
from app.activities.cards import LISTING as ACTIVITIES
from app.advances import cards as advance_cards
from app.advances import queries as advances
from app.assets import cards as asset_cards
from app.assets import queries as assets
from app.care import cards as care_cards
from app.care import queries as care
from app.contacts import cards as contact_cards
from app.contacts import queries as contacts
from app.customers import cards as customer_cards
from app.customers import queries as customers
from app.expense_requests import cards as request_cards
from app.expense_requests import queries as requests
from app.expenses import cards as expense_cards
from app.expenses import queries as expenses
from app.lists.pages import Listing
from app.lists.questions import Question
from app.lists.scopes import Reach
from app.outreach import cards as outreach_cards
from app.products import cards as product_cards
from app.products import queries as products
from app.purchases import cards as purchase_cards
from app.purchases import queries as purchases
from app.quotes import cards as quote_cards
from app.quotes import queries as quotes
from app.service_records import cards as service_cards
from app.service_records import queries as service_records
from app.spreadsheets.registry import (
    ACTIVITY,
    ADVANCE,
    ASSET,
    CARE_RULE,
    CONTACT,
    CUSTOMER,
    EXPENSE_CLAIM,
    EXPENSE_REQUEST,
    OUTREACH_MESSAGE,
    PRODUCT,
    PURCHASE,
    QUOTE,
    SERVICE_RECORD,
    TASK,
)
from app.tasks import cards as task_cards

JOB_KIND = "export"


class Format(StrEnum):
    """What kind of file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list, what is asked of it, and how it shall be written down."""

    type: str
    format: Format
    fields: Sequence[str]
    """Names of columns, in their order."""
    question: Question

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "Wanted":
        """The same from where a job keeps it."""
        return cls(
            type=params["type"],
            format=Format(params["format"]),
            fields=params["fields"],
            question=Question(**params["question"]),
        )

    def kept(self) -> dict[str, Any]:
        """As a job keeps it."""
        question = {"q": self.question.q, "filter": self.question.filter, "sort": self.question.sort}
        return {"type": self.type, "format": self.format, "fields": list(self.fields), "question": question}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of an export come from."""

    permission: Permission
    listing: Listing
    reach: Callable[[Actor], Reach]
    """How far the permission lets an actor take them out."""
    items: Callable[..., list[dict[str, Any]]]


SOURCES = {
    CUSTOMER: Source(
        Permission.CUSTOMER_EXPORT,
        customer_cards.LISTING,
        customers.reach_to_export,
        customer_cards.these,
    ),
    CONTACT: Source(
        Permission.CONTACT_EXPORT, contact_cards.LISTING, contacts.reach_to_export, contact_cards.these
    ),
    ACTIVITY: Source(Permission.ACTIVITY_EXPORT, ACTIVITIES, activities.reach_to_export, activity_rows.these),
    TASK: Source(Permission.TASK_EXPORT, task_cards.LISTING, task_cards.reach_to_export, task_cards.these),
    PRODUCT: Source(
        Permission.PRODUCT_EXPORT, product_cards.LISTING, products.reach_to_export, product_cards.these
    ),
    EXPENSE_CLAIM: Source(
        Permission.EXPENSE_EXPORT, expense_cards.LISTING, expenses.reach_to_export, expense_cards.these
    ),
    EXPENSE_REQUEST: Source(
        Permission.EXPENSE_EXPORT, request_cards.LISTING, requests.reach_to_export, request_cards.these
    ),
    ADVANCE: Source(
        Permission.EXPENSE_EXPORT, advance_cards.LISTING, advances.reach_to_export, advance_cards.these
    ),
    ASSET: Source(Permission.ASSET_EXPORT, asset_cards.LISTING, assets.reach_to_export, asset_cards.these),
    SERVICE_RECORD: Source(
        Permission.ASSET_EXPORT,
        service_cards.LISTING,
        service_records.reach_to_export,
        service_cards.these,
    ),
    OUTREACH_MESSAGE: Source(
        Permission.CONTACT_EXPORT,
        outreach_cards.LISTING,
        outreach_cards.reach_to_export,
        outreach_cards.these,
    ),
    CARE_RULE: Source(Permission.MESSAGE_MANAGE, care_cards.LISTING, care.reach_of, care_cards.these),
    PURCHASE: Source(
        Permission.ASSET_EXPORT, purchase_cards.LISTING, purchases.reach_to_export, purchase_cards.these
    ),
    QUOTE: Source(Permission.QUOTE_EXPORT, quote_cards.LISTING, quotes.reach_to_export, quote_cards.these),
}
