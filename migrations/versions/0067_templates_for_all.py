"""Companies that were founded before there were templates get those with which others begin."""

from alembic import op

from migrations import ops

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

_ROWS = (
    (
        "('zh-CN', '生日祝福', 'sms', 'care', NULL, '{{contact.salutation}}，今天是您的生日，"
        "{{company.name}}全体同事祝您生日快乐，身体健康，万事顺意！', '[\"contact.salutation\","
        ' "company.name"]\')'
    ),
    (
        "('zh-CN', '生日祝福', 'mail', 'care', '{{contact.salutation}}，祝您生日快乐', '<p>{{"
        "contact.salutation}}，您好！</p><p>今天是您的生日，我们全体同事祝您生日快乐、身体健"
        "康、阖家幸福。</p><p>感谢您一直以来的信任，新的一岁，愿您事事顺心。</p><p>{{owner.na"
        'me|客户服务部}}<br>{{company.name}}</p>\', \'["contact.salutation", "owner.name", "com'
        "pany.name\"]')"
    ),
    (
        "('zh-CN', '新年问候', 'sms', 'care', NULL, '{{contact.salutation}}，新年好！感谢您一"
        "年来的信任，{{company.name}}祝您新的一年平安顺遂，事业兴旺！', '[\"contact.salutation"
        '", "company.name"]\')'
    ),
    (
        "('zh-CN', '新年问候', 'mail', 'care', '{{company.name}}恭祝您新年快乐', '<p>{{contac"
        "t.salutation}}，新年好！</p><p>感谢您过去一年的信任与支持。新的一年，我们会继续用心"
        "做好每一次服务。</p><p>祝您和家人新年快乐，平安健康，事业兴旺！</p><p>{{owner.name|"
        '客户服务部}}<br>{{company.name}}</p>\', \'["company.name", "contact.salutation", "owne'
        "r.name\"]')"
    ),
    (
        "('zh-CN', '质保到期提醒', 'sms', 'service', NULL, '{{contact.salutation}}您好，贵司"
        "的{{asset.name}}质保期将于{{asset.warranty_until}}届满，如需检查或续保，请联系{{owne"
        'r.name|我们}}。\', \'["contact.salutation", "asset.name", "asset.warranty_until", "own'
        "er.name\"]')"
    ),
    (
        "('zh-CN', '质保到期提醒', 'mail', 'service', '{{asset.name}}的质保期即将届满', '<p>{"
        "{contact.salutation}}，您好！</p><p>贵司使用的<strong>{{asset.name}}</strong>（序列"
        "号：{{asset.serial|未登记}}）质保期将于<strong>{{asset.warranty_until}}</strong>届满"
        "。</p><p>建议在到期前安排一次检查，也可以与我们商量延长质保或签订维保合同。直接回复"
        "这封邮件即可。</p><p>{{owner.name|客户服务部}}<br>{{company.name}}</p>', '[\"asset.na"
        'me", "contact.salutation", "asset.serial", "asset.warranty_until", "owner.name", "co'
        "mpany.name\"]')"
    ),
    (
        "('zh-CN', '保养到期提醒', 'sms', 'service', NULL, '{{contact.salutation}}您好，贵司"
        "的{{asset.name}}应于{{asset.maintenance_due}}前后保养，方便时请与{{owner.name|我们}}"
        '约定上门时间。\', \'["contact.salutation", "asset.name", "asset.maintenance_due", "own'
        "er.name\"]')"
    ),
    (
        "('zh-CN', '保养到期提醒', 'mail', 'service', '{{asset.name}}该保养了', '<p>{{contact"
        ".salutation}}，您好！</p><p>贵司使用的<strong>{{asset.name}}</strong>下次保养日为<st"
        "rong>{{asset.maintenance_due}}</strong>。按时保养可以减少停机，也能延长设备寿命。</p"
        "><p>请回复这封邮件告诉我们您方便的时间，我们安排工程师上门。</p><p>{{owner.name|客户"
        '服务部}}<br>{{company.name}}</p>\', \'["asset.name", "contact.salutation", "asset.main'
        'tenance_due", "owner.name", "company.name"]\')'
    ),
    (
        "('zh-CN', '服务回访', 'sms', 'service', NULL, '{{contact.salutation}}您好，我们于{{s"
        "ervice.done_on}}为贵司完成了{{service.kind}}服务，不知是否满意？如有问题请随时联系{{"
        'owner.name|我们}}。\', \'["contact.salutation", "service.done_on", "service.kind", "ow'
        "ner.name\"]')"
    ),
    (
        "('zh-CN', '服务回访', 'mail', 'service', '{{service.done_on}}的{{service.kind}}服务"
        "，您还满意吗？', '<p>{{contact.salutation}}，您好！</p><p>我们于{{service.done_on}}"
        "为贵司的{{service.asset|设备}}完成了{{service.kind}}服务。</p><p>使用中是否一切正常"
        "？服务有没有需要改进的地方？您的意见请直接回复这封邮件。</p><p>{{owner.name|客户服务"
        '部}}<br>{{company.name}}</p>\', \'["service.done_on", "service.kind", "contact.salutat'
        'ion", "service.asset", "owner.name", "company.name"]\')'
    ),
    (
        "('en', 'Birthday', 'sms', 'care', NULL, 'Dear {{contact.salutation}}, everybody at {"
        '{company.name}} wishes you a happy birthday!\', \'["contact.salutation", "company.name'
        "\"]')"
    ),
    (
        "('en', 'Birthday', 'mail', 'care', 'Happy birthday, {{contact.salutation}}', '<p>Dea"
        "r {{contact.salutation}},</p><p>All of us wish you a very happy birthday.</p><p>{{ow"
        'ner.name|Customer service}}<br>{{company.name}}</p>\', \'["contact.salutation", "owner'
        '.name", "company.name"]\')'
    ),
    (
        "('en', 'New year', 'sms', 'care', NULL, 'Dear {{contact.salutation}}, {{company.name"
        '}} wishes you a happy new year!\', \'["contact.salutation", "company.name"]\')'
    ),
    (
        "('en', 'New year', 'mail', 'care', 'A happy new year from {{company.name}}', '<p>Dea"
        "r {{contact.salutation}},</p><p>Thank you for your trust. We wish you and yours a ha"
        "ppy new year.</p><p>{{owner.name|Customer service}}<br>{{company.name}}</p>', '[\"com"
        'pany.name", "contact.salutation", "owner.name"]\')'
    ),
    (
        "('en', 'End of warranty', 'sms', 'service', NULL, 'Dear {{contact.salutation}}, the "
        "warranty of your {{asset.name}} ends on {{asset.warranty_until}}. For a check or an "
        'extension please contact {{owner.name|us}}.\', \'["contact.salutation", "asset.name", '
        '"asset.warranty_until", "owner.name"]\')'
    ),
    (
        "('en', 'End of warranty', 'mail', 'service', 'The warranty of your {{asset.name}} en"
        "ds soon', '<p>Dear {{contact.salutation}},</p><p>The warranty of your <strong>{{asse"
        "t.name}}</strong> (serial: {{asset.serial|not noted}}) ends on <strong>{{asset.warra"
        "nty_until}}</strong>.</p><p>We recommend a check before that day. To extend it, just"
        " answer this mail.</p><p>{{owner.name|Customer service}}<br>{{company.name}}</p>', '"
        '["asset.name", "contact.salutation", "asset.serial", "asset.warranty_until", "owner.'
        'name", "company.name"]\')'
    ),
    (
        "('en', 'Maintenance due', 'sms', 'service', NULL, 'Dear {{contact.salutation}}, your"
        " {{asset.name}} is due for service: {{asset.maintenance_due}}. Please arrange a visi"
        't with {{owner.name|us}}.\', \'["contact.salutation", "asset.name", "asset.maintenance'
        '_due", "owner.name"]\')'
    ),
    (
        "('en', 'Maintenance due', 'mail', 'service', 'Your {{asset.name}} is due for mainten"
        "ance', '<p>Dear {{contact.salutation}},</p><p>Your <strong>{{asset.name}}</strong> i"
        "s due for maintenance on <strong>{{asset.maintenance_due}}</strong>.</p><p>Answer th"
        "is mail with a time that suits you, and we shall send an engineer.</p><p>{{owner.nam"
        'e|Customer service}}<br>{{company.name}}</p>\', \'["asset.name", "contact.salutation",'
        ' "asset.maintenance_due", "owner.name", "company.name"]\')'
    ),
    (
        "('en', 'After a service', 'sms', 'service', NULL, 'Dear {{contact.salutation}}, we s"
        "erved you on {{service.done_on}} ({{service.kind}}). Is all well? If not, please con"
        'tact {{owner.name|us}}.\', \'["contact.salutation", "service.done_on", "service.kind",'
        ' "owner.name"]\')'
    ),
    (
        "('en', 'After a service', 'mail', 'service', 'Were you content with our service of {"
        "{service.done_on}}?', '<p>Dear {{contact.salutation}},</p><p>On {{service.done_on}} "
        "we served your {{service.asset|equipment}} ({{service.kind}}).</p><p>Does all run we"
        "ll? What could we do better? Just answer this mail.</p><p>{{owner.name|Customer serv"
        'ice}}<br>{{company.name}}</p>\', \'["service.done_on", "contact.salutation", "service.'
        'asset", "service.kind", "owner.name", "company.name"]\')'
    ),
)
# What a company begins with was made by nobody, and is never deleted: it is in use from the first.
MISSING = (
    "INSERT INTO message_templates (tenant_id, id, version, name, way, purpose, locale, subject, body, "
    "links, variables, state, activated_at, created_at, updated_at) "
    "SELECT here, gen_random_uuid(), 1, v.name, v.way, v.purpose, v.locale, v.subject, v.body, false, "
    "v.variables::jsonb, 'active', now(), now(), now() "
    f"FROM (VALUES {', '.join(_ROWS)}) AS v (locale, name, way, purpose, subject, body, variables) "
    "JOIN tenants t ON t.id = here AND (v.locale = 'en') = (t.locale = 'en') "
    "WHERE NOT EXISTS (SELECT 1 FROM message_templates m WHERE m.tenant_id = here "
    "AND (m.created_by_id IS NULL OR (m.name = v.name AND m.way = v.way)))"
)


def upgrade() -> None:
    ops.in_each_tenant(op, MISSING)


def downgrade() -> None:
    """They stay: somebody may have changed or used them."""
