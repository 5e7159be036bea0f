// Turns openapi.json into src/schema.d.ts. Headers that the transport adds by itself are left out of the types, and
// a path's own id is called `id` there, whatever name it has in the server (`/customers/{customer_id}`).
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const TRANSPORT_HEADERS = new Set(['idempotency-key', 'if-match', 'if-none-match', 'x-csrf-token', 'accept-language'])
const here = new URL('./', import.meta.url)
const document = JSON.parse(await readFile(new URL('openapi.json', here), 'utf8'))

/** True for every parameter that a page has to give itself. */
function ofThePage(parameter) {
  return parameter.in !== 'header' || !TRANSPORT_HEADERS.has(parameter.name.toLowerCase())
}

for (const path of Object.values(document.paths)) {
  for (const operation of [path, ...Object.values(path)]) {
    if (Array.isArray(operation.parameters)) operation.parameters = operation.parameters.filter(ofThePage)
  }
}

/** A list's order comes out of the page's address as any text; the server refuses what it does not know. */
function loosenSort(parameter) {
  if (parameter.name === 'sort' && parameter.schema) delete parameter.schema.enum
}

const plain = (text) => text.replaceAll(/\{\w+_id\}/g, '{id}')

function tidied(path) {
  for (const operation of [path, ...Object.values(path)]) {
    for (const parameter of Array.isArray(operation.parameters) ? operation.parameters : []) {
      if (parameter.in === 'path' && parameter.name.endsWith('_id')) parameter.name = 'id'
      loosenSort(parameter)
    }
  }
  return path
}

document.paths = Object.fromEntries(Object.entries(document.paths).map(([name, path]) => [plain(name), tidied(path)]))

const banner = '// Generated from openapi.json by `npm run generate`. Do not edit.\n\n'
await writeFile(new URL('src/schema.d.ts', here), banner + astToString(await openapiTS(document, { defaultNonNullable: false })))
