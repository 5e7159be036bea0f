import { dateText, type DateStyle } from '@guanxi/domain'
import { currentLocale } from '@/i18n'
import { useSession } from '@/stores/session'

/** Tells moments in the company's time zone and the reader's language; for templates, `DateText` does the same. */
export function useDates(): { tell: (iso: string, style?: DateStyle) => string } {
  const session = useSession()
  return {
    tell: (iso, style = 'friendly') => dateText(iso, style, { locale: currentLocale(), timeZone: session.timeZone }),
  }
}
