"""What the first demo company has quoted: drafts, quotes that are out, won and lost ones, a second version."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.demo.names import Namer
from app.products.models import Product
from app.products.states import ProductState
from app.quotes import progress, queries, services
from app.quotes.arithmetic import Discount
from app.quotes.drafts import LineDraft, QuoteDraft
from app.quotes.models import Quote
from app.quotes.states import Outcome

TITLES = ("备件年度采购", "产线改造配套", "轴承与密封件补货", "气动元件更换", "设备巡检与备件", "电控升级")
TERMS = "付款：货到验收后 30 天内付清。\n交货：合同生效后 15 天内送到买方工厂。\n质保：12 个月。"
FATES = ("draft", "approved", "sent", "sent", "accepted", "accepted", "declined", "renewed", "draft", "sent")
QUOTED = 24


def offer(namer: Namer, sellers: list[Actor]) -> None:
    """Quote to customers that are being talked to or were won, day by day."""
    owners = {seller.id: seller for seller in sellers}
    interested = (
        select(Customer)
        .where(
            Customer.stage.in_(("intent", "deal")),
            Customer.owner_id.in_(owners),
            Customer.deleted_at.is_(None),
        )
        .order_by(Customer.id)
    )
    sold = select(Product).where(Product.state == ProductState.ACTIVE, Product.deleted_at.is_(None))
    with unit_of_work():
        whom = namer.random.sample([(one.id, one.owner_id) for one in db.session.scalars(interested)], QUOTED)
        goods = [one.id for one in db.session.scalars(sold.order_by(Product.id))]
    for number, (customer_id, owner_id) in enumerate(whom):
        moment = clock.now() - timedelta(days=QUOTED - number, minutes=namer.random.randrange(20, 400))
        with clock.pretending(moment), unit_of_work():
            seller = owners[owner_id] if owner_id else sellers[0]
            lines = [_line(namer, one) for one in namer.random.sample(goods, namer.random.randint(2, 6))]
            quote_id = services.create(
                seller,
                QuoteDraft(
                    customer_id=customer_id,
                    title=namer.random.choice(TITLES),
                    valid_until=(moment + timedelta(days=45)).date(),
                    terms=TERMS,
                    discount=Discount(rate=namer.random.choice((0, 0, 200, 500))),
                    lines=lines,
                ),
            )
            _go_on(seller, queries.get(seller, quote_id, to_change=True), FATES[number % len(FATES)])


def _line(namer: Namer, product_id: UUID) -> LineDraft:
    pick = namer.random
    return LineDraft(
        product_id=product_id,
        quantity=Decimal(pick.choice((1, 2, 5, 10, 20, 60, 120))),
        discount=Discount(rate=pick.choices((0, 300, 500, 1000, 2500), (50, 20, 15, 10, 5))[0]),
    )


def _go_on(seller: Actor, quote: Quote, fate: str) -> None:
    if fate == "draft":
        return
    progress.submit(seller, quote)
    if fate == "renewed":
        progress.renew(seller, quote)
    if fate in {"sent", "accepted", "declined"}:
        progress.send(seller, quote)
    if fate in {"accepted", "declined"}:
        reason = "预算推迟到明年" if fate == "declined" else None
        progress.decide(seller, quote, outcome=Outcome(fate), reason=reason)
