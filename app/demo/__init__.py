"""Two demo companies, so that a first look shows a house that is lived in. The same seed, the same companies."""

from sqlalchemy import select

from app.core.db import db
from app.demo.companies import CHENGCHUAN, NANYU, PASSWORD, Staff
from app.demo.story import tell
from tenants.models import Tenant

SignIns = list[dict[str, str]]


def seed() -> SignIns:
    """Fill an empty installation; lists who can sign in. An installation that has companies is left alone."""
    if db.session.scalar(select(Tenant.id).limit(1)) is not None:
        db.session.rollback()
        return []
    db.session.rollback()
    for company in (CHENGCHUAN, NANYU):
        tell(company)
    shown = [(CHENGCHUAN.name, person) for person in CHENGCHUAN.staff[:4]] + [(NANYU.name, NANYU.staff[0])]
    return [_sign_in(company, person) for company, person in shown]


def _sign_in(company: str, person: Staff) -> dict[str, str]:
    return {
        "company": company,
        "role": f"{person.name} {person.title}",
        "login": person.login,
        "password": PASSWORD,
    }
