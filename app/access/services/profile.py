"""What people change about themselves."""

from sqlalchemy import select

from app.access import actors
from app.access.actor import Actor
from app.access.models import User
from app.access.rules import demand_writable, unlocked
from app.access.trail import changed, tell
from app.core.db import db
from tenants.models import Person


@unlocked("one's own name, language, mails and guide")
def change(
    actor: Actor,
    *,
    name: str | None = None,
    locale: str | None = None,
    reminder_mail: bool | None = None,
    guide_hidden: bool | None = None,
) -> None:
    """Take another name here, read in another language everywhere, have mails and guide or not."""
    demand_writable(actor)
    person = db.session.get_one(Person, actor.person_id)
    user = db.session.scalars(select(User).where(User.id == actor.id)).one()
    mailed = user.reminder_mail if reminder_mail is None else reminder_mail
    hidden = user.guide_hidden if guide_hidden is None else guide_hidden
    wanted = {
        "name": (user.name, name or user.name),
        "locale": (person.locale, locale or person.locale),
        "reminder_mail": (user.reminder_mail, mailed),
        "guide_hidden": (user.guide_hidden, hidden),
    }
    told = [changed(field, before, after) for field, (before, after) in wanted.items() if before != after]
    if not told:
        return
    # The rows of tenants come before the person's and the user's, here as everywhere.
    if locale is None:
        actors.access_changed()
    else:
        actors.forget_person(person.id)
    if name is not None and name != user.name:
        user.go_by(name)
        person.name = name
    if locale is not None and locale != person.locale:
        person.locale = locale
    user.reminder_mail, user.guide_hidden = mailed, hidden
    db.session.flush()
    tell(actor, "updated", user, told)
