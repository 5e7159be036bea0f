"""Letters of the first demo company: a new-year greeting, and one for those whom its notice did not reach."""

from sqlalchemy import select

from app.access.actor import Actor
from app.campaigns.models import Campaign
from app.core.db import db
from app.core.uow import unit_of_work
from app.demo.circulars import NOTICE
from app.letters import services

_SENDER = {
    "sender_name": "澄川科技（杭州）有限公司",
    "sender_address": "浙江省杭州市滨江区江南大道 588 号",
    "sender_postcode": "310051",
    "sender_phone": "0571-8888 0000",
}
_WON = {"field": "stage", "op": "eq", "value": "deal"}
_GREETING = (
    "您好！\n\n岁序更替，华章日新。感谢{{customer.name|贵公司}}一年来对我们的信任与支持。"
    "新的一年，我们将继续为您的设备保驾护航，随时听候您的吩咐。\n\n恭祝新年快乐，阖家幸福，生意兴隆！"
)
_REST = (
    "您好！\n\n我们曾用短信告知国庆期间的值班安排，可惜没有送达。为免耽误您的事情，特此来信，"
    "并请您方便时把最新的联系方式告诉{{owner.name|客服}}，我们好及时更正。"
)


def write_letters(administrator: Actor) -> None:
    """Two letters that have not been printed yet."""
    dear = "尊敬的{{contact.salutation}}："
    with unit_of_work():
        notice = db.session.scalars(select(Campaign.id).where(Campaign.name == NOTICE)).first()
        services.create(
            administrator,
            {
                "name": "2027 年新年贺信", "heading": "新年贺信", "salutation": dear, "body": _GREETING,
                "signature": "澄川科技 全体同仁", "audience": {"customers": _WON}, "one_each": True, **_SENDER,
            },
        )  # fmt: skip
        services.create(
            administrator,
            {
                "name": "更正联系方式", "salutation": dear, "body": _REST, "signature": "澄川科技 客户服务部",
                "audience": {}, "campaign_id": notice, "campaign_part": "unreached", **_SENDER,
            },
        )  # fmt: skip
