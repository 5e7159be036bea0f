import { mergeAttributes, Node } from '@tiptap/core'
import { fileOf, pictureSource, shownAs } from './pictures'

/** A picture in a text: kept by the name of its file, shown as what it is. */
export const PictureNode = Node.create({
  name: 'picture',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    file: { default: '', parseHTML: (element: HTMLElement) => fileOf(element.getAttribute('src') ?? ''), renderHTML: ({ file }: { file?: string }) => ({ src: shownAs(file ?? '') }) },
    alt: { default: '' },
    width: { default: null },
  }),
  parseHTML: () => [{ tag: 'img[src^="cid:"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
  addNodeView: () => ({ node }) => {
    const dom = document.createElement('img')
    dom.alt = String(node.attrs.alt ?? '')
    if (node.attrs.width) dom.width = Number(node.attrs.width)
    pictureSource(String(node.attrs.file)).then((source) => (dom.src = source), () => dom.classList.add('is-gone'))
    return { dom }
  },
})
