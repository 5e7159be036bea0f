import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/i18n'

const meta: RouteRecordRaw['meta'] = { menu: 'outreach', permission: 'message:manage', title: () => t('campaigns.title') }

/** One message to many: all campaigns, where one is written, and what came of it. */
export const campaignRoutes: RouteRecordRaw[] = [
  { path: 'campaigns', component: () => import('./CampaignsPage.vue'), meta },
  { path: 'campaigns/new', component: () => import('./CampaignEditPage.vue'), meta },
  { path: 'campaigns/:id', component: () => import('./CampaignPage.vue'), meta },
  { path: 'campaigns/:id/edit', component: () => import('./CampaignEditPage.vue'), meta },
]
