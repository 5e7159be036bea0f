/** What of a budget is gone in a month, and in all months up to it. */
export interface MonthRow {
  month: string
  used: number
  reserved: number
  usedSoFar: number
  reservedSoFar: number
}

/** Every month of a budget's days, from the first to the last, with what was gone by then. */
export function monthRows(days: { first_day: string; last_day: string }, found: readonly { month: string; used: number; reserved: number }[]): MonthRow[] {
  const by = new Map(found.map((one) => [one.month, one]))
  const rows: MonthRow[] = []
  let [year = 0, month = 0] = days.first_day.split('-').map(Number)
  let usedSoFar = 0
  let reservedSoFar = 0
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
    if (name > days.last_day.slice(0, 7)) return rows
    const { used = 0, reserved = 0 } = by.get(name) ?? {}
    usedSoFar += used
    reservedSoFar += reserved
    rows.push({ month: name, used, reserved, usedSoFar, reservedSoFar })
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
  }
}
