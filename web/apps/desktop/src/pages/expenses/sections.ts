import { t } from '@/i18n'

export interface Section {
  /** Where it begins; pages below it belong to it. */
  to: string
  label: () => string
  permission: string
  /** Not for those whose permission reaches only their own. */
  wide?: boolean
}

/** The parts of what is spent, in the order a head of a page shows them. */
export const SECTIONS: Section[] = [
  { to: '/expenses', label: () => t('expenses.title'), permission: 'expense:read' },
  { to: '/expense-requests', label: () => t('expenseRequests.title'), permission: 'expense:read' },
  { to: '/advances', label: () => t('advances.title'), permission: 'expense:read' },
  { to: '/budgets', label: () => t('budgets.title'), permission: 'expense:read', wide: true },
  { to: '/expense-statistics', label: () => t('expenseStats.link'), permission: 'expense:read' },
]
