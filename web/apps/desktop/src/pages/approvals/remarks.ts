import { shallowReactive } from 'vue'
import { onForget } from '@/forget'

/** What was begun to be said on a seat; it is still there on the way back to it. */
export const remarks = shallowReactive(new Map<string, string>())
onForget(() => remarks.clear())
