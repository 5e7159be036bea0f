import type { RELATIONSHIP_KINDS } from './options'

export type RelationshipKind = (typeof RELATIONSHIP_KINDS)[number]

/** The same relationship seen from the other side: my superior has me as a subordinate. */
export function mirrored(kind: RelationshipKind): RelationshipKind {
  if (kind === 'superior') return 'subordinate'
  return kind === 'subordinate' ? 'superior' : kind
}
