import auth from './auth'
import bin from './bin'
import common from './common'
import contacts from './contacts'
import customers from './customers'
import imports from './imports'
import jobs from './jobs'
import notices from './notices'
import settings from './settings'
import shell from './shell'
import trail from './trail'
import work from './work'

export default { ...auth, ...bin, ...common, ...contacts, ...customers, ...imports, ...jobs, ...notices, ...settings, ...shell, ...trail, ...work }
