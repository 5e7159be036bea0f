/** Terms that are not plain at first sight, and where in the help more is said about each. */
export const TERMS = {
  scope: 'people#roles',
  fieldRights: 'people#field-rights',
  fieldKinds: 'fields#create',
  unique: 'fields#create',
  filterable: 'fields#everywhere',
  formula: 'fields#formulas',
  conditions: 'fields#conditions',
  cascade: 'fields#conditions',
  fieldKey: 'fields#everywhere',
  token: 'integrations#tokens',
  tokenAreas: 'integrations#tokens',
  webhook: 'integrations#webhooks',
  signature: 'integrations#webhooks',
  networks: 'security#policy',
  idle: 'security#policy',
  secondFactor: 'security#two-steps',
  seal: 'audit#seal',
  dryRun: 'import#dry-run',
  matching: 'import#existing',
  audience: 'lists#views',
  feed: 'tasks#calendar',
} as const

export type Term = keyof typeof TERMS
