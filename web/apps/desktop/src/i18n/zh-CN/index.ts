import auth from './auth'
import common from './common'
import customers from './customers'
import jobs from './jobs'
import notices from './notices'
import settings from './settings'
import shell from './shell'
import trail from './trail'

export default { ...auth, ...common, ...customers, ...jobs, ...notices, ...settings, ...shell, ...trail }
