import { CircleCheck, CircleX, ClipboardCheck, Columns3, Send, Split, Stamp } from 'lucide-vue-next'
import type { Component } from 'vue'
import type { FlowNode, NodeType } from './model'

export const NODE_ICONS: Record<NodeType, Component> = { approve: Stamp, handle: ClipboardCheck, copy: Send, branch: Split, parallel: Columns3, end: CircleX }

export const iconOf = (node: FlowNode): Component => (node.type === 'end' && node.outcome === 'granted' ? CircleCheck : NODE_ICONS[node.type])
