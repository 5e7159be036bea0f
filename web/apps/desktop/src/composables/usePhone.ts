import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** True at phone width, where the menu is a drawer and rows are cards. */
export function usePhone(): Readonly<Ref<boolean>> {
  const query = matchMedia('(max-width: 767px)')
  const phone = ref(query.matches)
  const follow = (): void => {
    phone.value = query.matches
  }
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return readonly(phone)
}
