declare module '*.md' {
  import type { Component } from 'vue'

  /** What an article is about, for its list and for searching. */
  export const article: { title: string; sections: { id: string; title: string; text: string }[] }
  const component: Component
  export default component
}
