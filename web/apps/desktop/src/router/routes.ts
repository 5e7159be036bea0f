import type { RouteRecordRaw } from 'vue-router'
import { t, type MessageKey } from '@/i18n'
import { activityRoutes } from '@/pages/activities/routes'
import { approvalPrintRoute, approvalRoutes } from '@/pages/approvals/routes'
import { contactRoutes } from '@/pages/contacts/routes'
import { customerRoutes } from '@/pages/customers/routes'
import { helpRoutes } from '@/pages/help/routes'
import { duplicateRoutes } from '@/pages/duplicates/routes'
import { importRoutes } from '@/pages/imports/routes'
import { jobRoutes } from '@/pages/jobs/routes'
import { binRoutes } from '@/pages/recycle-bin/routes'
import { calendarRoutes } from '@/pages/calendar/routes'
import { taskRoutes } from '@/pages/tasks/routes'
import { flowRoutes } from '@/pages/flows/routes'
import { formRoutes } from '@/pages/forms/routes'
import { priceBookRoutes } from '@/pages/price-books/routes'
import { productRoutes } from '@/pages/products/routes'
import { expenseRequestRoutes } from '@/pages/expense-requests/routes'
import { advanceRoutes } from '@/pages/advances/routes'
import { campaignRoutes } from '@/pages/campaigns/routes'
import { letterRoutes } from '@/pages/letters/routes'
import { usageRoutes } from '@/pages/usage/routes'
import { careRoutes } from '@/pages/care/routes'
import { assetRoutes } from '@/pages/assets/routes'
import { messageTemplateRoutes } from '@/pages/message-templates/routes'
import { outreachRoutes } from '@/pages/outreach/routes'
import { budgetRoutes } from '@/pages/budgets/routes'
import { expenseRoutes } from '@/pages/expenses/routes'
import { quoteRoutes } from '@/pages/quotes/routes'
import { settingsRoutes } from '@/pages/settings/sections'

const guest = (path: string, title: MessageKey, component: RouteRecordRaw['component'], strict = false): RouteRecordRaw =>
  ({ path, component, meta: { public: true, guest: strict, title: () => t(title) } }) as RouteRecordRaw

export const routes: RouteRecordRaw[] = [
  guest('/sign-up', 'auth.signUpTitle', () => import('@/pages/auth/SignUpPage.vue')),
  guest('/sign-in', 'auth.signInTitle', () => import('@/pages/auth/SignInPage.vue'), true),
  guest('/forgot-password', 'auth.forgotTitle', () => import('@/pages/auth/ForgotPasswordPage.vue')),
  guest('/reset-password', 'auth.resetTitle', () => import('@/pages/auth/ResetPasswordPage.vue')),
  guest('/reset-second-factor', 'secondFactor.resetTitle', () => import('@/pages/auth/ResetSecondFactorPage.vue')),
  { path: '/second-factor', component: () => import('@/pages/auth/EnrolPage.vue'), meta: { enrol: true, title: () => t('secondFactor.enrolTitle') } },
  guest('/accept-invitation', 'users.invitations', () => import('@/pages/auth/AcceptInvitationPage.vue')),
  guest('/q', 'quoteLink.title', () => import('@/pages/quote-link/QuoteLinkPage.vue')),
  guest('/p', 'preferences.title', () => import('@/pages/consents/PreferencePage.vue')),
  approvalPrintRoute,
  guest('/mailbox', 'mailbox.title', () => import('@/pages/other/MailboxPage.vue')),
  guest('/operator', 'operator.title', () => import('@/pages/operator/OperatorPage.vue')),
  {
    path: '/',
    component: () => import('@/components/shell/AppShell.vue'),
    redirect: '/customers',
    children: [
      ...customerRoutes,
      ...contactRoutes,
      ...activityRoutes,
      ...quoteRoutes,
      ...expenseRoutes,
      ...budgetRoutes,
      ...expenseRequestRoutes,
      ...advanceRoutes,
      ...assetRoutes,
      ...careRoutes, ...campaignRoutes, ...letterRoutes, ...outreachRoutes, ...messageTemplateRoutes, ...usageRoutes,
      ...productRoutes,
      ...priceBookRoutes,
      ...approvalRoutes,
      ...taskRoutes,
      ...calendarRoutes,
      ...duplicateRoutes,
      ...importRoutes,
      ...jobRoutes,
      ...binRoutes,
      ...helpRoutes,
      ...flowRoutes,
      ...formRoutes,
      settingsRoutes,
      { path: 'notifications', component: () => import('@/pages/notices/NotificationsPage.vue'), meta: { title: () => t('notices.title') } },
      { path: ':rest(.*)*', component: () => import('@/pages/other/NotFoundPage.vue'), meta: { title: () => t('state.notFound') } },
    ],
  },
]
