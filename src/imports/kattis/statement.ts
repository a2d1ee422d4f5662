/** The statement of a package as a description: TeX or Markdown, in English where there is a choice. */
import type { Checkout } from '../checkout.ts'
import { texToMarkdown } from './tex.ts'
import { mathToText } from './tex-math.ts'

/** A description, and what to look at. */
export interface Description {
  title: string | null
  markdown: string
  notes: string[]
}

/** Reads it; null where there is none that can be read. */
export function readStatement(checkout: Checkout): Description | null {
  const found = ['statement', 'problem_statement'].flatMap((folder) =>
    checkout.files(folder).flatMap((name) => (/^problem(\.\w+)?\.(tex|md)$/.test(name) ? [`${folder}/${name}`] : [])),
  )
  const path =
    found.find((each) => /\.en\.\w+$/.test(each)) ?? found.find((each) => /problem\.\w+$/.test(each)) ?? found[0]
  if (path === undefined) return null
  const text = checkout.text(path) ?? ''
  const notes: string[] = []
  if (!/\.en\.|problem\.(tex|md)$/.test(path)) notes.push(`There is no statement in English; ${path} was taken.`)
  if (path.endsWith('.md')) return { title: null, ...readMarkdown(text, notes) }
  const { markdown, title, unknown, images } = texToMarkdown(text)
  if (unknown.length > 0) notes.push(`Not understood in ${path}: ${unknown.join(', ')}. Look over the description.`)
  noteImages(images, notes)
  return { title, markdown, notes }
}

function noteImages(images: readonly string[], notes: string[]): void {
  if (images.length > 0) notes.push(`Pictures are left out: ${images.join(', ')}.`)
}

/** Markdown stays, but formulas become text; program texts stay as they are. */
function readMarkdown(text: string, notes: string[]): { markdown: string; notes: string[] } {
  const images: string[] = []
  const unknown = new Set<string>()
  const formula = (source: string) =>
    mathToText(source, (command) => unknown.add(command)).replaceAll(/[\\*_<]/g, '\\$&')
  const parts = text.split(/(```[\s\S]*?```|`[^`\n]*`)/)
  const markdown = parts
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replaceAll(/\{\{\s*\w*samples?\w*\s*\}\}|\{\{\s*nextsample\s*\}\}/g, '')
            .replaceAll(/!\[([^\]]*)\]\(([^)]*)\)(\{[^}]*\})?/g, (_, caption: string, file: string) => {
              images.push(file)
              return caption
            })
            .replaceAll(/\$\$([\s\S]+?)\$\$|\$([^$\n]+)\$/g, (_, shown?: string, inline?: string) =>
              formula(shown ?? inline ?? ''),
            ),
    )
    .join('')
  if (unknown.size > 0) notes.push(`Not understood in formulas: ${[...unknown].join(', ')}. Look over the description.`)
  noteImages(images, notes)
  return { markdown, notes }
}

/** Conversations that are shown as samples, as `<` and `>` lines. */
export function readInteractions(checkout: Checkout): string {
  const names = checkout.files('data/sample').filter((name) => name.endsWith('.interaction'))
  const shown = names.map((name, index) => {
    const lines = (checkout.text(`data/sample/${name}`) ?? '').trimEnd().replaceAll('```', '` ` `')
    return `### Sample conversation ${index + 1}\n\n\`\`\`\n${lines}\n\`\`\``
  })
  if (shown.length === 0) return ''
  return `\n\nLines with \`>\` are printed by the program, those with \`<\` are read by it.\n\n${shown.join('\n\n')}\n`
}
