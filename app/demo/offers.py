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
from app.papers import services as papers
from app.products.models import Product
from app.products.states import ProductState
from app.quotes import progress, queries, services
from app.quotes.arithmetic import Discount
from app.quotes.drafts import LineDraft, QuoteDraft
from app.quotes.links import making, opening
from app.quotes.links.opening import Word
from app.quotes.models import Quote
from app.quotes.states import Outcome
from tenants.context import require_tenant_id

TITLES = ("备件年度采购", "产线改造配套", "轴承与密封件补货", "气动元件更换", "设备巡检与备件", "电控升级")
TERMS = "付款：货到验收后 30 天内付清。\n交货：合同生效后 15 天内送到买方工厂。\n质保：12 个月。"
FATES = (
    "draft",
    "approved",
    "sent",
    "opened",
    "accepted",
    "accepted",
    "declined",
    "renewed",
    "draft",
    "opened",
)
READER = "采购部 李经理"
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
            made = services.create(
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
            _go_on(seller, queries.get(seller, made.id, to_change=True), FATES[number % len(FATES)])


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
    if fate in {"sent", "opened", "accepted", "declined"}:
        progress.send(seller, quote)
        making.make(seller, quote, recipient=READER)
    if fate in {"opened", "accepted"}:
        _let_read(quote, fate)
    if fate == "declined":
        progress.decide(seller, quote, outcome=Outcome.DECLINED, reason="预算推迟到明年")


def _let_read(quote: Quote, fate: str) -> None:
    """The customer opens their link, once more the next day, and perhaps accepts."""
    link = making.latest(quote)
    for hours in (2, 21):
        with clock.pretending(clock.now() + timedelta(hours=hours)):
            opening.note_opening(link, quote)
            if fate == "accepted" and hours > 2:
                word = Word(outcome=Outcome.ACCEPTED, name=READER, note="请尽快安排发货", signature=None)
                opening.take(link, quote, word)


def design(company: str) -> None:
    """How the company's quotes look: one layout for customers at home, one for those abroad."""
    product = Actor.system(require_tenant_id())
    at_home = {
        "name": "标准",
        "locale": "zh-CN",
        "address": "浙江省宁波市北仑区明州西路 188 号",
        "phone": "0574-5550 0188",
        "bank": f"户名：{company}\n开户行：示例银行宁波分行\n账号：6225 0000 0000 0188",
        "footer": "本报价单含税含运费；盖章或在线接受后生效。",
    }
    abroad = {
        "name": "English",
        "locale": "en",
        "heading": "Quotation",
        "colour": "#1F6F5C",
        "phone": "+86 574 5550 0188",
    }
    with unit_of_work():
        for facts in (at_home, abroad):
            papers.create(product, facts)
