import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { whenEnrolling, whenSignedOut } from '@/api'
import { i18n } from '@/i18n'
import { whenOtherTabChanges } from '@/otherTabs'
import { usePreferences } from '@/stores/preferences'
import { useSession } from '@/stores/session'
import App from '@m/App.vue'
import { keepRemarks } from '@m/keptRemarks'
import { router } from '@m/router'
import 'vant/es/toast/style'
import 'vant/es/dialog/style'
import 'vant/es/image-preview/style'
import '@m/styles/index.css'

const app = createApp(App).use(createPinia()).use(i18n)
const preferences = usePreferences()

whenSignedOut(() => {
  const at = router.currentRoute.value
  useSession().forget()
  if (!at.meta.public) void router.push({ path: '/sign-in', query: { next: at.fullPath, ended: '1' } })
})

// Setting two-step sign-in up is a page of the desktop edition.
whenEnrolling(() => location.assign('/second-factor'))

whenOtherTabChanges(
  () => useSession().who,
  () => location.reload(),
)

keepRemarks()
await preferences.speak(preferences.locale)
app.use(router).mount('#app')
