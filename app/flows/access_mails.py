"""Mails and bells about access: invitations, forgotten and changed passwords."""

from app.core.events import on
from app.core.ids import new_id
from app.events.access import (
    ColleagueInvited,
    InvitationAccepted,
    InvitationWithdrawn,
    NewDeviceSeen,
    PasswordChanged,
    PasswordResetRequested,
    SecondFactorResetRequested,
)
from app.messaging import services as messaging


@on(ColleagueInvited)
def send_the_invitation(event: ColleagueInvited) -> None:
    """Mail the link; what cannot be mailed, the inviter hands over."""
    if event.email is None:
        return
    messaging.send_mail(
        event.email,
        "invitation",
        {"company": event.company, "inviter": event.inviter, "days": event.days},
        dedupe_key=event.mail_key,
        link=f"/accept-invitation#token={event.token}",
        locale=event.locale,
        sender_id=event.inviter_id,
        expires_at=event.expires_at,
    )


@on(InvitationWithdrawn)
def keep_the_dead_link_back(event: InvitationWithdrawn) -> None:
    """A mail that has not gone out yet need not go."""
    messaging.cancel(event.mail_key)


@on(InvitationAccepted)
def tell_the_inviter(event: InvitationAccepted) -> None:
    """Whoever invited somebody hears that they have come."""
    messaging.notify(event.inviter_id, "invitation-accepted", {"name": event.name}, link="/settings/users")


@on(PasswordResetRequested)
def send_the_reset_link(event: PasswordResetRequested) -> None:
    """Mail the link to the person, and to nobody else."""
    messaging.send_mail(
        event.email,
        "password-reset",
        {"name": event.name, "minutes": event.minutes},
        dedupe_key=f"password-reset:{new_id()}",
        link=f"/reset-password#token={event.token}",
        locale=event.locale,
        expires_at=event.expires_at,
    )


@on(SecondFactorResetRequested)
def send_the_second_factor_link(event: SecondFactorResetRequested) -> None:
    """Mail the link to the person, and to nobody else."""
    messaging.send_mail(
        event.email,
        "second-factor-reset",
        {"name": event.name, "minutes": event.minutes},
        dedupe_key=f"second-factor-reset:{new_id()}",
        link=f"/reset-second-factor#token={event.token}",
        locale=event.locale,
        expires_at=event.expires_at,
    )


@on(PasswordChanged)
def warn_of_the_new_password(event: PasswordChanged) -> None:
    """Whoever did not do it themselves should know."""
    if event.email is not None:
        messaging.send_mail(
            event.email,
            "password-changed",
            {"name": event.name},
            dedupe_key=f"password-changed:{new_id()}",
            locale=event.locale,
        )


@on(NewDeviceSeen)
def warn_of_the_new_device(event: NewDeviceSeen) -> None:
    """Under the bell of those who are here already, and by mail to where the intruder does not read."""
    facts = {"device": event.device, "ip": event.ip, "at": event.at}
    messaging.notify(event.user_id, "new-device", facts, link="/settings/sessions")
    if event.email is not None:
        messaging.send_mail(
            event.email,
            "new-device",
            {"name": event.name, **facts},
            dedupe_key=f"new-device:{new_id()}",
            link="/settings/sessions",
            locale=event.locale,
        )
