"""Our side of the wire against Tencent on the loopback."""

from app.sms.states import FilingState
from app.sms.vendors.contract import About, Credentials, Refused, ShortMessage, Taken
from app.sms.vendors.tencent import Tencent
from tests.fakes import sms_tencent
from tests.fakes.sms_tencent import APPROVED
from tests.fakes.vendor import DROP, Refusal


def test_hands_a_text_in_and_sends_it_once_it_is_approved() -> None:
    with sms_tencent.running() as fake:
        credentials = Credentials(
            app_id=fake.app_id, key_id=fake.key_id, secret=fake.secret, signature="澄川科技"
        )
        ours = Tencent(credentials, fake.endpoint)
        notice = ours.hand_in("回访", "您好", advertises=False)
        advert = ours.hand_in("优惠", "大促，拒收请回复R", advertises=True)
        assert [fake.templates[code].kind for code in (notice, advert)] == [2, 1]
        assert ours.look([notice])[notice].state == FilingState.PENDING
        fake.decide(notice, APPROVED)
        assert ours.look([notice])[notice].state == FilingState.APPROVED

        message = ShortMessage(number="+8613812345678", code=notice, values=[], reference="m1")
        assert ours.send(message) == Taken(fake.taken[0].serial)
        fake.next(Refusal("FailedOperation.InsufficientBalanceInSmsPackage"), DROP)
        assert ours.send(message) == Refused(About.ACCOUNT, "balance-used-up")
        assert ours.send(message) == Refused(About.UNCLEAR, "no-answer")
        assert fake.times == {"m1": 2}
