/** The smallest quantity that is told apart, and how many of it are one. */
const PARTS = 10_000n
const QUANTITY = /^(\d{1,10})(?:\.(\d{1,4}))?$/
const PER_CENT = /^([-−+])?(\d{1,4})(?:\.(\d{1,2}))?$/

/** An amount raised or lowered by so many basis points, half up, exactly. */
export function adjusted(amount: number, rate: number): number {
  return Number((2n * BigInt(amount) * BigInt(10_000 + rate) + 10_000n) / 20_000n)
}

/** What was typed as a quantity, without zeros that say nothing; null for nothing, NaN where it is none. */
export function parseQuantity(typed: string): string | number | null {
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '')
  if (text === '') return null
  const match = QUANTITY.exec(text)
  if (!match?.[1]) return Number.NaN
  const parts = BigInt(match[1]) * PARTS + BigInt((match[2] ?? '').padEnd(4, '0'))
  if (parts > 1_000_000_000n * PARTS) return Number.NaN
  const rest = String(parts % PARTS).padStart(4, '0').replace(/0+$/, '')
  return `${parts / PARTS}${rest && `.${rest}`}`
}

/** What was typed as a percentage, in basis points; null for nothing, NaN where it is none. */
export function parsePerCent(typed: string): number | null {
  const text = typed.normalize('NFKC').replace(/[\s%]/g, '')
  if (text === '') return null
  const match = PER_CENT.exec(text)
  if (!match?.[2]) return Number.NaN
  const points = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] && match[1] !== '+' ? -points || 0 : points
}

/** One amount as a share of another: 85%, 98.5%; nothing where there is nothing to compare with. */
export function shareText(amount: number, whole: number | null): string {
  if (!whole) return ''
  return `${Number(((amount / whole) * 100).toFixed(1))}%`
}
