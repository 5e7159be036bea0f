"""What customers of the first demo company bought before it quoted in Guanxi: some of them in a rhythm."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.money import Money
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo.names import Namer
from app.products.models import Product
from app.products.states import ProductState
from app.purchases import services as purchases
from app.purchases.drafts import PurchaseDraft
from tenants import calendar

BUYERS, MOST_TIMES = 8, 6
RHYTHMS = ((42, 51), (30, 12), (60, 20), (90, 95), (35, 33), (45, 8))
"""Every how many days they buy, and how many ago they did last: some are late."""
WANDERING = 4


def buy(namer: Namer, by: Actor, sellers: list[Actor]) -> None:
    """Note what was sold in the year before, by hand as from a book of orders."""
    won = (
        select(Customer.id)
        .where(Customer.stage == "deal", Customer.owner_id.in_([one.id for one in sellers]))
        .where(Customer.deleted_at.is_(None))
        .order_by(Customer.id)
    )
    sold = select(Product).where(Product.state == ProductState.ACTIVE, Product.deleted_at.is_(None))
    with unit_of_work():
        goods = list(db.session.scalars(sold.order_by(Product.id).limit(len(RHYTHMS))))
        for turn, customer_id in enumerate(list(db.session.scalars(won.limit(BUYERS)))):
            _order(namer, by, customer_id, goods[turn % len(goods)], turn)


def _order(namer: Namer, by: Actor, customer_id: UUID, product: Product, turn: int) -> None:
    every, last = RHYTHMS[turn % len(RHYTHMS)]
    today, price = calendar.today(by.zone), product.list_price or 12_000
    for number in range(MOST_TIMES - turn % 3, 0, -1):
        ago = last + (number - 1) * every + (namer.random.randint(-WANDERING, WANDERING) if number > 1 else 0)
        count = namer.random.choice((2, 4, 5, 10))
        on_day = today - timedelta(days=ago)
        purchases.create(
            by,
            PurchaseDraft(
                customer_id=customer_id,
                product_id=product.id,
                bought_on=on_day,
                quantity=Decimal(count),
                unit=product.unit,
                amount=Money(price * count),
                reference=f"DD{on_day:%Y%m%d}-{turn + 1:02}",
            ),
        )
