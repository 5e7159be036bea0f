"""Accounts at vendors of short messages on the wire."""

from api.v1.schemas.session import Ref
from app.http.fields import Choice, Id, Instant, Many, Part, PlainKey, Shape, Text, Whole, Yes
from app.message_templates.drafts import LONGEST as LONGEST_OF_TEMPLATES
from app.message_templates.variables import VARIABLES
from app.sms.queries import MOST_FILINGS
from app.sms.services import LONGEST, MOST, MOST_MILLS, MOST_PER_MINUTE
from app.sms.states import AccountState, FilingState, Vendor

_MILLS = {"description": "Of one segment, in thousandths of a yuan"}
_PACE = {"description": "How many messages it is given in a minute at most; null: as many as there are"}
_TROUBLE = {"description": "What is wrong with it"}
_CHANGED = {"description": "Whether the template says something else now"}
_LONG = 500


class SmsAccountPatch(Shape):
    """What is to be changed of an account."""

    name = Text(min=1, max=LONGEST["name"])
    state = Choice(AccountState)
    app_id = Text(max=LONGEST["app_id"], allow_none=True, metadata={"description": "Tencent's SdkAppId"})
    key_id = PlainKey(min=1, max=LONGEST["key_id"])
    secret = PlainKey(min=1, max=LONGEST["secret"], load_only=True)
    signature = Text(min=1, max=LONGEST["signature"], metadata={"description": "Without brackets"})
    price = Whole(min=0, max=MOST_MILLS, allow_none=True, metadata=_MILLS)
    per_minute = Whole(min=1, max=MOST_PER_MINUTE, allow_none=True, metadata=_PACE)
    place = Whole(min=0, max=1000, metadata={"description": "The lowest is tried first"})


class SmsAccountIn(Shape):
    """A new account."""

    vendor = Choice(Vendor, required=True)
    name = Text(required=True, min=1, max=LONGEST["name"])
    app_id = Text(max=LONGEST["app_id"], allow_none=True, load_default=None)
    key_id = PlainKey(required=True, min=1, max=LONGEST["key_id"])
    secret = PlainKey(required=True, min=1, max=LONGEST["secret"], load_only=True)
    signature = Text(required=True, min=1, max=LONGEST["signature"])
    price = Whole(min=0, max=MOST_MILLS, allow_none=True, load_default=None, metadata=_MILLS)
    per_minute = Whole(min=1, max=MOST_PER_MINUTE, allow_none=True, load_default=None, metadata=_PACE)


class SmsAccountOut(Shape):
    """An account; its secret is never told."""

    id = Id(required=True)
    version = Whole(required=True)
    vendor = Choice(Vendor, required=True)
    name = Text(required=True, max=LONGEST["name"])
    state = Choice(AccountState, required=True)
    app_id = Text(required=True, allow_none=True, max=LONGEST["app_id"])
    key_id = Text(required=True, max=LONGEST["key_id"])
    signature = Text(required=True, max=LONGEST["signature"])
    price = Whole(required=True, allow_none=True, metadata=_MILLS)
    per_minute = Whole(required=True, allow_none=True, metadata=_PACE)
    place = Whole(required=True)
    trouble = Text(required=True, allow_none=True, max=_LONG, metadata=_TROUBLE)
    troubled_since = Instant(required=True, allow_none=True)
    callback_url = Text(required=True, max=_LONG, metadata={"description": "To be entered at the vendor"})
    created_at = Instant(required=True)
    updated_at = Instant(required=True)


class SmsAccountList(Shape):
    """All accounts, in the order in which they are tried."""

    items = Many(Part(SmsAccountOut), required=True, max=MOST)


class SmsFilingIn(Shape):
    """A template to be approved."""

    template_id = Id(required=True)
    code = Text(
        min=1,
        max=LONGEST["code"],
        allow_none=True,
        load_default=None,
        metadata={"description": "The vendor's name of a text that it has approved already"},
    )


class SmsFilingOut(Shape):
    """A template as it was handed in."""

    id = Id(required=True)
    template = Part(Ref, required=True)
    text = Text(required=True, max=LONGEST_OF_TEMPLATES["body"], multiline=True)
    variables = Many(Text(max=100), required=True, max=len(VARIABLES) * 10)
    code = Text(required=True, allow_none=True, max=LONGEST["code"])
    state = Choice(FilingState, required=True)
    reason = Text(required=True, allow_none=True, max=_LONG)
    submitted_at = Instant(required=True)
    checked_at = Instant(required=True, allow_none=True)
    changed_since = Yes(required=True, metadata=_CHANGED)


class SmsFilingList(Shape):
    """All that was handed in at an account."""

    items = Many(Part(SmsFilingOut), required=True, max=MOST_FILINGS)


class SmsTestIn(Shape):
    """A message to try an account out."""

    template_id = Id(required=True)
    number = Text(required=True, min=1, max=40)


class SmsCallbackQuery(Shape):
    """Which account is told of."""

    token = Text(required=True, min=1, max=200)


class SmsThanks(Shape):
    """What the vendor wants to hear: Aliyun the first two, Tencent the others."""

    code = Whole()
    msg = Text(max=40)
    result = Whole()
    errmsg = Text(max=40)
