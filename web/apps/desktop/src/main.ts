import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { whenEnrolling, whenSignedOut } from '@/api'
import App from '@/App.vue'
import { i18n } from '@/i18n'
import { whenOtherTabChanges } from '@/otherTabs'
import { router } from '@/router'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import '@/styles/index.css'

const app = createApp(App).use(createPinia()).use(i18n)
const preferences = usePreferences()

whenSignedOut(() => {
  useSession().forget()
  const at = router.currentRoute.value
  if (!at.meta.public) void router.push({ path: '/sign-in', query: { next: at.fullPath, ended: '1' } })
})

whenEnrolling(() => {
  if (!router.currentRoute.value.meta.enrol) location.assign('/second-factor')
})

whenOtherTabChanges(
  () => useSession().who,
  () => location.reload(),
)

await preferences.speak(preferences.locale)
app.use(router).mount('#app')
