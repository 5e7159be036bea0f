import auth from './auth'
import common from './common'
import customers from './customers'
import notices from './notices'
import shell from './shell'

export default { ...auth, ...common, ...customers, ...notices, ...shell }
