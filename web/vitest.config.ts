import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { articles } from './apps/desktop/articles.ts'

export default defineConfig({
  plugins: [articles(), vue({ include: [/\.vue$/, /\.md$/] })],
  resolve: { alias: { '@m': fileURLToPath(new URL('apps/mobile/src', import.meta.url)), '@': fileURLToPath(new URL('apps/desktop/src', import.meta.url)) } },
  test: {
    environment: 'happy-dom',
    include: ['apps/*/tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    env: { TZ: 'Asia/Shanghai' },
    maxWorkers: 2,
  },
})
