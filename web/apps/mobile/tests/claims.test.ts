import { Problem } from '@guanxi/client'
import { describe, expect, it } from 'vitest'
import { whyNot } from '@/pages/expenses/claimForm'
import { shrunk } from '@m/pages/claims/shrink'

const file = (size: number, type = 'image/jpeg', name = '出租车.png'): File => new File([new Uint8Array(size)], name, { type })

describe('a photo of a receipt', () => {
  it('is made smaller before it is sent, and called what it is then', async () => {
    const small = await shrunk(file(3_000_000), () => Promise.resolve(new Blob([new Uint8Array(300_000)], { type: 'image/jpeg' })))
    expect([small.size, small.name, small.type]).toEqual([300_000, '出租车.jpg', 'image/jpeg'])
  })

  it('is sent as it is where it is small, is no photo, cannot be read, or would only grow', async () => {
    const grown = (): Promise<Blob> => Promise.resolve(new Blob([new Uint8Array(900_000)]))
    const given = [file(1000), file(3_000_000, 'application/pdf'), file(500_000)]
    expect(await Promise.all(given.map((one) => shrunk(one, grown)))).toEqual(given)
    const heic = file(3_000_000, 'image/jpeg')
    expect(await shrunk(heic, () => Promise.reject(new Error('unreadable')))).toBe(heic)
  })
})

describe('why a claim is refused', () => {
  it('names the line', () => {
    const problem = new Problem({ errors: [{ field: 'lines.1.receipts', code: 'required', message: '缺票据' }] }, 422)
    expect(whyNot(problem)).toBe('第 2 笔：缺票据')
  })
})
