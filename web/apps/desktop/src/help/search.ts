import { CHAPTERS, type Book } from './book'

export interface Hit {
  word: string
  title: string
  section: string
  id: string
  /** The text around the first place found, in three parts: before, found, after. */
  excerpt: [string, string, string]
}

const BEFORE = 16
const AFTER = 60

/** Sections in which every word of the question occurs; those that have it in their titles come first. */
export function searchBook(book: Book, question: string): Hit[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const found: { hit: Hit; weight: number }[] = []
  for (const word of CHAPTERS.flatMap((chapter) => chapter.articles)) {
    const article = book[word]
    for (const section of article?.sections ?? []) {
      const titles = `${article?.title} ${section.title}`.toLowerCase()
      const text = section.text.toLowerCase()
      if (!article || !words.every((one) => titles.includes(one) || text.includes(one))) continue
      const weight = words.filter((one) => titles.includes(one)).length
      found.push({ weight, hit: { word, title: article.title, section: section.title, id: section.id, excerpt: around(section.text, words) } })
    }
  }
  return found.sort((one, other) => other.weight - one.weight).map(({ hit }) => hit)
}

function around(text: string, words: string[]): Hit['excerpt'] {
  const low = text.toLowerCase()
  const first = words.map((word) => ({ at: low.indexOf(word), length: word.length })).filter(({ at }) => at >= 0)
  const place = first.sort((one, other) => one.at - other.at)[0]
  if (!place) return [text.slice(0, BEFORE + AFTER), '', '']
  const start = Math.max(0, place.at - BEFORE)
  const end = place.at + place.length
  return [(start > 0 ? '…' : '') + text.slice(start, place.at), text.slice(place.at, end), text.slice(end, end + AFTER)]
}
