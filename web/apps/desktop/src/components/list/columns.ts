/** One column of a table; its cell is drawn by the slot `cell-<key>`. */
export interface Column {
  key: string
  label: string
  /** Numbers stand right. */
  align?: 'end'
  /** Least width in pixels. */
  width?: number
  /** How wide somebody made it, in pixels. */
  kept?: number
  /** The field by which the head sorts; absent for columns without an order of their own. */
  sort?: string
  /** Stays at the left edge while the table is scrolled sideways; for the first column. */
  frozen?: boolean
  /** Cannot be hidden. */
  fixed?: boolean
  /** Hidden until chosen. */
  extra?: boolean
}

/** One field that a list can be filtered by. */
export interface FilterField {
  name: string
  label: string
  kind: 'choice' | 'text' | 'user' | 'department' | 'customer' | 'contact' | 'product' | 'date' | 'day' | 'number' | 'money'
  /** The choices of a `choice` field. */
  options?: { value: string; label: string }[]
  /** A `choice` field that also takes words that are not among its options. */
  open?: boolean
  /** A `date` field whose days lie ahead: the last n days mean nothing to it. */
  ahead?: boolean
  /** A `date` field of which one asks rather for what lies longer back, or never was. */
  since?: boolean
  /** A `choice` field of which only one may be chosen. */
  single?: boolean
  /** Of a `money` field; its values are minor units. */
  currency?: string
}

/** One order that a list can be in; `value` as the API takes it, e.g. `-updated_at`. */
export interface SortOption {
  value: string
  label: string
}
