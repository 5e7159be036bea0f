"""Invitations on the wire."""

from marshmallow import fields

from api.v1.schemas.paging import PageQuery
from api.v1.schemas.session import Ref, RoleRef
from app.core.messages import LOCALES
from app.http.fields import Choice, Id, Instant, Many, Part, Secret, Shape, Text, Yes

STATES = ("pending", "accepted", "expired", "revoked")


class InvitationQuery(PageQuery):
    """Which invitations."""

    state = Choice(STATES)


class InvitationIn(Shape):
    """Whom to invite, and as what."""

    login = Text(required=True, min=1, max=254)
    name = Text(max=50)
    department_id = Id(allow_none=True)
    role_ids = Many(Id(), required=True, min=1, max=20)


class InvitationOut(Shape):
    """An invitation."""

    id = Id(required=True)
    login = Text(required=True, max=254)
    name = Text(required=True, max=50)
    department = Part(Ref, required=True, allow_none=True)
    roles = Many(Part(RoleRef), required=True)
    state = Choice(STATES, required=True)
    expires_at = Instant(required=True)
    invited_by = Part(Ref, required=True)
    created_at = Instant(required=True)


class InvitationSent(InvitationOut):
    """An invitation just sent."""

    link = Text(
        required=True,
        allow_none=True,
        max=500,
        metadata={"description": "To hand over, where no mail could be sent; shown only this once"},
    )


class InvitationPage(Shape):
    """A page of invitations, the newest first."""

    items = Many(Part(InvitationOut), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class LookUpIn(Shape):
    """The token of an invitation's link."""

    token = Secret(required=True)


class LookUpOut(Shape):
    """What an invitation is to."""

    company = Text(required=True, max=100)
    inviter = Text(required=True, max=50)
    name = Text(required=True, max=50)
    login = Text(required=True, max=254)
    has_account = Yes(required=True, metadata={"description": "Then its password is asked for"})


class AcceptIn(Shape):
    """The token, and the password: of the account there is, or for the new one."""

    token = Secret(required=True)
    name = Text(max=50)
    password = Secret(required=True)
    code = Text(max=40, metadata={"description": "Of an existing account's second factor"})
    locale = Choice(LOCALES)
