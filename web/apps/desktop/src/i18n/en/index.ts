import type { Catalogue } from '@/i18n'
import auth from './auth'
import bin from './bin'
import bulk from './bulk'
import comments from './comments'
import common from './common'
import contacts from './contacts'
import customers from './customers'
import exports from './exports'
import fields from './fields'
import files from './files'
import help from './help'
import imports from './imports'
import jobs from './jobs'
import notices from './notices'
import settings from './settings'
import shell from './shell'
import trail from './trail'
import trust from './trust'
import work from './work'

const en: Catalogue = { ...auth, ...bin, ...bulk, ...comments, ...common, ...contacts, ...customers, ...exports, ...fields, ...files, ...help, ...imports, ...jobs, ...notices, ...settings, ...shell, ...trail, ...trust, ...work }

export default en
