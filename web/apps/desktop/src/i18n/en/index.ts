import type { Catalogue } from '@/i18n'
import auth from './auth'
import common from './common'
import customers from './customers'
import notices from './notices'
import shell from './shell'

const en: Catalogue = { ...auth, ...common, ...customers, ...notices, ...shell }

export default en
