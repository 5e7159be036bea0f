import { Mail, MapPin, Phone, StickyNote, Users } from 'lucide-vue-next'
import type { Component } from 'vue'
import type { ActivityKind } from '@guanxi/domain'
import { t } from '@/i18n'

/** The picture of each kind of follow-up. */
export const KIND_ICONS: Record<ActivityKind, Component> = { call: Phone, visit: MapPin, meeting: Users, mail: Mail, note: StickyNote }

/** What a follow-up is called: 电话跟进, 备注. */
export function activityTitle(kind: ActivityKind): string {
  return kind === 'note' ? t('activities.noteHeading') : t('activities.heading', { kind: t(`activityKind.${kind}`) })
}
