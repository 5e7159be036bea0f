import { dayIn, startOfDay, type FilterCoding, type ValueForm } from '@guanxi/domain'
import { useSession } from '@/stores/session'

/** How typed values of filters are written for the server, and read back, where the company is. */
export function filterCoding(numbers: readonly string[] = [], writtenAs: (name: string) => ValueForm | undefined = () => undefined): FilterCoding {
  const session = useSession()
  return {
    midnight: (day) => startOfDay(day, session.timeZone),
    dayOf: (moment) => dayIn(moment, session.timeZone),
    numbers: new Set(numbers),
    writtenAs,
  }
}
