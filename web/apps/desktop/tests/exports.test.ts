import { describe, expect, it } from 'vitest'
import { columnNames } from '@/pages/exports/columnNames'

describe('the columns of a file', () => {
  it('are those of the list, under the names that files have for them', () => {
    expect(columnNames('shown', [{ key: 'name' }, { key: 'phone' }, { key: 'revenue' }])).toEqual(['name', 'mobile', 'phone', 'annual_revenue'])
  })

  it('are all there are when all are wanted', () => {
    expect(columnNames('all', [{ key: 'name' }])).toEqual([])
  })
})
