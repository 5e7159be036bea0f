"""What a column of a file of care rules can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field, Kind

_STATES = (Choice("draft", "草稿", "Draft"), Choice("on", "启用", "On"), Choice("off", "停用", "Off"))
_PURPOSES = (
    Choice("marketing", "营销", "Marketing"),
    Choice("care", "关怀", "Care"),
    Choice("service", "服务", "Service"),
)
_WHOM = (
    Choice("own", "记录上的联系人", "Contact of the record"),
    Choice("primary", "主联系人", "Primary contact"),
    Choice("all", "所有联系人", "All contacts"),
)


def _told(name: str, kind: Kind, zh: str, en: str, choices: tuple[Choice, ...] = ()) -> Field:
    return Field(name, kind, zh, en, headings="", choices=choices, imported=False)


FIELDS = (
    _told("name", "text", "规则名称", "Rule"),
    _told("state", "choice", "状态", "State", _STATES),
    _told("trigger", "text", "触发", "Begins with"),
    _told("sentence", "text", "做什么", "What it does"),
    _told("whom", "choice", "发给谁", "Sent to", _WHOM),
    _told("purpose", "choice", "用途", "Purpose", _PURPOSES),
    _told("next_at", "instant", "下次执行", "Next"),
    _told("sent_30_days", "whole", "30 天发出", "Sent in 30 days"),
    _told("planned", "whole", "待发", "Waiting"),
    _told("running", "whole", "进行中", "Running"),
    _told("overdue", "whole", "逾期", "Overdue"),
    _told("owner", "colleague", "负责人", "Owner"),
    _told("on_since", "instant", "启用时间", "On since"),
    _told("updated_at", "instant", "修改时间", "Changed"),
    _told("id", "id", "系统编号", "Record ID"),
)
