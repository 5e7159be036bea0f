import type { ConsentEntry } from '@guanxi/client'
import { t, tEnum } from '@/i18n'

export const PURPOSES = ['marketing', 'care', 'service'] as const
export const WAYS = ['sms', 'mail', 'wechat'] as const
export const SOURCES = ['spoken', 'written', 'form'] as const
export type Purpose = (typeof PURPOSES)[number]
export type Way = (typeof WAYS)[number]

/** What an entry of the ledger says, as one would say it. */
export function toldOf({ about, holds, purpose, way }: ConsentEntry): string {
  if (about === 'do-not-contact') return t(holds ? 'consents.wasClosed' : 'consents.wasReopened')
  if (about === 'minor') return t(holds ? 'consents.wasChild' : 'consents.wasNoChild')
  return t(holds ? 'consents.agreed' : 'consents.refused', { purpose: tEnum('purposeLong', purpose ?? ''), way: tEnum('way', way ?? '') })
}
