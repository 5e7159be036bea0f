import { describe, expect, it } from 'vitest'
import { adjusted, parsePerCent, parseQuantity, shareText } from '../src'

describe('prices', () => {
  it('are raised and lowered half up, to the last unit of large ones', () => {
    expect([adjusted(905, -1000), adjusted(905, 1000), adjusted(1, -9999), adjusted(10 ** 15 - 1, 1)]).toEqual([815, 996, 0, 1_000_099_999_999_999])
  })

  it('go by quantities of at most four decimals', () => {
    expect(['', ' 1,000 ', '10.50', '０.0001', '1000000000'].map(parseQuantity)).toEqual([null, '1000', '10.5', '0.0001', '1000000000'])
    expect(['-1', '1.00001', '1e3', '一', '1000000000.1'].map(parseQuantity)).toEqual([NaN, NaN, NaN, NaN, NaN])
  })

  it('are changed by per cent, told in basis points', () => {
    expect(['', '5', '-3.5', '+12.34%', '−1', '-0'].map(parsePerCent)).toEqual([null, 500, -350, 1234, -100, 0])
    expect(['5.123', 'a', '--1'].map(parsePerCent)).toEqual([NaN, NaN, NaN])
  })

  it('are compared with a list price where there is one', () => {
    expect([shareText(850, 1000), shareText(333, 1000), shareText(1, 0), shareText(1, null)]).toEqual(['85%', '33.3%', '', ''])
  })
})
