"""Files hang on templates of mails, and go along with what is written by them."""

from app.access.permissions import Permission
from app.message_templates import cards, enclosed, html, queries, services
from app.message_templates.models import MessageTemplate
from app.message_templates.trail import SUBJECT
from app.messaging import enclosures
from app.records.kinds import Place, RecordKind, register


def _place(row: MessageTemplate) -> Place:
    return Place(label=row.name, link=f"/message-templates/{row.id}", about_id=row.id)


register(
    RecordKind(
        word=SUBJECT,
        get=queries.letter,
        demand=cards.whole,
        read=services.manage,
        update=services.manage,
        place=_place,
        sees=lambda _row, people: [one.id for one in people if one.may(Permission.MESSAGE_MANAGE)],
        most_files=enclosed.MOST,
        most_bytes=enclosed.MOST_BYTES,
        shows=lambda row, file_id: file_id in html.pictures(row.body),
    )
)
enclosures.register(enclosed.KIND, enclosed.made)
