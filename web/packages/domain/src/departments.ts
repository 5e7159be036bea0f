/** A department as the server lists it: flat, with its parent. */
export interface FlatDepartment {
  id: string
  name: string
  parent_id: string | null
  sort_order: number
}

export interface DepartmentNode<D extends FlatDepartment> {
  department: D
  depth: number
  children: DepartmentNode<D>[]
}

/** The departments as a forest, siblings in their order; one whose parent is missing becomes a root. */
export function departmentTree<D extends FlatDepartment>(flat: readonly D[]): DepartmentNode<D>[] {
  const byId = new Map<string, DepartmentNode<D>>(flat.map((d) => [d.id, { department: d, depth: 0, children: [] }]))
  const roots: DepartmentNode<D>[] = []
  for (const node of byId.values()) {
    const parent = node.department.parent_id ? byId.get(node.department.parent_id) : undefined
    ;(parent?.children ?? roots).push(node)
  }
  settle(roots, 0)
  return roots
}

function settle<D extends FlatDepartment>(nodes: DepartmentNode<D>[], depth: number): void {
  nodes.sort((a, b) => a.department.sort_order - b.department.sort_order || a.department.name.localeCompare(b.department.name, 'zh-CN'))
  for (const node of nodes) {
    node.depth = depth
    settle(node.children, depth + 1)
  }
}

/** The forest from top to bottom as one list. */
export function flattened<D extends FlatDepartment>(nodes: readonly DepartmentNode<D>[]): DepartmentNode<D>[] {
  return nodes.flatMap((node) => [node, ...flattened(node.children)])
}

/** True when `inner` is `outer` or lies anywhere beneath it. */
export function isWithin(flat: readonly FlatDepartment[], inner: string, outer: string): boolean {
  const parents = new Map(flat.map((d) => [d.id, d.parent_id]))
  const seen = new Set<string>()
  for (let at: string | null | undefined = inner; at && !seen.has(at); at = parents.get(at)) {
    if (at === outer) return true
    seen.add(at)
  }
  return false
}
