"""What the first demo company charges whom: a standard book, one for good customers, one customer's own."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.prices import pricing, services
from app.prices.drafts import BookDraft, ProductPrices, Step
from app.prices.models import PriceBook
from app.products.models import Product
from app.products.states import ProductState

_BY_QUANTITY = ((0, 100), (50, 95), (200, 90))
_PARTS, _PARTNERS = ("ZC-", "TD-", "QD-"), ("ZC-", "TD-", "QD-", "MF-", "RH-", "DK-")


def price(administrator: Actor) -> None:
    """Make the price books of a company whose catalogue and customers are there."""
    today = clock.now().astimezone(administrator.zone).date()
    year = date(today.year, 1, 1)
    with unit_of_work():
        standard = BookDraft(name=f"{today.year} 年标准价", kind="standard", valid_from=year)
        _stock(administrator, standard, _PARTS, _BY_QUANTITY)
        good = BookDraft(
            name="铂金与黄金客户价", kind="tier", tiers=("platinum", "gold"), valid_from=year,
            valid_until=date(today.year, 12, 31),
        )  # fmt: skip
        _stock(administrator, good, _PARTNERS, ((0, 92), (100, 88)))
        _agree(administrator, today)
        coming = BookDraft(
            name=f"{today.year + 1} 年标准价", kind="standard", valid_from=date(today.year + 1, 1, 1)
        )
        _stock(
            administrator,
            coming,
            _PARTS,
            tuple((least, share + 3) for least, share in _BY_QUANTITY),
            active=False,
        )


def _agree(administrator: Actor, today: date) -> None:
    """One customer has prices of its own, agreed for a year."""
    customer = db.session.scalars(
        select(Customer)
        .where(Customer.tier == "platinum", Customer.stage == "deal", Customer.deleted_at.is_(None))
        .order_by(Customer.id)
    ).first()
    if customer is None:
        return
    begun = today - timedelta(days=60)
    draft = BookDraft(
        name=f"{customer.name} 年框价"[:60],
        kind="customer",
        customer_ids=(customer.id,),
        valid_from=begun,
        valid_until=begun + timedelta(days=365),
    )
    _stock(administrator, draft, ("ZC-", "FW-"), ((0, 86),))


def _stock(
    administrator: Actor,
    draft: BookDraft,
    codes: tuple[str, ...],
    shares: tuple[tuple[int, int], ...],
    *,
    active: bool = True,
) -> PriceBook:
    """A book with prices for the products whose codes begin so, as shares of their list prices in per cent."""
    book = services.create(administrator, draft)
    sold = select(Product).where(Product.state == ProductState.ACTIVE, Product.deleted_at.is_(None))
    wanted = [
        ProductPrices(
            product_id=product.id,
            steps=[
                Step(unit_price=round(product.list_price * share / 100), from_quantity=Decimal(least))
                for least, share in shares
            ],
        )
        for product in db.session.scalars(sold.order_by(Product.id))
        if (product.code or "").startswith(codes)
    ]
    pricing.set_prices(administrator, book, wanted)
    if active:
        services.activate(administrator, book)
    return book
