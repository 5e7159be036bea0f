import { describe, expect, it } from 'vitest'
import { phoneText } from '../src/phones'

describe('phoneText', () => {
  it.each([
    ['+8613800006021', '138 0000 6021'],
    ['+862188871609', '021 8887 1609'],
    ['+8657187386998', '0571 8738 6998'],
    ['+865714567890', '0571 456 7890'],
    ['+864008001234', '400 800 1234'],
    ['+12125550123', '+12125550123'],
    ['转 801', '转 801'],
  ])('writes %s as %s', (stored, shown) => expect(phoneText(stored)).toBe(shown))
})
