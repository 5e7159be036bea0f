"""Chinese, about expenses."""

EXPENSES: dict[str, str] = {
    "expense-claim-not-draft": "报销单已提交，不能修改；撤回后再改",
    "expense-claim-not-submitted": "报销单不在审批中",
    "expense-claim-not-approved": "报销单还没有通过审批，或者已经付款",
    "expense-claim-not-paid": "报销单还没有付款，不需要冲销",
    "empty-expense-claim": "报销单里还没有费用，添加后才能提交",
    "expense-kind-archived": "这个费用类型已停用，请换一个",
    "too-many-expense-limits": "费用标准太多了，合并或停用一些再添加",
    "above-limit-per-line": "超出标准：每笔最多 {limit}，超出 {over}",
    "above-limit-per-day": "超出标准：每天最多 {limit}，超出 {over}",
    "above-limit-per-month": "超出标准：每月最多 {limit}，超出 {over}",
    "over-reason-needed": "超出标准 {limit}（超 {over}），请说明原因",
    "too-many-expense-kinds": "费用类型太多了，停用一些再添加",
    "tax-above-amount": "税额不能大于金额",
    "changed-meanwhile": "这条记录刚被修改过，请刷新后核对",
    "receipt-needed": "“{kind}”需要票据，请添加照片或 PDF",
    "customer-needed": "“{kind}”需要选择客户",
    "not-a-receipt": "票据应为图片或 PDF",
    "receipt-twice": "这张票据在这份报销单里已经有了",
    "receipt-claimed": "票据“{receipt}”已在 {number} 中报销，同一张票据不能报销两次",
    "receipt-claimed-by-another": "票据“{receipt}”已经被同事报销过，同一张票据不能报销两次",
}
