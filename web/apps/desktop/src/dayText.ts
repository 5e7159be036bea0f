import { calendarDayText } from '@guanxi/domain'
import { currentLocale } from '@/i18n'
import { useSession } from '@/stores/session'

/** A calendar day as people say it, by the company's clock. */
export const dayText = (day: string): string => calendarDayText(day, currentLocale(), useSession().timeZone)
