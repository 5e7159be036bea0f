import type { RouteRecordRaw } from 'vue-router'
import { t, type MessageKey } from '@/i18n'

interface Section {
  path: string
  label: MessageKey
  group: MessageKey
  permission?: string
  component: RouteRecordRaw['component']
}

/** The sections of the settings, in the order of their index. */
export const SETTINGS: Section[] = [
  { path: 'company', label: 'settings.company', group: 'settings.groupCompany', component: () => import('./CompanyPage.vue') },
  { path: 'departments', label: 'settings.departments', group: 'settings.groupCompany', component: () => import('./DepartmentsPage.vue') },
  { path: 'users', label: 'settings.users', group: 'settings.groupCompany', permission: 'user:read', component: () => import('./UsersPage.vue') },
  { path: 'roles', label: 'settings.roles', group: 'settings.groupCompany', permission: 'user:read', component: () => import('./RolesPage.vue') },
  { path: 'fields', label: 'settings.fields', group: 'settings.groupCompany', permission: 'field:manage', component: () => import('./fields/FieldsPage.vue') },
  { path: 'field-rights', label: 'settings.fieldRights', group: 'settings.groupCompany', permission: 'field:manage', component: () => import('./fields/FieldRightsPage.vue') },
  { path: 'flows', label: 'flows.title', group: 'settings.groupCompany', permission: 'approval-flow:manage', component: () => import('../flows/FlowsPage.vue') },
  { path: 'forms', label: 'forms.title', group: 'settings.groupCompany', permission: 'approval-flow:manage', component: () => import('../forms/design/FormsPage.vue') },
  { path: 'expense-kinds', label: 'expenseKinds.title', group: 'settings.groupCompany', permission: 'expense:manage', component: () => import('./ExpenseKindsPage.vue') },
  { path: 'expense-limits', label: 'expenseLimits.title', group: 'settings.groupCompany', permission: 'expense:manage', component: () => import('./ExpenseLimitsPage.vue') },
  { path: 'message-rules', label: 'calm.title', group: 'settings.groupCompany', permission: 'message:manage', component: () => import('../consents/CalmPolicyPage.vue') },
  { path: 'sms', label: 'sms.title', group: 'settings.groupCompany', permission: 'message:manage', component: () => import('../sms/SmsPage.vue') },
  { path: 'suppressions', label: 'suppressions.title', group: 'settings.groupCompany', permission: 'message:manage', component: () => import('../consents/SuppressionsPage.vue') },
  { path: 'papers', label: 'papers.title', group: 'settings.groupCompany', permission: 'tenant:manage', component: () => import('../papers/PapersPage.vue') },
  { path: 'audit', label: 'settings.audit', group: 'settings.groupCompany', permission: 'audit:read', component: () => import('./AuditPage.vue') },
  { path: 'work-time', label: 'settings.workTime', group: 'settings.groupCompany', permission: 'tenant:manage', component: () => import('./WorkTimePage.vue') },
  { path: 'security', label: 'settings.security', group: 'settings.groupCompany', permission: 'tenant:manage', component: () => import('./SecurityPage.vue') },
  { path: 'webhooks', label: 'settings.webhooks', group: 'settings.groupCompany', permission: 'tenant:manage', component: () => import('./webhooks/WebhooksPage.vue') },
  { path: 'sessions', label: 'settings.sessions', group: 'settings.groupMe', component: () => import('./SessionsPage.vue') },
  { path: 'absences', label: 'settings.absences', group: 'settings.groupMe', component: () => import('./AbsencesPage.vue') },
  { path: 'api-tokens', label: 'settings.tokens', group: 'settings.groupMe', component: () => import('./ApiTokensPage.vue') },
]

const meta = (label: MessageKey, permission?: string): RouteRecordRaw['meta'] => ({ menu: 'settings', permission, title: () => t(label) })

export const settingsRoutes: RouteRecordRaw = {
  path: 'settings',
  component: () => import('./SettingsFrame.vue'),
  redirect: '/settings/company',
  children: [
    ...SETTINGS.map(({ path, label, permission, component }) => ({ path, component, meta: meta(label, permission) }) as RouteRecordRaw),
    { path: 'webhooks/:id', component: () => import('./webhooks/WebhookPage.vue'), meta: meta('settings.webhooks', 'tenant:manage') },
    { path: 'roles/:id', component: () => import('./RolePage.vue'), meta: meta('settings.roles', 'user:read') },
  ],
}
