"""What bulk actions are called in the list of jobs."""

from collections.abc import Iterable, Mapping

from app.bulk_actions.models import Action, Wanted
from app.spreadsheets.registry import label_of

_NOUNS: Mapping[str, tuple[str, str]] = {
    "customer": ("客户", "customers"),
    "contact": ("联系人", "contacts"),
    "activity": ("跟进", "follow-ups"),
    "task": ("待办", "tasks"),
    "product": ("产品", "products"),
}
_TITLES: Mapping[Action, tuple[str, str]] = {
    Action.EDIT: ("批量修改{noun}：{what}", "Change {noun}: {what}"),
    Action.TAG: ("批量改{noun}标签：{what}", "Tag {noun}: {what}"),
    Action.TRANSFER: ("批量转移{noun}给{what}", "Transfer {noun} to {what}"),
    Action.POSTPONE: ("批量推迟{noun}：{what} 天", "Postpone {noun} by {what} days"),
    Action.COMPLETE: ("批量完成{noun}", "Complete {noun}"),
    Action.REOPEN: ("批量重新打开{noun}", "Reopen {noun}"),
    Action.CONSENT: ("批量登记{noun}的消息许可：{what}", "Note consents of {noun}: {what}"),
    Action.DELETE: ("批量删除{noun}", "Delete {noun}"),
}
_SAID = {True: ("同意接收", "they agree"), False: ("不再接收", "they refuse")}
_BROUGHT_FORWARD = ("批量提前{noun}：{what} 天", "Bring {noun} forward by {what} days")
_UNDO = ("撤销：{title}", "Undo: {title}")
_LONGEST = 200


def title(wanted: Wanted, locale: str, owner: str = "") -> str:
    """The name of the job that does what is wanted."""
    english = locale == "en"
    forward = wanted.action is Action.POSTPONE and wanted.days < 0
    titles = _BROUGHT_FORWARD if forward else _TITLES[wanted.action]
    template, noun = titles[english], _NOUNS[wanted.type][english]
    return template.format(
        noun=noun, what=owner if wanted.action is Action.TRANSFER else _what(wanted, locale)
    )[:_LONGEST]


def title_of_undo(former: str, locale: str) -> str:
    """The name of the job that takes another back."""
    return _UNDO[locale == "en"].format(title=former)[:_LONGEST]


def _what(wanted: Wanted, locale: str) -> str:
    if wanted.action is Action.POSTPONE:
        return str(abs(wanted.days))
    if wanted.action is Action.CONSENT:
        return _SAID[wanted.said["holds"]][locale == "en"]
    if wanted.action is Action.TAG:
        return " ".join(
            [*(f"+{tag}" for tag in wanted.tags_added), *(f"−{tag}" for tag in wanted.tags_removed)]
        )
    names = [*(name for name in wanted.changes if name != "custom"), *wanted.changes.get("custom", {})]
    return ("、" if locale != "en" else ", ").join(_labels(wanted.type, names, locale))


def _labels(record_type: str, names: Iterable[str], locale: str) -> list[str]:
    return [label_of(record_type, name.removesuffix("_id"), locale) or name for name in names]
