import type { FieldSettings } from './fields'

/** What a formula reads and comes to. */
export type FormulaValue = number | string | boolean | null
type Values = Readonly<Record<string, FormulaValue>>
type Run = (values: Values) => FormulaValue

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|\{([a-z][a-z0-9_]*)\}|"([^"]*)"|([a-z_]+)|(<=|>=|<>|[-+*/&=<>(),]))/y
const BINDING: Readonly<Record<string, number>> = { '=': 1, '<>': 1, '<': 1, '<=': 1, '>': 1, '>=': 1, '&': 2, '+': 3, '-': 3, '*': 4, '/': 4 }
const DAY_MS = 86_400_000
const DAY = /^\d{4}-\d{2}-\d{2}$/

const round = (value: number, places = 0): number => Math.sign(value) * Number(`${Math.round(Number(`${Math.abs(value)}e${places}`))}e-${places}`)
const dayOf = (value: FormulaValue): number | null => (typeof value === 'string' && DAY.test(value) ? Date.parse(value) / DAY_MS : null)
const dayText = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10)
const written = (value: FormulaValue): string => (value === null ? '' : String(value))
const figures = (one: FormulaValue, other: FormulaValue, run: (one: number, other: number) => number): number | null => (typeof one === 'number' && typeof other === 'number' ? run(one, other) : null)

function plus(one: FormulaValue, other: FormulaValue, sign: 1 | -1): FormulaValue {
  const [from, to] = [dayOf(one), dayOf(other)]
  if (from !== null && to !== null) return sign === -1 ? from - to : null
  if (from !== null && typeof other === 'number') return dayText(from + sign * Math.trunc(other))
  return figures(one, other, (a, b) => a + sign * b)
}

function pair(sign: string, one: FormulaValue, other: FormulaValue): FormulaValue {
  if (sign === '&') return written(one) + written(other)
  if (one === null || other === null) return null
  if (sign === '+' || sign === '-') return plus(one, other, sign === '+' ? 1 : -1)
  if (sign === '*') return figures(one, other, (a, b) => a * b)
  if (sign === '/') return other === 0 ? null : figures(one, other, (a, b) => a / b)
  if (sign === '=') return one === other
  if (sign === '<>') return one !== other
  if (typeof one !== typeof other) return null
  return sign === '<' ? one < other : sign === '<=' ? one <= other : sign === '>' ? one > other : one >= other
}

const CALLS: Readonly<Record<string, (values: never[]) => FormulaValue>> = {
  round: ([value, places]: number[]) => round(value ?? 0, places),
  min: (values: number[]) => Math.min(...values),
  max: (values: number[]) => Math.max(...values),
  abs: ([value]: number[]) => Math.abs(value ?? 0),
  year: ([day]: string[]) => Number(day?.slice(0, 4)),
  month: ([day]: string[]) => Number(day?.slice(5, 7)),
  day: ([day]: string[]) => Number(day?.slice(8, 10)),
  length: ([text]: FormulaValue[]) => [...written(text ?? null)].length,
  not: ([value]: FormulaValue[]) => value !== true,
  and: (values: FormulaValue[]) => values.every((value) => value === true),
  or: (values: FormulaValue[]) => values.some((value) => value === true),
}

function called(name: string, parts: Run[]): Run {
  if (name === 'if') return (values) => (parts[0]?.(values) === true ? parts[1] : parts[2])?.(values) ?? null
  if (name === 'first') return (values) => parts.map((part) => part(values)).find((value) => value !== null) ?? null
  const work = CALLS[name]
  if (!work) throw new SyntaxError(name)
  return (values) => {
    const found = parts.map((part) => part(values))
    return found.includes(null) ? null : work(found as never[])
  }
}

class Reader {
  private readonly tokens: string[][] = []
  private at = 0

  constructor(text: string) {
    TOKEN.lastIndex = 0
    let end = 0
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      this.tokens.push([...match])
      end = TOKEN.lastIndex
    }
    if (text.slice(end).trim()) throw new SyntaxError(text.slice(end))
  }

  whole(): Run {
    const run = this.expression(0)
    if (this.at < this.tokens.length) throw new SyntaxError('end')
    return run
  }

  private sign(): string {
    return this.tokens[this.at]?.[5] ?? ''
  }

  private demand(sign: string): void {
    if (this.sign() !== sign) throw new SyntaxError(sign)
    this.at += 1
  }

  private expression(binding: number): Run {
    let left = this.operand()
    for (let sign = this.sign(); (BINDING[sign] ?? 0) > binding; sign = this.sign()) {
      this.at += 1
      const [one, other, word] = [left, this.expression(BINDING[sign] ?? 0), sign]
      left = (values) => pair(word, one(values), other(values))
    }
    return left
  }

  private operand(): Run {
    const [, figure, field, text, name, sign] = this.tokens[this.at] ?? []
    this.at += 1
    if (figure !== undefined) return () => Number(figure)
    if (field !== undefined) return (values) => values[field] ?? null
    if (text !== undefined) return () => text
    if (name !== undefined) return called(name, this.parts())
    if (sign === '-') {
      const inner = this.expression(3)
      return (values) => figures(0, inner(values), (zero, value) => zero - value)
    }
    if (sign !== '(') throw new SyntaxError('operand')
    const inner = this.expression(0)
    this.demand(')')
    return inner
  }

  private parts(): Run[] {
    this.demand('(')
    const parts = [this.expression(0)]
    while (this.sign() === ',') {
      this.at += 1
      parts.push(this.expression(0))
    }
    this.demand(')')
    return parts
  }
}

/** What a formula comes to while a form is filled in; null for nothing, or for what cannot be read. The server computes it anew. */
export function computeFormula({ expression, result, decimals = 2 }: FieldSettings, values: Values): FormulaValue {
  try {
    const found = new Reader(expression ?? '').whole()(values)
    if (result === 'number') return typeof found === 'number' && Number.isFinite(found) ? round(found, decimals) : null
    return result === 'yes_no' ? (typeof found === 'boolean' ? found : null) : typeof found === 'string' && found ? found : null
  } catch {
    return null
  }
}
