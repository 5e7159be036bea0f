import { dayText } from '@/dayText'

/** From when until when something is; one day where both are the same, or only one is known. */
export function spanText({ starts_on, ends_on }: { starts_on: string | null; ends_on: string | null }): string {
  const days = [...new Set([starts_on, ends_on].filter((day): day is string => day !== null))]
  return days.map(dayText).join(' – ')
}
