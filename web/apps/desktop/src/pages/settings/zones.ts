const FIRST = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Tokyo']

/** The time zones that the browser knows, the nearest ones first. */
export const ZONES: string[] = [...new Set([...FIRST, ...Intl.supportedValuesOf('timeZone')])]
