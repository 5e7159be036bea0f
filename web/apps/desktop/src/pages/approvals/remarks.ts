import { shallowReactive } from 'vue'
import { onForget } from '@/forget'

/** What was begun to be said on a seat; it is still there on the way back to it. */
export const remarks = shallowReactive(new Map<string, string>())
onForget(() => remarks.clear())

/** What was corrected on a seat, as it is sent along with what is decided there. */
export const corrections = shallowReactive(new Map<string, Record<string, unknown>>())
onForget(() => corrections.clear())
