"""Chinese."""

from app.messaging.texts.wording import BellText, MailText

BELLS: dict[str, BellText] = {
    "approval-asked": BellText("{by} 等你审批：{title}"),
    "approval-reminder": BellText("{by} 催你审批：{title}"),
    "approval-copied": BellText("{by} 的审批抄送给你：{title}"),
    "approval-granted": BellText("已同意：{title}", "{by} {comment}"),
    "approval-rejected": BellText("已驳回：{title}", "{by}：{comment}"),
    "approval-returned": BellText("已退回，请修改：{title}", "{by}：{comment}"),
    "approval-stuck": BellText("审批卡住了：{title}", "{by} 提交的审批没有人能处理，请改派审批人。"),
    "trial-ending": BellText(
        "试用还剩 {days} 天", "到期后只能查看，数据都会保留。需要继续使用，请在到期前开通。"
    ),
    "trial-ended": BellText("试用已到期", "现在只能查看。数据都在，开通后即可继续编辑。"),
    "tasks-given": BellText("{by} 给你安排了 {count} 个待办", "其中有：{title}"),
    "quote-rejected": BellText("报价被驳回：{quote}"),
    "quote-sent-back": BellText("报价被退回修改：{quote}"),
    "quote-opened": BellText("客户打开了报价：{quote}", "{by}"),
    "quote-accepted": BellText("客户接受了报价：{quote}", "{by} {note}"),
    "quote-declined": BellText("客户谢绝了报价：{quote}", "{by} {note}"),
    "quote-expired": BellText("报价已过有效期：{quote}"),
    "expense-claim-paid": BellText("报销已付款：{claim}"),
    "advance-paid": BellText("借款已付款：{advance}"),
    "advance-overdue": BellText("借款已逾期，请尽快报销核销或还款：{advance}"),
    "task-given": BellText("{by} 给你安排了待办：{title}"),
    "mentioned": BellText("{by} 在“{record}”的评论里提到了你", "{text}"),
    "annotated": BellText("{by} 批注了跟进：{record}", "{text}"),
    "task-due": BellText("待办提醒：{title}", "{due} 截止"),
    "sms-failed": BellText("短信没有送达", "发给 {to} 的短信“{subject}”没有发出去，请在短信通道里查看原因。"),
    "sms-uncertain": BellText(
        "短信可能没有送达", "发给 {to} 的短信“{subject}”没有收到服务商的答复。为免重复，系统没有再发。"
    ),
    "contact-answered": BellText("{name}回复了短信", "{text}"),
    "contact-opted-out": BellText("{name}回复退订", "回复内容：{text}。之后不会再给这个号码发短信。"),
    "limit-sms-near": BellText("本月短信快用完了", "上限 {limit} 条，已用 {used} 条。"),
    "limit-sms-reached": BellText(
        "本月短信已用完", "上限 {limit} 条，已用 {used} 条。没发出的会等到下个月；调高上限后马上继续发。"
    ),
    "limit-mail-near": BellText("本月邮件快用完了", "上限 {limit} 封，已用 {used} 封。"),
    "limit-mail-reached": BellText(
        "本月邮件已用完", "上限 {limit} 封，已用 {used} 封。没发出的会等到下个月；调高上限后马上继续发。"
    ),
    "mail-failed": BellText("邮件没有送达", "发给 {to} 的《{subject}》被退回，请核对地址后重新发送。"),
    "mail-uncertain": BellText(
        "邮件可能没有送达",
        "发给 {to} 的《{subject}》在发送途中断开，不能确定对方是否收到。为免重复，系统没有再发。",
    ),
    "import-finished": BellText(
        "导入完成：{filename}", "成功 {succeeded} 行，失败 {failed} 行，跳过 {skipped} 行。"
    ),
    "import-undone": BellText(
        "导入已撤销：{filename}", "撤销 {succeeded} 行，{skipped} 行保持现状，{failed} 行没能撤销。"
    ),
    "import-undo-stopped": BellText(
        "撤销没有完成：{filename}", "已撤销 {succeeded} 行，可以再次撤销其余的行。"
    ),
    "import-failed": BellText("导入没有完成：{filename}", "已导入的行保留，可以在任务页查看原因。"),
    "import-cancelled": BellText("导入已取消：{filename}", "取消前已导入 {succeeded} 行。"),
    "bulk-finished": BellText("{title}：完成", "成功 {succeeded}，未做 {failed}，无需改动 {skipped}。"),
    "bulk-failed": BellText("{title}：没有做完", "成功 {succeeded}，未做 {failed}，无需改动 {skipped}。"),
    "bulk-cancelled": BellText("{title}：已停止", "停止前完成了 {succeeded} 条。"),
    "owner-wanted": BellText("{by} 想和你聊聊 {record}", "对方正要录入同一位，发现由你负责。"),
    "export-finished": BellText("导出完成：{filename}", "共 {succeeded} 行，7 天内可以下载。"),
    "export-failed": BellText("导出没有完成：{filename}", "可以在任务页查看原因。"),
    "export-cancelled": BellText("导出已取消：{filename}"),
    "letters-finished": BellText(
        "可以打印了：{filename}",
        "共 {succeeded} 份，另有 {skipped} 位没有生成，原因在任务页。7 天内可以下载。",
    ),
    "letters-failed": BellText("没有生成：{filename}", "可以在任务页查看原因。"),
    "letters-cancelled": BellText("已取消：{filename}"),
    "customer-transferred": BellText("{by} 把客户 {customer} 转给了你"),
    "collaborator-added": BellText("{by} 邀请你协作客户 {customer}"),
    "new-device": BellText(
        "新设备登录：{device}", "{at}，来自 {ip}。不是你本人，请立刻退出这台设备并修改密码。"
    ),
    "webhook-failed": BellText(
        "Webhook “{name}”有事件没有送达", "24 小时内反复尝试仍未成功，可以在发送记录里查看原因、重新发送。"
    ),
    "webhook-paused": BellText(
        "Webhook “{name}”已自动暂停", "对方长时间没有正常接收。期间的事件会保留，恢复后继续发送。"
    ),
    "invitation-accepted": BellText("{name} 接受了你的邀请，已经加入"),
}

SOME_BELL = BellText("通知")

MAILS: dict[str, MailText] = {
    "task-due": MailText(
        "待办提醒：{title}",
        ("你好，", "“{title}”将在 {due} 截止。", "不想再收到提醒邮件，可在个人设置里关闭。"),
        button="查看待办",
    ),
    "invitation": MailText(
        "{inviter} 邀请你加入 {company}",
        (
            "你好，",
            "{inviter} 邀请你加入 {company} 的客户关系系统。点击下面的按钮，设置密码后就可以开始使用。",
            "链接 {days} 天内有效，只能使用一次。如果你不认识邀请人，忽略这封邮件即可。",
        ),
        button="接受邀请",
        called="邀请邮件",
    ),
    "password-reset": MailText(
        "重设密码",
        (
            "{name}，你好，",
            "有人为你的账号申请了重设密码。点击下面的按钮，设置新的密码。",
            "链接 {minutes} 分钟内有效，只能使用一次。如果不是你本人申请，忽略这封邮件即可，密码不会改变。",
        ),
        button="重设密码",
        called="重设密码",
    ),
    "second-factor-reset": MailText(
        "解除两步验证",
        (
            "{name}，你好，",
            "企业的管理员为你申请了解除两步验证。点击下面的按钮，输入你的密码后，登录时不再需要动态码。",
            "链接 {minutes} 分钟内有效，只能使用一次。如果你没有请管理员这样做，忽略这封邮件即可。",
        ),
        button="解除两步验证",
        called="解除两步验证",
    ),
    "new-device": MailText(
        "你的账号在新设备上登录",
        (
            "{name}，你好，",
            "你的账号于 {at} 在一台新设备上登录：{device}，来自 {ip}。",
            "如果是你本人，忽略这封邮件即可。如果不是，请立刻退出这台设备，并修改密码。",
        ),
        button="查看登录设备",
    ),
    "quote": MailText(
        "{subject}",
        ("{text}",),
        button="查看并答复报价",
        called="报价",
        footer="由 Guanxi 关系代 {company} 发送。",
    ),
    "password-changed": MailText(
        "密码已修改",
        (
            "{name}，你好，",
            "你的账号密码刚刚修改，其他设备已经退出登录。",
            "如果不是你本人操作，请立即重设密码，并告诉企业的管理员。",
        ),
    ),
}

FOOTER = "这封邮件由 Guanxi 关系 自动发出，请不要直接回复。"
LINK_HINT = "如果按钮打不开，请把这个地址复制到浏览器："
