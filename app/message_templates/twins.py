"""Templates that say the same in another language: whoever chooses one writes to people in theirs."""

from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.message_templates import queries
from app.message_templates.drafts import Draft
from app.message_templates.models import MessageTemplate

_SHARED = ("way", "purpose")


class TemplateIsTwin(Conflict):
    """It is a translation itself: others belong to what it was translated from."""

    code = "message-template-is-twin"


class TemplateHasTwin(Conflict):
    """What says the same in another language would be left alone."""

    code = "message-template-has-twin"


def demand_room(template: MessageTemplate, locale: str) -> None:
    """Make sure that words in a language can stand beside a template, which is held.

    :raises Invalid: naming `locale`, if there are some already
    :raises TemplateIsTwin: for what is a translation itself
    """
    if template.twin_of_id is not None:
        raise TemplateIsTwin
    if locale in {template.locale, *(one.locale for one in queries.twins_of(template.id))}:
        raise invalid("locale", "template-language-there")


def demand_alike(draft: Draft, template: MessageTemplate) -> None:
    """Make sure that a template which is to change goes on matching those beside it.

    :raises Invalid: naming what is against it
    """
    if all(getattr(draft, name) == getattr(template, name) for name in (*_SHARED, "locale")):
        return
    if template.twin_of_id is None and not queries.twins_of(template.id):
        return
    _demand_shared(draft, template)
    raise invalid("locale", "template-language-fixed")


def demand_none(template: MessageTemplate) -> None:
    """Make sure that nothing says the same in another language.

    :raises TemplateHasTwin: otherwise
    """
    if queries.twins_of(template.id):
        raise TemplateHasTwin


def _demand_shared(draft: Draft, template: MessageTemplate) -> None:
    differing = [name for name in _SHARED if getattr(draft, name) != getattr(template, name)]
    if differing:
        raise Invalid(*(FieldProblem(name, "template-twins-differ") for name in differing))
