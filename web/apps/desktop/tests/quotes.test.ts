import { describe, expect, it } from 'vitest'
import { freshLine, lineFaults, linesOf } from '@/pages/quotes/quoteForm'
import { parseDiscount, typedDiscount } from '@/pages/quotes/wording'

const typed = (more: object) => ({ currency: 'CNY', lines: [{ ...freshLine({ id: 'p', name: '球阀' }), ...more }] })

describe('a quote that is being written', () => {
  it('takes discounts as per cent or as amounts', () => {
    expect(['', '5', '-12.5%', '¥10', '１０元', '¥0.5'].map((text) => parseDiscount(text, 'CNY'))).toEqual([
      { rate: 0, amount: 0 }, { rate: 500, amount: 0 }, { rate: 1250, amount: 0 }, { rate: 0, amount: 1000 }, { rate: 0, amount: 1000 }, { rate: 0, amount: 50 },
    ])
    expect(['x', '101', '5.123', '¥x'].map((text) => parseDiscount(text, 'CNY'))).toEqual([null, null, null, null])
    for (const discount of [{ rate: 1250, amount: 0 }, { rate: 0, amount: 1000 }, { rate: 0, amount: 50 }, { rate: 0, amount: 0 }]) expect(parseDiscount(typedDiscount(discount, 'CNY'), 'CNY')).toEqual(discount)
  })

  it('leaves out prices and rates that products say', () => {
    expect(linesOf(typed({ quantity: '2.50' }))).toEqual([
      { id: null, product_id: 'p', name: '球阀', code: null, specification: null, unit: null, quantity: '2.5', unit_price: null, tax_rate: null, discount: { rate: 0, amount: 0 }, note: null },
    ])
    expect(linesOf(typed({ price: '98.5', tax: '13', discount: '¥1' }))[0]).toMatchObject({ unit_price: 9850, tax_rate: 1300, discount: { rate: 0, amount: 100 } })
  })

  it('tells at once what makes no sense, and what is missing when it is to be saved', () => {
    const wrong = typed({ product_id: null, name: '', quantity: '', price: '', discount: 'x', tax: '200' })
    expect(Object.keys(lineFaults(wrong))).toEqual(['lines.0.name', 'lines.0.quantity', 'lines.0.unit_price', 'lines.0.discount', 'lines.0.tax_rate'])
    expect(Object.keys(lineFaults(wrong, { missing: false }))).toEqual(['lines.0.discount', 'lines.0.tax_rate'])
    expect(lineFaults(typed({ quantity: '0', price: '-1' }))).toHaveProperty(['lines.0.quantity'])
  })
})
