import { createPinia, setActivePinia } from 'pinia'
import { mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'

/** A composable on a page of its own, with router and stores. */
export interface Stage<T> {
  made: T
  router: Router
  wrapper: VueWrapper
}

/** Runs `setup` inside a page at `path`; `/elsewhere` is the only other page. */
export async function onStage<T>(setup: () => T, path = '/list'): Promise<Stage<T>> {
  setActivePinia(createPinia())
  let made: T | undefined
  const Page = defineComponent({
    setup() {
      made = setup()
      return () => h('div', { class: 'page' })
    },
  })
  const Elsewhere = defineComponent({ setup: () => () => h('p', 'elsewhere') })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/list', component: Page },
      { path: '/elsewhere', component: Elsewhere },
    ],
  })
  await router.push(path)
  const wrapper = mount(RouterView, { global: { plugins: [router] } })
  await router.isReady()
  return { made: made as T, router, wrapper }
}

/** Lets everything that is waiting come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
}

/** A promise with its ends outside. */
export function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
