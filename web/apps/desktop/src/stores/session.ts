import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { answer, cookieValue, Problem, type Me, type Session, type TenantRef } from '@guanxi/client'
import type { Locale } from '@guanxi/domain'
import { api } from '@/api'
import { forgetEverything } from '@/forget'
import { tellTabs } from '@/otherTabs'
import { usePreferences } from './preferences'

/** Who is signed in, to which company, and what they may do. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  let known = false

  const user = computed<Me | null>(() => session.value?.user ?? null)
  const tenant = computed<TenantRef | null>(() => session.value?.tenant ?? null)
  const timeZone = computed(() => tenant.value?.timezone ?? 'Asia/Shanghai')
  const tenants = computed<TenantRef[]>(() => session.value?.tenants ?? [])

  /** Who is signed in and where, as one word. */
  const who = computed(() => (session.value ? `${session.value.tenant.slug}:${session.value.user.id}` : null))

  /** True when the signed-in person holds the permission, in whatever scope. */
  function may(permission: string): boolean {
    return session.value !== null && permission in session.value.permissions
  }

  /** Asks the server who is signed in; null for nobody. Throws when the server cannot say. */
  async function load(): Promise<Session | null> {
    // The cookie that scripts may read lives as long as the session: without it there is nobody to ask about.
    if (cookieValue(document.cookie, 'gx_csrf') === null) {
      forget()
      return null
    }
    try {
      session.value = await answer(api.GET('/api/v1/session'))
      tellTabs(who.value)
      await speakTheirLanguage(session.value.user)
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.status !== 401) throw thrown
      forget()
    }
    known = true
    return session.value
  }

  /** The session as it is known, asking the server only the first time. */
  async function ensure(): Promise<Session | null> {
    return known ? session.value : load()
  }

  async function signOut(): Promise<void> {
    await api.DELETE('/api/v1/session')
    forget()
  }

  async function switchTenant(slug: string): Promise<void> {
    await api.POST('/api/v1/session/tenant', { body: { tenant: slug } })
    await load()
  }

  /** Drops what is known here, e.g. after the server ended the session. */
  function forget(): void {
    session.value = null
    known = true
    forgetEverything()
    tellTabs(null)
  }

  return { session, user, tenant, tenants, timeZone, who, may, load, ensure, signOut, switchTenant, forget }
})

async function speakTheirLanguage(me: Me): Promise<void> {
  if (me.locale === 'zh-CN' || me.locale === 'en') await usePreferences().speak(me.locale as Locale)
}
