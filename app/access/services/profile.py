"""What people change about themselves."""

from sqlalchemy import select, update

from app.access import actors
from app.access.actor import Actor
from app.access.models import User
from app.access.rules import demand_writable, unlocked
from app.access.trail import changed, tell
from app.core.db import db
from tenants.models import Person, PersonTenant, Tenant


@unlocked("one's own name, language and mails")
def change(
    actor: Actor, *, name: str | None = None, locale: str | None = None, reminder_mail: bool | None = None
) -> None:
    """Take another name in this company, read in another language everywhere, be reminded by mail or not."""
    demand_writable(actor)
    person = db.session.get_one(Person, actor.person_id)
    user = db.session.scalars(select(User).where(User.id == actor.id)).one()
    mailed = user.reminder_mail if reminder_mail is None else reminder_mail
    wanted = {
        "name": (user.name, name or user.name),
        "locale": (person.locale, locale or person.locale),
        "reminder_mail": (user.reminder_mail, mailed),
    }
    told = [changed(field, before, after) for field, (before, after) in wanted.items() if before != after]
    if not told:
        return
    # The rows of tenants come before the person's and the user's, here as everywhere.
    if locale is None:
        actors.access_changed()
    else:
        _forget_actors(person)
    if name is not None and name != user.name:
        user.go_by(name)
        person.name = name
    if locale is not None and locale != person.locale:
        person.locale = locale
    user.reminder_mail = mailed
    db.session.flush()
    tell(actor, "updated", user, told)


def _forget_actors(person: Person) -> None:
    """What processes remember of a person holds their language, in every company."""
    theirs = select(PersonTenant.tenant_id).where(PersonTenant.person_id == person.id)
    # Two colleagues who share several companies must take these rows in the same order.
    taken = select(Tenant.id).where(Tenant.id.in_(theirs)).order_by(Tenant.id)
    tenant_ids = db.session.scalars(taken.with_for_update(key_share=True)).all()
    db.session.execute(
        update(Tenant)
        .where(Tenant.id.in_(tenant_ids))
        .values(access_version=Tenant.access_version + 1)
        .execution_options(synchronize_session=False)
    )
