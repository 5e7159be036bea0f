import { useSession } from '@/stores/session'

/** Opens another company of the same person. The page starts anew, so that nothing of the first one stays in memory. */
export async function openTenant(slug: string): Promise<void> {
  const session = useSession()
  if (slug === session.tenant?.slug) return
  await session.switchTenant(slug)
  location.assign('/')
}
