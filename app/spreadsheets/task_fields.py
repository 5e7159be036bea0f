"""What a column of a file of tasks can be; such files are only taken out."""

from app.spreadsheets.vocabulary import Choice, Field

_PRIORITIES = (Choice("high", "高", "High"), Choice("normal", "普通", "Normal"), Choice("low", "低", "Low"))

FIELDS = (
    Field("title", "text", "事项", "Task", headings="", imported=False),
    Field("due_at", "instant", "截止时间", "Due", headings="", imported=False),
    Field("priority", "choice", "优先级", "Priority", headings="", choices=_PRIORITIES, imported=False),
    Field("owner", "colleague", "负责人", "Owner", headings="", imported=False),
    Field("customer", "customer", "客户", "Customer", headings="", imported=False),
    Field("contact", "customer", "联系人", "Contact", headings="", imported=False),
    Field("done_at", "instant", "完成时间", "Done", headings="", imported=False),
    Field("done_by", "colleague", "完成人", "Done by", headings="", imported=False),
    Field("created_by", "colleague", "安排人", "Set by", headings="", imported=False),
    Field("detail", "text", "说明", "Detail", headings="", imported=False),
    Field("department", "department", "部门", "Department of owner", headings="", imported=False),
    Field("created_at", "instant", "创建时间", "Created", headings="", imported=False),
    Field("updated_at", "instant", "更新时间", "Updated", headings="", imported=False),
    Field("id", "id", "系统编号", "Record ID", headings="", imported=False),
)
