/** Which article explains which place; the longest beginning of a path counts. */
export const PLACES: Record<string, string> = {
  '/my-day': 'tasks',
  '/tasks': 'tasks',
  '/calendar': 'tasks',
  '/customers': 'customers',
  '/contacts': 'customers',
  '/activities': 'follow-ups',
  '/products': 'products',
  '/price-books': 'products',
  '/quotes': 'quotes',
  '/equipment': 'assets',
  '/service-records': 'assets',
  '/expenses': 'expenses',
  '/expense-requests': 'expenses',
  '/advances': 'expenses',
  '/expense-statistics': 'expenses',
  '/budgets': 'expenses',
  '/settings/expense-kinds': 'expenses',
  '/settings/expense-limits': 'expenses',
  '/approvals': 'approvals',
  '/forms': 'forms',
  '/form-entries': 'forms',
  '/duplicates': 'duplicates',
  '/imports': 'import',
  '/jobs': 'bulk',
  '/recycle-bin': 'bulk',
  '/settings/company': 'first-day',
  '/settings/departments': 'people',
  '/settings/users': 'people',
  '/settings/roles': 'people',
  '/settings/fields': 'fields',
  '/settings/field-rights': 'fields',
  '/settings/message-rules': 'messages',
  '/settings/suppressions': 'messages',
  '/settings/papers': 'quotes',
  '/settings/flows': 'approval-flows',
  '/settings/forms': 'forms',
  '/settings/work-time': 'approval-flows',
  '/settings/security': 'security',
  '/settings/sessions': 'security',
  '/settings/audit': 'audit',
  '/settings/absences': 'approvals',
  '/settings/api-tokens': 'integrations',
  '/settings/webhooks': 'integrations',
}

/** The article that explains a place of the product; the first day's for places without one. */
export function articleFor(path: string): string {
  const beginnings = Object.keys(PLACES).filter((place) => path === place || path.startsWith(`${place}/`))
  const longest = beginnings.sort((one, other) => other.length - one.length)[0]
  return (longest && PLACES[longest]) || 'first-day'
}
