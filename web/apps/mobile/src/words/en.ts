import approvals from '@/i18n/en/approvals'
import auth from '@/i18n/en/auth'
import comments from '@/i18n/en/comments'
import common from '@/i18n/en/common'
import customers from '@/i18n/en/customers'
import expenses from '@/i18n/en/expenses'
import fieldNames from '@/i18n/en/fieldNames'
import files from '@/i18n/en/files'
import limits from '@/i18n/en/limits'
import mobile from '@/i18n/en/mobile'
import quotes from '@/i18n/en/quotes'
import shell from '@/i18n/en/shell'
import trail from '@/i18n/en/trail'
import trust from '@/i18n/en/trust'

/** What the phone's edition says, out of the one catalogue; a test finds what is missing. */
export default { ...approvals, ...auth, ...comments, ...common, ...customers, ...expenses, ...fieldNames, ...files, ...limits, ...mobile, ...quotes, ...shell, ...trail, ...trust }
