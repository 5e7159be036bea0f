"""Reading what is written with variables, and what people then read."""

from dataclasses import dataclass

import pytest

from app.message_templates import html, segments
from app.message_templates.parsing import Broken, Slot, pieces, slots
from app.message_templates.rendering import MissingValue, filled, render, sms_text
from app.message_templates.variables import VARIABLES, about, samples


@dataclass
class Sheet:
    """A template that is nowhere saved."""

    body: str
    way: str = "sms"
    purpose: str = "service"
    locale: str = "zh-CN"
    subject: str | None = None


def test_variables_and_fall_backs_are_read_in_their_order() -> None:
    found = pieces("尊敬的{{ contact.salutation | 客户 }}，{{asset.name}}到期")
    assert found == ["尊敬的", Slot("contact.salutation", "客户"), "，", Slot("asset.name"), "到期"]
    assert list(slots(found)) == ["contact.salutation", "asset.name"]
    assert pieces("<p>{{contact.title|A &amp; B}}</p>", html=True)[1] == Slot("contact.title", "A & B")
    assert pieces("没有变量 {单个括号}") == ["没有变量 {单个括号}"]


@pytest.mark.parametrize(
    ("written", "code", "facts"),
    [
        ("{{contact.nmae}}", "template-unknown-variable", {"variable": "contact.nmae"}),
        ("{{}}", "template-unknown-variable", {"variable": ""}),
        ("好{{contact.name}", "template-broken-variable", {"near": "好{{contact.name}"}),
        ("contact.name}}", "template-broken-variable", {"near": "ntact.name}}"}),
        ("{{contact.name|}}", "template-empty-fallback", {"variable": "contact.name"}),
        ("{{today.year|" + "长" * 51 + "}}", "template-long-fallback", {"variable": "today.year", "max": 50}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(written: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(Broken) as fault:
        pieces(written)
    assert (fault.value.code, fault.value.facts) == (code, facts)


def test_of_one_person_one_thing_holds() -> None:
    with pytest.raises(Broken) as fault:
        slots(pieces("{{contact.title|您}}{{contact.title}}"))
    assert fault.value.code == "template-two-fallbacks"


def test_what_is_missing_is_named_unless_something_stands_in_for_it() -> None:
    sheet = Sheet("{{contact.salutation|朋友}}，{{asset.name}}与{{asset.model}}")
    with pytest.raises(MissingValue) as missing:
        render(sheet, {"asset.name": "  "})
    assert missing.value.variables == ("asset.name", "asset.model")
    known = {"asset.name": "空压机", "asset.model": "A\r\n1"}
    assert filled(sheet, known) == {
        "contact.salutation": "朋友",
        "asset.name": "空压机",
        "asset.model": "A 1",
    }
    assert render(sheet, known).text == "朋友，空压机与A 1"


def test_values_never_become_part_of_a_page_or_of_headers() -> None:
    sheet = Sheet("<p>你好 {{contact.name}}</p>", way="mail", subject="给{{contact.name}}")
    words = render(sheet, {"contact.name": "<b>王</b>\r\nBcc: a@b.cn"})
    assert words.subject == "给<b>王</b> Bcc: a@b.cn"
    assert words.html == '<p style="margin: 0 0 14px;">你好 &lt;b&gt;王&lt;/b&gt; Bcc: a@b.cn</p>'
    assert words.text == "你好 <b>王</b> Bcc: a@b.cn"


def test_what_advertises_says_so_and_how_to_hear_no_more() -> None:
    mail = Sheet("<p>新品</p>", way="mail", purpose="marketing", subject="新品上市")
    assert render(mail, {}).subject == "（广告）新品上市"
    mail.subject = "【AD】新品上市"
    assert render(mail, {}).subject == "【AD】新品上市"
    mail.subject, mail.locale = "Adventures", "en"
    assert render(mail, {}).subject == "(AD) Adventures"
    assert sms_text(Sheet("新品上市！", purpose="marketing")) == "新品上市，拒收请回复R"
    assert sms_text(Sheet("新品上市，退订回复TD", purpose="marketing")) == "新品上市，退订回复TD"
    assert sms_text(Sheet("新品上市！")) == "新品上市！"


def test_length_is_counted_as_vendors_charge_it() -> None:
    # Two brackets and a signature of four characters come before it.
    assert segments.size("字" * 64, "澄川科技") == segments.Size(70, 1)
    assert segments.size("字" * 65, "澄川科技") == segments.Size(71, 2)
    assert segments.size("a" * 128, "澄川科技") == segments.Size(134, 2)
    assert segments.size("a" * 129, "澄川科技") == segments.Size(135, 3)


def test_letters_keep_what_belongs_there_and_nothing_else() -> None:
    written = (
        '<p onclick="x()" style="color:red">好<script>alert(1)</script><img src="https://a.cn/t.gif">'
        '<a href="javascript:x()">甲</a><a href="https://a.cn/?b=1" target="_blank">乙</a></p><!-- 丙 -->'
    )
    assert html.cleaned(written) == (
        '<p>好<a rel="noopener noreferrer">甲</a>'
        '<a href="https://a.cn/?b=1" rel="noopener noreferrer">乙</a></p>'
    )
    assert html.plain("<h1>标题</h1><p>一<br>二</p><ul><li><p>甲</p></li><li>乙</li></ul>") == (
        "标题\n\n一\n二\n\n· 甲\n\n· 乙"
    )
    assert html.plain('<p>见<a href="https://a.cn">官网</a>，<a href="tel:110">110</a></p>') == (
        "见官网 (https://a.cn)，110"
    )


def test_every_variable_has_its_words_and_a_sample() -> None:
    for locale in ("zh-CN", "en"):
        assert all(one.label(locale) for one in VARIABLES.values())
        assert set(samples(locale)) == set(VARIABLES)
    assert about(["contact.name", "asset.name", "service.kind"]) == {"asset", "service-record"}
