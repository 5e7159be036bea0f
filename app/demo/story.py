"""How the demo companies came to be: signed up half a year ago, customers found week by week, some since won or lost.

Everything goes through the same services as real work, under the clock of the day it is told to have happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access import actors, passwords
from app.access.actor import Actor
from app.access.models import Role, User, UserRole
from app.access.queries import departments as branches
from app.access.services import departments
from app.access.signups import sign_up
from app.contacts import bulk as contacts
from app.contacts.birthdays import Birthday, Calendar
from app.contacts.drafts import ContactDraft
from app.core import clock
from app.core.db import db
from app.core.money import Money
from app.core.phones import Phone
from app.core.uow import unit_of_work
from app.customers import bulk, queries, services
from app.customers.drafts import CustomerDraft
from app.customers.models import Customer
from app.demo import (
    asking,
    borrowing,
    buying,
    care,
    consent,
    doubles,
    flows,
    goods,
    greetings,
    offers,
    office,
    paperwork,
    plans,
    spending,
    talk,
    tariff,
    wishes,
    work,
)
from app.demo.companies import PASSWORD, Company, Staff
from app.demo.names import Namer
from app.demo.shaping import Shape, shape
from tenants import provisioning
from tenants.context import outside_scope, tenant_scope
from tenants.models import Tenant, TenantState

SOURCES = ("展会", "转介绍", "官网", "电话拓展", "老客户介绍", "公众号")
TAGS = ("重点", "华东", "老客户", "价格敏感", "战略合作", "年框", "需回访")
ROLES = ("decision_maker", "influencer", "user", "purchaser", "finance", "gatekeeper")
WEEKS = 26
FOUND_AT = timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a company, as actors."""

    administrator: Actor
    sellers: list[Actor]


def tell(company: Company) -> None:
    """Make a company with all that happened in it."""
    founded = clock.now() - FOUND_AT
    with clock.pretending(founded), outside_scope(), unit_of_work():
        first = company.staff[0]
        opened = sign_up(
            company=company.name, name=first.name, login=first.login, password=PASSWORD, locale="zh-CN"
        )
        tenant_id = opened.tenant.id
    with tenant_scope(tenant_id):
        with clock.pretending(founded), unit_of_work():
            cast = _hire(company, opened.user.id)
            own = shape(cast.administrator, company.seed) if company.shaped else Shape(None)
            goods.stock(cast.administrator, company.shelf, company.currency)
        namer = Namer(company.seed)
        for week in range(WEEKS):
            share = company.customers // WEEKS + (week < company.customers % WEEKS)
            with clock.pretending(_moment(namer, founded, week)), unit_of_work():
                _find_customers(namer, cast, own, share)
        with unit_of_work():
            _subscribe(tenant_id)
        _move_on(namer, cast, own)
        work.look_ahead(namer, cast.administrator, cast.sellers, own)
        talk.talk(namer, cast.administrator, cast.sellers)
        with unit_of_work():
            _come_in(namer)
        if company.shaped:
            _do_business(company, namer, cast)


def _do_business(company: Company, namer: Namer, cast: Cast) -> None:
    """What only a company that has made the product its own does: prices, approvals, quotes, expenses, wishes."""
    doubles.double(namer, cast.administrator, cast.sellers)
    office.furnish(cast.administrator, cast.sellers)
    tariff.price(cast.administrator)
    with clock.pretending(clock.now() - timedelta(days=60)):
        flows.draw(cast.administrator)
    consent.decide(cast.administrator, cast.sellers)
    paperwork.fill_in(cast.administrator, cast.sellers)
    offers.design(company.name)
    offers.offer(namer, cast.sellers)
    care.look_after(namer, cast.administrator, cast.sellers)
    buying.buy(namer, cast.administrator, cast.sellers)
    plans.plan(cast.administrator)
    asked = asking.ask(cast.administrator, cast.sellers)
    borrowing.begin(cast.administrator, cast.sellers)
    spending.spend(cast.administrator, cast.sellers, asked)
    borrowing.go_on(cast.administrator, cast.sellers)
    wishes.say_what_they_want(cast.administrator)
    greetings.keep_in_touch(cast.administrator)


def _come_in(namer: Namer) -> None:
    """Colleagues were here lately, each at their own time."""
    for user in db.session.scalars(select(User).order_by(User.id)):
        user.last_seen_at = clock.now() - timedelta(minutes=namer.random.randrange(8, 3000))


def _moment(namer: Namer, founded: datetime, week: int) -> datetime:
    return founded + timedelta(
        weeks=week, days=namer.random.randrange(5), minutes=namer.random.randrange(540)
    )


def _subscribe(tenant_id: int) -> None:
    """The company's trial was over long ago in the story, and a demonstration does not end."""
    tenant = db.session.get_one(Tenant, tenant_id)
    tenant.state, tenant.trial_ends_at = TenantState.ACTIVE, None


def _hire(company: Company, first_id: UUID) -> Cast:
    administrator = _actor(first_id)
    root = db.session.scalars(select(User.department_id).where(User.id == first_id)).one()
    places: dict[str, UUID | None] = {"": root}
    for name, parent in company.departments:
        places[name] = departments.create(administrator, name=name, parent_id=places[parent]).id
    kept = passwords.digest(PASSWORD)
    roles = {role.code: role.id for role in db.session.scalars(select(Role))}
    users = {person: _join(person, kept, places, roles[person.role]) for person in company.staff[1:]}
    for name, _ in company.departments:
        heads = [user.id for person, user in users.items() if person.head and person.department == name]
        if heads:
            branch = branches.by_id(_known(places[name]))
            if branch is not None:
                departments.change(administrator, branch, {"head_ids": heads})
    actors.access_changed()
    db.session.flush()
    sellers = [_actor(user.id) for person, user in users.items() if person.role in {"sales", "manager"}]
    return Cast(administrator, sellers)


def _known(department_id: UUID | None) -> UUID:
    if department_id is None:
        raise LookupError("every department of the story has been made")
    return department_id


def _join(person: Staff, kept: str, places: dict[str, UUID | None], role_id: UUID) -> User:
    human = provisioning.create_person(person.login, name=person.name, password_hash=kept, locale="zh-CN")
    user = User.joining(
        person_id=human.id,
        login=person.login,
        name=person.name,
        department_id=places[person.department],
        at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role_id=role_id))
    provisioning.admit(human.id, user.tenant_id, user.id)
    return user


def _actor(user_id: UUID) -> Actor:
    return actors.load(user_id, access_version=0, state=TenantState.TRIAL)


def _find_customers(namer: Namer, cast: Cast, own: Shape, count: int) -> None:
    seller = namer.random.choice(cast.sellers)
    drafts = [own.known_of(_customer(namer)) for _ in range(count)]
    found = bulk.create_many(seller, drafts, action="created")
    made = [outcome for outcome in found if isinstance(outcome, UUID)]
    people = [draft for customer_id in made for draft in _people(namer, customer_id)]
    contacts.create_many(seller, people, action="created")


def _customer(namer: Namer) -> CustomerDraft:
    pick, name = namer.random, namer.company()
    return CustomerDraft(
        name=name.name,
        type=pick.choices(
            ("end_customer", "channel", "supplier", "partner", "competitor"), (76, 12, 5, 5, 2)
        )[0],
        tier=pick.choices((None, "platinum", "gold", "normal", "poor"), (30, 8, 22, 34, 6))[0],
        stage="potential",
        source=pick.choice(SOURCES),
        industry=name.industry,
        region=name.region,
        address=name.address,
        website=f"https://www.example.com/{pick.randrange(10**6)}" if pick.random() < 0.3 else None,
        employees=pick.choice((None, 20, 45, 80, 120, 260, 400, 850, 1600)),
        founded_year=pick.choice((None, *range(1996, 2023))),
        annual_revenue=Money(pick.randrange(200, 60_000) * 1_000_000) if pick.random() < 0.5 else None,
        phones=(Phone(f"{name.area_code}8600{pick.randrange(10**4):04d}", "办公"),),
        tags=tuple(pick.sample(TAGS, pick.choices((0, 1, 2), (55, 30, 15))[0])),
        remark=pick.choice(
            (None, None, None, "展会认识，对备件感兴趣", "希望月底前看到方案", "现用供应商响应慢")
        ),
    )


def _people(namer: Namer, customer_id: UUID) -> Iterator[ContactDraft]:
    pick = namer.random
    for position in range(pick.choices((1, 2, 3), (45, 40, 15))[0]):
        yield ContactDraft(
            name=namer.person(),
            customer_id=customer_id,
            gender=pick.choice(("male", "female", None)),
            title=namer.title(),
            role=pick.choice(ROLES),
            phones=(Phone(namer.mobile(), "手机"),),
            wechat=namer.wechat(),
            birthday=_birthday(namer),
            is_primary=position == 0,
        )


def _birthday(namer: Namer) -> Birthday | None:
    pick = namer.random
    if pick.random() < 0.4:
        return None
    calendar = pick.choice((Calendar.SOLAR, Calendar.SOLAR, Calendar.LUNAR))
    year = pick.choice((None, *range(1968, 1999)))
    return Birthday(calendar=calendar, month=pick.randint(1, 12), day=pick.randint(1, 28), year=year)


def _move_on(namer: Namer, cast: Cast, own: Shape) -> None:
    """Some customers came nearer, some were won or lost, a few changed hands: in the last weeks, up to today."""
    pick = namer.random
    found = db.session.scalars(select(Customer.id).order_by(Customer.id)).all()
    db.session.rollback()
    chosen = pick.sample(found, len(found) * 3 // 5)
    with unit_of_work():
        for customer_id in chosen:
            days = pick.choices((0, 1, 2, 3, 5, 8, 13, 21, 34), (10, 10, 9, 8, 14, 14, 14, 12, 9))[0]
            moment = clock.now() - timedelta(days=days, minutes=pick.randrange(20, 480))
            with clock.pretending(moment):
                _happen(namer, cast, own, customer_id)


def _happen(namer: Namer, cast: Cast, own: Shape, customer_id: UUID) -> None:
    pick = namer.random
    customer = queries.get(cast.administrator, customer_id)
    owner = next((seller for seller in cast.sellers if seller.id == customer.owner_id), cast.administrator)
    if pick.random() < 0.7:
        work.follow_up(namer, owner, customer_id)
    stage = pick.choices(("intent", "deal", "lost", "potential"), (44, 34, 10, 12))[0]
    tier = customer.tier or pick.choice(("gold", "normal"))
    services.update(owner, customer, {"stage": stage, "tier": tier, **own.agreed(stage)})
    if pick.random() < 0.06:
        heir = pick.choice([seller for seller in cast.sellers if seller.id != owner.id])
        services.transfer(cast.administrator, queries.get(cast.administrator, customer_id), owner_id=heir.id)
