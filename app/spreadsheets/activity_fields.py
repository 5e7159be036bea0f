"""What a column of a file of follow-ups can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field

_KINDS = (
    Choice("call", "电话", "Call"),
    Choice("visit", "拜访", "Visit"),
    Choice("meeting", "会议", "Meeting"),
    Choice("mail", "邮件", "Mail"),
    Choice("note", "备注", "Note"),
)

FIELDS = (
    Field("happened_at", "instant", "沟通时间", "When", headings="", imported=False),
    Field("kind", "choice", "跟进方式", "Kind", headings="", choices=_KINDS, imported=False),
    Field("customer", "customer", "客户", "Customer", headings="", imported=False),
    Field("contact", "customer", "联系人", "Contact", headings="", imported=False),
    Field("content", "text", "跟进内容", "What was said", headings="", imported=False),
    Field("author", "colleague", "跟进人", "By", headings="", imported=False),
    Field("next_step", "text", "下一步", "Next step", headings="", imported=False),
    Field("next_step_at", "instant", "下一步时间", "Next step due", headings="", imported=False),
    Field("next_step_done", "yes", "下一步已完成", "Next step done", headings="", imported=False),
    Field("annotations", "text", "主管批注", "Annotations", headings="", imported=False),
    Field("comment_count", "whole", "评论数", "Comments", headings="", imported=False),
    Field("attachment_count", "whole", "附件数", "Files", headings="", imported=False),
    Field("owner", "colleague", "客户负责人", "Owner of customer", headings="", imported=False),
    Field("department", "department", "部门", "Department of owner", headings="", imported=False),
    Field("created_at", "instant", "创建时间", "Created", headings="", imported=False),
    Field("updated_at", "instant", "更新时间", "Updated", headings="", imported=False),
    Field("id", "id", "系统编号", "Record ID", headings="", imported=False),
)
