/** The largest signature that is taken, as text. */
export const LARGEST = 100_000

type Paper = Pick<HTMLCanvasElement, 'width' | 'height' | 'toDataURL'>

/** What is drawn as a PNG small enough to be taken: halved until it is. */
export function pngWithin(paper: Paper, most = LARGEST, smaller: (paper: Paper) => Paper = halved): string {
  const text = paper.toDataURL('image/png')
  return text.length <= most || paper.width < 100 ? text : pngWithin(smaller(paper), most, smaller)
}

function halved(paper: Paper): Paper {
  const small = document.createElement('canvas')
  small.width = Math.ceil(paper.width / 2)
  small.height = Math.ceil(paper.height / 2)
  small.getContext('2d')?.drawImage(paper as HTMLCanvasElement, 0, 0, small.width, small.height)
  return small
}
