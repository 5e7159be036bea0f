import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { AcceptedPlugin } from 'postcss'
import Components from 'unplugin-vue-components/vite'
import { VantResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Vant's icons are a font from a stranger's server; ours are drawings of our own, so none of it is taken. */
const withoutVantIcons: AcceptedPlugin = {
  postcssPlugin: 'without-vant-icons',
  AtRule: {
    'font-face': (rule) => {
      if (rule.toString().includes('vant-icon')) rule.remove()
    },
  },
}

/** The catalogue with what the phone says; the desktop's whole one is three times as large. */
const onlyPhoneWords: Plugin = {
  name: 'only-phone-words',
  enforce: 'pre',
  resolveId: (wanted, importer) => {
    const catalogue = /^\.\/(zh-CN|en)$/.exec(wanted)?.[1]
    return catalogue && importer?.endsWith('/desktop/src/i18n/index.ts') ? here(`src/words/${catalogue}.ts`) : null
  },
}

export default defineConfig({
  root: here('.'),
  base: '/m/',
  // What is public of the desktop's (the icon, the theme before the first paint) is served once, from there.
  publicDir: false,
  plugins: [onlyPhoneWords, vue(), Components({ dirs: [], dts: false, resolvers: [VantResolver()] })],
  resolve: { alias: { '@m': here('src'), '@': here('../desktop/src') } },
  css: { postcss: { plugins: [withoutVantIcons] } },
  // Below the desktop's pages, so that both are one folder to serve.
  build: { target: 'es2022', outDir: here('../desktop/dist/m'), emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    port: 5174,
    proxy: { '/api': 'http://127.0.0.1:8000', '/mobile': 'http://127.0.0.1:8000' },
  },
})
