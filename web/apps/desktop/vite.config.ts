import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { AcceptedPlugin } from 'postcss'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vite'
import { articles } from './articles.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Puts Element Plus's styles into a cascade layer, so that ours win in whatever order the chunks arrive.
 * The order of the layers is said in each file, because any of them may be the first.
 */
const layerElementPlus: AcceptedPlugin = {
  postcssPlugin: 'layer-element-plus',
  Once(root, { AtRule }) {
    if (!root.source?.input.file?.includes('element-plus')) return
    const layer = new AtRule({ name: 'layer', params: 'element' })
    layer.append(root.nodes)
    root.removeAll()
    root.append(new AtRule({ name: 'layer', params: 'base, element' }), layer)
  },
}

export default defineConfig({
  root: here('.'),
  plugins: [
    articles(),
    vue({ include: [/\.vue$/, /\.md$/] }),
    Components({
      dirs: [],
      // Types come from element-plus/global, so that the type check does not depend on a build before it.
      dts: false,
      resolvers: [ElementPlusResolver({ importStyle: 'css' })],
    }),
  ],
  resolve: { alias: { '@': here('src') } },
  css: { postcss: { plugins: [layerElementPlus] } },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8000', '/dev': 'http://127.0.0.1:8000' },
  },
})
