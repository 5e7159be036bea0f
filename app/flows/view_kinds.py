"""Every list that views are kept of. A further one is one more `register`."""

from app.access.permissions import Permission
from app.activities import cards as activities
from app.advances import cards as advances
from app.assets import cards as assets
from app.campaigns import cards as campaigns
from app.contacts import cards as contacts
from app.customers import cards as customers
from app.expense_requests import cards as expense_requests
from app.expenses import cards as expenses
from app.letters import cards as letters
from app.outreach import cards as outreach
from app.products import cards as products
from app.purchases import cards as purchases
from app.quotes import cards as quotes
from app.service_records import cards as service_records
from app.tasks import cards as tasks
from app.views.kinds import ListKind, register

_PHONE = {"phone": "phones"}

register(
    ListKind(
        "customer",
        customers.LISTING,
        Permission.CUSTOMER_READ,
        {**_PHONE, "revenue": "annual_revenue"},
    )
)
register(ListKind("contact", contacts.LISTING, Permission.CONTACT_READ, _PHONE))
register(ListKind("activity", activities.LISTING, Permission.ACTIVITY_READ))
register(ListKind("task", tasks.LISTING, Permission.TASK_READ))
register(ListKind("product", products.LISTING, Permission.PRODUCT_READ))
register(ListKind("expense-request", expense_requests.LISTING, Permission.EXPENSE_READ))
register(ListKind("expense-claim", expenses.LISTING, Permission.EXPENSE_READ))
register(ListKind("advance", advances.LISTING, Permission.EXPENSE_READ))
register(ListKind("asset", assets.LISTING, Permission.ASSET_READ))
register(ListKind("purchase", purchases.LISTING, Permission.ASSET_READ))
register(ListKind("service-record", service_records.LISTING, Permission.ASSET_READ))
register(ListKind("outreach-message", outreach.LISTING, Permission.CONTACT_READ))
register(ListKind("campaign", campaigns.LISTING, Permission.MESSAGE_MANAGE))
register(ListKind("letter", letters.LISTING, Permission.MESSAGE_MANAGE))
register(ListKind("quote", quotes.LISTING, Permission.QUOTE_READ))
