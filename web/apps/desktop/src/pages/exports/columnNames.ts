import type { Column } from '@/components/list/columns'

/** How many columns a file has: those of the list, or all there are. */
export type Extent = 'shown' | 'all'

/** What a column of a list is called in files, where it is not just its key. */
const NAMES: Record<string, readonly string[]> = { phone: ['mobile', 'phone'], revenue: ['annual_revenue'], next_step: ['next_step', 'next_step_at'], sentence: ['trigger', 'sentence'] }

/** The columns of a file as the server names them; none means all there are. */
export function columnNames(extent: Extent, shown: readonly Pick<Column, 'key'>[]): string[] {
  return extent === 'all' ? [] : shown.flatMap(({ key }) => NAMES[key] ?? [key])
}
