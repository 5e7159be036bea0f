/** Reads `phones.0.number` out of a value; undefined where the path ends early. */
export function valueAt(source: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at === null || typeof at !== 'object' ? undefined : (at as Record<string, unknown>)[key]), source)
}

/** The paths that a pattern such as `phones.*.number` stands for in a value. */
export function expand(pattern: string, source: unknown): string[] {
  const star = pattern.split('.').indexOf('*')
  if (star < 0) return [pattern]
  const keys = pattern.split('.')
  const head = keys.slice(0, star).join('.')
  const list = valueAt(source, head)
  if (!Array.isArray(list)) return []
  return list.flatMap((_, index) => expand([head, index, ...keys.slice(star + 1)].join('.'), source))
}

/** True when the path is the other or lies beneath it. */
export function isUnder(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`)
}
