/** Exercism's documents of an exercise as one description, and its hints. */
import type { Checkout } from '../checkout.ts'
import { readable } from './readable.ts'

/** A text and what of it was left out. */
export interface Documents {
  description: string
  hints: string[]
  notes: string[]
}

/** Reads `.docs/`. Empty where there is none. */
export function readDocuments(exercise: Checkout, blurb: string | null): Documents {
  const parts = ['introduction.md', 'instructions.md', 'instructions.append.md'].flatMap(
    (name) => exercise.text(`.docs/${name}`) ?? [],
  )
  const whole = parts.map((part) => part.trim()).join('\n\n') || (blurb ?? '')
  const { text, pictures } = readable(whole)
  const notes = pictures === 0 ? [] : [`${pictures} of its pictures ${pictures === 1 ? 'is a link' : 'are links'}.`]
  return { description: text, hints: hintsOf(exercise.text('.docs/hints.md') ?? ''), notes }
}

const hintsMax = 10
const hintCharactersMax = 1000

/** A hint for each section, as one line; links by name lose their address. */
function hintsOf(text: string): string[] {
  const sections = text.split(/^## /m).slice(1)
  return sections
    .map((section) => {
      const [title = '', ...lines] = section.trim().split('\n')
      const said = lines
        .filter((line) => line.trim() !== '' && !/^\[[^\]]+\]:/.test(line))
        .map((line) => line.replace(/^\s*[-*] /, '').trim())
      const words = readable(said.join(' ').replaceAll(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')).text
      return words === '' ? '' : `**${title.trim()}**: ${words}`
    })
    .filter((hint) => hint !== '' && hint.length <= hintCharactersMax)
    .slice(0, hintsMax)
}
