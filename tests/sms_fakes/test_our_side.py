"""Our side of the wire against vendors on the loopback."""

import pytest

from app.core import clock
from app.sms.states import FilingState
from app.sms.vendors.aliyun import Aliyun
from app.sms.vendors.contract import LOST, About, Credentials, Refused, ShortMessage, Taken
from app.sms.vendors.tencent import Tencent
from tests.fakes import sms_aliyun, sms_tencent
from tests.fakes.sms_tencent import APPROVED
from tests.fakes.vendor import BAD_GATEWAY, DROP, GARBLED, Refusal, Step, Trouble

NUMBER = "+8613812345678"


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


def test_asks_tencent_what_has_become_of_a_message() -> None:
    with sms_tencent.running() as fake:
        keys = {"app_id": fake.app_id, "key_id": fake.key_id, "secret": fake.secret}
        ours = Tencent(Credentials(**keys, signature="澄川科技"), fake.endpoint)
        code = fake.knows("7", "您好")
        at = clock.now()
        for name in ("m1", "m2"):
            ours.send(ShortMessage(number=NUMBER, code=code, values=[], reference=name))
        assert ours.ask(NUMBER, at, "m2") is None
        fake.receipt(fake.taken[0])
        fake.receipt(fake.taken[1], error="FAIL")
        first, second = (ours.ask(NUMBER, at, name) for name in ("m1", "m2"))
        assert first is not None
        assert second is not None
        assert (first.arrived, first.error, first.reference) == (True, None, "m1")
        assert (second.arrived, second.error) == (False, LOST)
        assert ours.ask("+8613800000001", at, "m1") is None
        assert ours.ask(NUMBER, at, "m3") is None


def test_asks_aliyun_what_has_become_of_a_message() -> None:
    with sms_aliyun.running() as fake:
        ours = Aliyun(
            Credentials(app_id=None, key_id=fake.key_id, secret=fake.secret, signature="澄川科技"),
            fake.endpoint,
        )
        code = fake.knows("SMS_7", "您好")
        at = clock.now()
        for name in ("m1", "m2"):
            ours.send(ShortMessage(number=NUMBER, code=code, values=[], reference=name))
        assert ours.ask(NUMBER, at, "m2") is None
        fake.receipt(fake.taken[0])
        fake.receipt(fake.taken[1], error="MK:0001")
        first, second = (ours.ask(NUMBER, at, name) for name in ("m1", "m2"))
        assert first is not None
        assert second is not None
        assert (first.arrived, first.error, first.reference) == (True, None, "m1")
        assert (second.arrived, second.error) == (False, LOST)
        assert ours.ask(NUMBER, at, "m3") is None


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        (Trouble("InvalidVersion", 404), Refused(About.ACCOUNT, "refused")),
        (Trouble("SignatureNonceUsed", 400), Refused(About.UNCLEAR, "no-answer")),
        (Trouble("RequestTimeout", 408), Refused(About.UNCLEAR, "no-answer")),
        (Trouble("Forbidden.RAM", 403), Refused(About.ACCOUNT, "key-refused")),
        (Trouble("Unheard", 500), Refused(About.UNCLEAR, "no-answer")),
        (DROP, Refused(About.UNCLEAR, "no-answer")),
        (BAD_GATEWAY, Refused(About.UNCLEAR, "no-answer")),
        (GARBLED, Refused(About.UNCLEAR, "no-answer")),
    ],
)
def test_aliyun_is_silent_only_if_it_has_not_answered(step: Step, answer: Refused) -> None:
    with sms_aliyun.running() as fake:
        ours = Aliyun(
            Credentials(app_id=None, key_id=fake.key_id, secret=fake.secret, signature="澄川科技"),
            fake.endpoint,
        )
        code = fake.knows("SMS_7", "您好")
        fake.next(step)
        assert ours.send(ShortMessage(number=NUMBER, code=code, values=[], reference="m1")) == answer


@pytest.mark.parametrize(("key_id", "secret"), [("密钥", "s"), ("AK\n1", "s")])
def test_keys_that_cannot_be_signed_with_are_the_accounts_fault(key_id: str, secret: str) -> None:
    with sms_aliyun.running() as fake:
        ours = Aliyun(
            Credentials(app_id=None, key_id=key_id, secret=secret, signature="澄川科技"), fake.endpoint
        )
        code = fake.knows("SMS_7", "您好")
        answer = ours.send(ShortMessage(number=NUMBER, code=code, values=[], reference="m1"))
        assert (answer, fake.taken) == (Refused(About.ACCOUNT, "key-refused"), [])


def test_tencent_knows_nothing_of_names_that_are_none_of_its() -> None:
    with sms_tencent.running() as fake:
        keys = {"app_id": fake.app_id, "key_id": fake.key_id, "secret": fake.secret}
        ours = Tencent(Credentials(**keys, signature="澄川科技"), fake.endpoint)
        fake.knows("7", "您好")
        assert ours.look(["SMS_7"]) == {}
        assert set(ours.look(["SMS_7", "7"])) == {"7"}
