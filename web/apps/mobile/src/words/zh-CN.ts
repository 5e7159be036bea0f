import approvals from '@/i18n/zh-CN/approvals'
import auth from '@/i18n/zh-CN/auth'
import comments from '@/i18n/zh-CN/comments'
import common from '@/i18n/zh-CN/common'
import customers from '@/i18n/zh-CN/customers'
import expenses from '@/i18n/zh-CN/expenses'
import fieldNames from '@/i18n/zh-CN/fieldNames'
import files from '@/i18n/zh-CN/files'
import limits from '@/i18n/zh-CN/limits'
import mobile from '@/i18n/zh-CN/mobile'
import quotes from '@/i18n/zh-CN/quotes'
import shell from '@/i18n/zh-CN/shell'
import trail from '@/i18n/zh-CN/trail'
import trust from '@/i18n/zh-CN/trust'

/** What the phone's edition says, out of the one catalogue; a test finds what is missing. */
export default { ...approvals, ...auth, ...comments, ...common, ...customers, ...expenses, ...fieldNames, ...files, ...limits, ...mobile, ...quotes, ...shell, ...trail, ...trust }
