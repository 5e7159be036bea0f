"""What every company begins with: the messages that nearly all of them write."""

from typing import Any

from app.consents.states import Purpose, Way

Wanted = dict[str, Any]


def templates(locale: str) -> list[Wanted]:
    """The templates of a new company, in its language."""
    rows = _EN if locale == "en" else _ZH
    return [
        {
            "name": name, "way": way.value, "purpose": purpose.value,
            "locale": "en" if locale == "en" else "zh-CN", "subject": subject, "body": body, "links": False,
        }
        for name, way, purpose, subject, body in rows
    ]  # fmt: skip


def _letter(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


_CARE, _SERVICE = Purpose.CARE, Purpose.SERVICE
_FROM_ZH = "{{owner.name|客户服务部}}<br>{{company.name}}"
_FROM_EN = "{{owner.name|Customer service}}<br>{{company.name}}"
_ZH: tuple[tuple[str, Way, Purpose, str | None, str], ...] = (
    (
        "生日祝福", Way.SMS, _CARE, None,
        "{{contact.salutation}}，今天是您的生日，{{company.name}}全体同事祝您生日快乐，身体健康，万事顺意！",
    ),
    (
        "生日祝福", Way.MAIL, _CARE, "{{contact.salutation}}，祝您生日快乐",
        _letter(
            "{{contact.salutation}}，您好！",
            "今天是您的生日，我们全体同事祝您生日快乐、身体健康、阖家幸福。",
            "感谢您一直以来的信任，新的一岁，愿您事事顺心。",
            _FROM_ZH,
        ),
    ),
    (
        "司庆祝福", Way.SMS, _CARE, None,
        ("{{contact.salutation}}您好，今天是{{customer.name|贵司}}的司庆日，{{company.name}}全体同事"
        "恭祝贵司基业长青，蒸蒸日上！"),
    ),
    (
        "司庆祝福", Way.MAIL, _CARE, "恭贺{{customer.name|贵司}}司庆",
        _letter(
            "{{contact.salutation}}，您好！",
            "今天是{{customer.name|贵司}}的司庆日，我们全体同事向您和各位同仁道贺。",
            "感谢一路以来的信任与合作，祝贵司基业长青，蒸蒸日上！",
            _FROM_ZH,
        ),
    ),
    (
        "新年问候", Way.SMS, _CARE, None,
        "{{contact.salutation}}，新年好！感谢您一年来的信任，{{company.name}}祝您新的一年平安顺遂，事业兴旺！",
    ),
    (
        "新年问候", Way.MAIL, _CARE, "{{company.name}}恭祝您新年快乐",
        _letter(
            "{{contact.salutation}}，新年好！",
            "感谢您过去一年的信任与支持。新的一年，我们会继续用心做好每一次服务。",
            "祝您和家人新年快乐，平安健康，事业兴旺！",
            _FROM_ZH,
        ),
    ),
    (
        "质保到期提醒", Way.SMS, _SERVICE, None,
        ("{{contact.salutation}}您好，贵司的{{asset.name}}质保期将于{{asset.warranty_until}}届满，"
        "如需检查或续保，请联系{{owner.name|我们}}。"),
    ),
    (
        "质保到期提醒", Way.MAIL, _SERVICE, "{{asset.name}}的质保期即将届满",
        _letter(
            "{{contact.salutation}}，您好！",
            "贵司使用的<strong>{{asset.name}}</strong>（序列号：{{asset.serial|未登记}}）"
            "质保期将于<strong>{{asset.warranty_until}}</strong>届满。",
            "建议在到期前安排一次检查，也可以与我们商量延长质保或签订维保合同。直接回复这封邮件即可。",
            _FROM_ZH,
        ),
    ),
    (
        "保养到期提醒", Way.SMS, _SERVICE, None,
        ("{{contact.salutation}}您好，贵司的{{asset.name}}应于{{asset.maintenance_due}}前后保养，"
        "方便时请与{{owner.name|我们}}约定上门时间。"),
    ),
    (
        "保养到期提醒", Way.MAIL, _SERVICE, "{{asset.name}}该保养了",
        _letter(
            "{{contact.salutation}}，您好！",
            "贵司使用的<strong>{{asset.name}}</strong>下次保养日为<strong>{{asset.maintenance_due}}</strong>。"
            "按时保养可以减少停机，也能延长设备寿命。",
            "请回复这封邮件告诉我们您方便的时间，我们安排工程师上门。",
            _FROM_ZH,
        ),
    ),
    (
        "服务回访", Way.SMS, _SERVICE, None,
        ("{{contact.salutation}}您好，我们于{{service.done_on}}为贵司完成了{{service.kind}}服务，"
        "不知是否满意？如有问题请随时联系{{owner.name|我们}}。"),
    ),
    (
        "服务回访", Way.MAIL, _SERVICE, "{{service.done_on}}的{{service.kind}}服务，您还满意吗？",
        _letter(
            "{{contact.salutation}}，您好！",
            "我们于{{service.done_on}}为贵司的{{service.asset|设备}}完成了{{service.kind}}服务。",
            "使用中是否一切正常？服务有没有需要改进的地方？您的意见请直接回复这封邮件。",
            _FROM_ZH,
        ),
    ),
)  # fmt: skip
_EN: tuple[tuple[str, Way, Purpose, str | None, str], ...] = (
    (
        "Birthday", Way.SMS, _CARE, None,
        "Dear {{contact.salutation}}, everybody at {{company.name}} wishes you a happy birthday!",
    ),
    (
        "Birthday", Way.MAIL, _CARE, "Happy birthday, {{contact.salutation}}",
        _letter("Dear {{contact.salutation}},", "All of us wish you a very happy birthday.", _FROM_EN),
    ),
    (
        "Founding day", Way.SMS, _CARE, None,
        ("Dear {{contact.salutation}}, {{company.name}} congratulates {{customer.name|your company}} "
        "on its founding day!"),
    ),
    (
        "Founding day", Way.MAIL, _CARE, "Congratulations to {{customer.name|your company}}",
        _letter(
            "Dear {{contact.salutation}},",
            "Today {{customer.name|your company}} celebrates its founding day. All of us congratulate "
            "you and your colleagues, and thank you for your trust.",
            _FROM_EN,
        ),
    ),
    (
        "New year", Way.SMS, _CARE, None,
        "Dear {{contact.salutation}}, {{company.name}} wishes you a happy new year!",
    ),
    (
        "New year", Way.MAIL, _CARE, "A happy new year from {{company.name}}",
        _letter(
            "Dear {{contact.salutation}},",
            "Thank you for your trust. We wish you and yours a happy new year.",
            _FROM_EN,
        ),
    ),
    (
        "End of warranty", Way.SMS, _SERVICE, None,
        ("Dear {{contact.salutation}}, the warranty of your {{asset.name}} ends on {{asset.warranty_until}}. "
        "For a check or an extension please contact {{owner.name|us}}."),
    ),
    (
        "End of warranty", Way.MAIL, _SERVICE, "The warranty of your {{asset.name}} ends soon",
        _letter(
            "Dear {{contact.salutation}},",
            "The warranty of your <strong>{{asset.name}}</strong> (serial: {{asset.serial|not noted}}) "
            "ends on <strong>{{asset.warranty_until}}</strong>.",
            "We recommend a check before that day. To extend it, just answer this mail.",
            _FROM_EN,
        ),
    ),
    (
        "Maintenance due", Way.SMS, _SERVICE, None,
        ("Dear {{contact.salutation}}, your {{asset.name}} is due for service: {{asset.maintenance_due}}. "
        "Please arrange a visit with {{owner.name|us}}."),
    ),
    (
        "Maintenance due", Way.MAIL, _SERVICE, "Your {{asset.name}} is due for maintenance",
        _letter(
            "Dear {{contact.salutation}},",
            "Your <strong>{{asset.name}}</strong> is due for maintenance on "
            "<strong>{{asset.maintenance_due}}</strong>.",
            "Answer this mail with a time that suits you, and we shall send an engineer.",
            _FROM_EN,
        ),
    ),
    (
        "After a service", Way.SMS, _SERVICE, None,
        ("Dear {{contact.salutation}}, we served you on {{service.done_on}} ({{service.kind}}). "
        "Is all well? If not, please contact {{owner.name|us}}."),
    ),
    (
        "After a service", Way.MAIL, _SERVICE, "Were you content with our service of {{service.done_on}}?",
        _letter(
            "Dear {{contact.salutation}},",
            "On {{service.done_on}} we served your {{service.asset|equipment}} ({{service.kind}}).",
            "Does all run well? What could we do better? Just answer this mail.",
            _FROM_EN,
        ),
    ),
)  # fmt: skip
