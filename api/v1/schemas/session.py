"""Sessions and people on the wire."""

from marshmallow import fields, validate

from app.core.messages import LOCALES
from app.http.fields import Choice, Id, Instant, Many, Part, Secret, Shape, Text, Whole, Yes


class Ref(Shape):
    """A record by id and name."""

    id = Id(required=True)
    name = Text(required=True, max=200)


class RoleRef(Ref):
    """A role by id, name and, if built in, code."""

    code = Text(required=True, allow_none=True, max=64)


class SignUpIn(Shape):
    """A company and its first user."""

    company = Text(required=True, min=1, max=100)
    name = Text(required=True, min=1, max=50)
    login = Text(required=True, min=1, max=254)
    password = Secret(required=True)
    code = Text(max=40, load_default=None, metadata={"description": "Of an existing account's second factor"})
    locale = Choice(LOCALES, load_default=None)


class SignInIn(Shape):
    """Mobile number or e-mail, and the password."""

    login = Text(required=True, min=1, max=254)
    password = Secret(required=True)
    transport = Choice(("cookie", "bearer"), load_default="cookie")


class ChallengeOut(Shape):
    """The password was right; the second factor is to follow with this token."""

    challenge = Text(required=True, max=200)
    expires_in = Whole(required=True, metadata={"description": "Seconds"})


class SecondFactorIn(Shape):
    """The token from the first step, and the authenticator's code or a recovery code."""

    challenge = Secret(required=True)
    code = Text(required=True, min=1, max=40)
    transport = Choice(("cookie", "bearer"), load_default="cookie")


class RefreshIn(Shape):
    """The refresh token, for clients without cookies."""

    refresh_token = Secret(load_default=None)


class SwitchIn(Shape):
    """The tenant to go to."""

    tenant = Text(required=True, min=1, max=64)


class TenantRef(Shape):
    """A company as its people see it in the switcher."""

    slug = Text(required=True, max=64)
    name = Text(required=True, max=100)
    state = Choice(("trial", "active", "read-only", "closed"), required=True)
    trial_ends_at = Instant(required=True, allow_none=True)
    timezone = Text(required=True, max=64)
    locale = Text(required=True, max=16)


class Me(Shape):
    """The signed-in user."""

    id = Id(required=True)
    name = Text(required=True, max=50)
    login = Text(required=True, max=254)
    locale = Choice(LOCALES, required=True)
    department = Part(Ref, required=True, allow_none=True)
    roles = Many(Part(RoleRef), required=True)
    reminder_mail = Yes(required=True, metadata={"description": "Whether reminders come by mail, too"})


class SessionOut(Shape):
    """A session just begun or renewed."""

    access_token = Text(required=True, max=2000)
    expires_in = Whole(required=True, metadata={"description": "Seconds"})
    refresh_token = Text(max=200, metadata={"description": "Only for transport=bearer"})
    user = Part(Me, required=True)
    tenant = Part(TenantRef, required=True)


class Standing(Shape):
    """Who is signed in, where, and what they may do."""

    must_enrol = Yes(required=True, metadata={"description": "Whether a second factor must be set up first"})
    user = Part(Me, required=True)
    tenant = Part(TenantRef, required=True)
    tenants = Many(Part(TenantRef), required=True)
    permissions = fields.Dict(
        keys=fields.String(),
        values=fields.String(validate=validate.OneOf(["own", "department", "subtree", "all"])),
        required=True,
        metadata={"description": 'Permission to scope, e.g. {"customer:read": "subtree"}'},
    )


class ProfileIn(Shape):
    """What people may change about themselves."""

    name = Text(min=1, max=50)
    locale = Choice(LOCALES)
    reminder_mail = Yes(metadata={"description": "Be reminded by mail, too"})
    guide_hidden = Yes(metadata={"description": "Put the list of first steps away"})


class PasswordIn(Shape):
    """The current password and the new one."""

    current = Secret(required=True)
    password = Secret(required=True)


class SessionItem(Shape):
    """A device that is signed in."""

    id = Id(required=True)
    created_at = Instant(required=True)
    last_seen_at = Instant(required=True)
    expires_at = Instant(required=True)
    ip = Text(required=True, allow_none=True, max=64)
    user_agent = Text(required=True, allow_none=True, max=300)
    device = Text(required=True, allow_none=True, max=80)
    current = Yes(required=True)


class SessionList(Shape):
    """The devices that are signed in."""

    items = Many(Part(SessionItem), required=True)


class ResetIn(Shape):
    """Whose password is forgotten."""

    login = Text(required=True, min=1, max=254)


class ResetConfirmationIn(Shape):
    """The token from the mail and the new password."""

    token = Secret(required=True)
    password = Secret(required=True)
