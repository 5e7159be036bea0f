import type { MessageKey } from '@/i18n'

interface Key {
  /** As `useHotkeys` knows them. */
  names: string[]
  label: MessageKey
}

/** Every key that a page listens to, by where it is heard. */
export const KEYS: { label: MessageKey; keys: Key[] }[] = [
  {
    label: 'keys.everywhere',
    keys: [
      { names: ['mod+k'], label: 'keys.search' },
      { names: ['?'], label: 'keys.sheet' },
      { names: ['Escape'], label: 'keys.close' },
    ],
  },
  {
    label: 'keys.inLists',
    keys: [
      { names: ['/'], label: 'keys.listSearch' },
      { names: ['j', 'k'], label: 'keys.walk' },
      { names: ['Enter'], label: 'keys.open' },
      { names: ['n'], label: 'keys.create' },
      { names: ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'], label: 'keys.cells' },
      { names: ['Enter', 'F2'], label: 'keys.editCell' },
      { names: ['Tab'], label: 'keys.saveNext' },
    ],
  },
  {
    label: 'keys.inRecords',
    keys: [
      { names: ['e'], label: 'keys.edit' },
      { names: ['j', 'k'], label: 'keys.neighbours' },
    ],
  },
  {
    label: 'keys.inApprovals',
    keys: [
      { names: ['a'], label: 'keys.approve' },
      { names: ['r'], label: 'keys.reject' },
    ],
  },
  {
    label: 'keys.inFlows',
    keys: [
      { names: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: 'flows.keyWalk' },
      { names: ['Delete'], label: 'flows.keyRemove' },
      { names: ['mod+d'], label: 'flows.keyCopy' },
      { names: ['mod+z'], label: 'flows.keyUndo' },
      { names: ['mod+y'], label: 'flows.redo' },
    ],
  },
]
