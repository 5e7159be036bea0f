const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^\d+(\.\d+)?%?$/
const quoted = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** Rows as the text of a CSV file that spreadsheets open as it is; no text becomes a formula. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  const lines = rows.map((row) => row.map((value) => (NUMBER.test(String(value)) ? String(value) : quoted(String(value)))).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** Give a CSV file to whoever sits before the browser. */
export function saveCsv(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `${name}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
