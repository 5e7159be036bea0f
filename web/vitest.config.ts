import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('apps/desktop/src', import.meta.url)) } },
  test: {
    environment: 'happy-dom',
    include: ['apps/*/tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    env: { TZ: 'Asia/Shanghai' },
    maxWorkers: 2,
  },
})
