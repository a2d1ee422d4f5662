/** Exercism's documents of an exercise as one description, and its hints. */
import type { Checkout } from '../checkout.ts'

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
  const { text, images } = readable(whole)
  const notes = images === 0 ? [] : [`${images} of its pictures ${images === 1 ? 'is' : 'are'} left out.`]
  return { description: text, hints: hintsOf(exercise.text('.docs/hints.md') ?? ''), notes }
}

/** Without what only Exercism's pages show. */
function readable(text: string): { text: string; images: number } {
  const images = [...text.matchAll(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>/g)].length
  const plain = text
    .replaceAll(/<!--[\s\S]*?-->\n?/g, '')
    .replaceAll(/!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replaceAll(/<img\b[^>]*>/g, '')
    .replaceAll(/<br\s*\/?>/g, '  \n')
    .replaceAll(/<\/?(sup|sub|details|summary|b|i|u|p|div|span|a|kbd)\b[^>]*>/g, '')
    .replaceAll(/^(~{3,})@?exercism\/(\w+)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm, (_, _fence, kind: string, inner: string) =>
      quoted(`**${kind[0]?.toUpperCase()}${kind.slice(1)}.** ${inner.trim()}`),
    )
  return { text: plain, images }
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
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
      const words = said.join(' ').replaceAll(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
      return words === '' ? '' : `**${title.trim()}**: ${words}`
    })
    .filter((hint) => hint !== '' && hint.length <= hintCharactersMax)
    .slice(0, hintsMax)
}
