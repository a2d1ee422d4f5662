/** Environments of TeX in Markdown: lists, tables, formulas, quotations, program texts. */
import { afterOptions, bodyOf, list, table } from './tex-blocks.ts'
import { argumentAt } from './tex-math.ts'

/** How what stands within an environment becomes Markdown. */
export interface Inner {
  text: (source: string) => string
  /** A formula that stands by itself. */
  formula: (source: string) => string
  /** Names what is not understood. */
  unknown: (name: string) => void
}

/** `\begin{name}…\end{name}`, from behind the first word; where it ends is told, too. */
export function environment(
  source: string,
  from: number,
  { text: inner, formula, unknown }: Inner,
): { text: string; end: number } {
  const name = argumentAt(source, from)
  const kind = name.text.replace(/\*$/, '')
  const { body, end } = bodyOf(source, name.end, name.text)
  switch (kind) {
    case 'verbatim':
    case 'lstlisting':
      return { text: `\n\n\`\`\`\n${body.replace(/^\s*\[[^\]]*\]/, '').replace(/^\n|\s+$/g, '')}\n\`\`\`\n\n`, end }
    case 'itemize':
    case 'enumerate':
    case 'description':
      return { text: list(body, kind, inner), end }
    case 'tabular':
    case 'tabularx':
    case 'array':
      return { text: table(body, kind === 'tabularx' ? 2 : 1, inner), end }
    case 'equation':
    case 'displaymath':
    case 'math':
      return { text: formula(body), end }
    case 'align':
    case 'eqnarray':
    case 'gather':
      return {
        text: body
          .split('\\\\')
          .map((line) => formula(line))
          .join(''),
        end,
      }
    case 'quote':
    case 'quotation':
      return { text: `\n\n${inner(body).trim().replaceAll(/^/gm, '> ')}\n\n`, end }
    case 'figure':
    case 'wrapfigure':
    case 'minipage':
    case 'center':
    case 'flushleft':
    case 'flushright':
    case 'table':
    case 'multicols':
      return { text: `\n\n${inner(withoutArguments(body, kind)).trim()}\n\n`, end }
    default:
      unknown(`\\begin{${name.text}}`)
      return { text: `\n\n${inner(body).trim()}\n\n`, end }
  }
}

const environmentArguments: Readonly<Record<string, number>> = { wrapfigure: 2, minipage: 1, multicols: 1 }

function withoutArguments(body: string, kind: string): string {
  let at = afterOptions(body, 0)
  for (let count = environmentArguments[kind] ?? 0; count > 0; count -= 1)
    at = afterOptions(body, argumentAt(body, at).end)
  return body.slice(at)
}
