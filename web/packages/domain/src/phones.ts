const MOBILE = /^\+861[3-9]\d{9}$/
const SHORT_AREA = /^(10|2\d)/

/** A stored number as people write it: 138 0000 6021, 021 8887 1609; foreign ones with their country code. */
export function phoneText(number: string): string {
  if (MOBILE.test(number)) return `${number.slice(3, 6)} ${number.slice(6, 10)} ${number.slice(10)}`
  if (!number.startsWith('+86')) return number
  const national = number.slice(3)
  if (/^[48]00\d{7}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
  const area = SHORT_AREA.test(national) ? national.slice(0, 2) : national.slice(0, 3)
  const rest = national.slice(area.length)
  if (!/^\d{7,8}$/.test(rest)) return national
  return `0${area} ${rest.slice(0, rest.length - 4)} ${rest.slice(-4)}`
}
