/** Commands that a statement defines itself. */
import { argumentAt, commandAt } from './tex-math.ts'

interface Macro {
  count: number
  body: string
}

interface Made {
  text: string
  /** Behind it. */
  end: number
}

/** Somebody's macro may call itself. */
const expansionsMax = 10_000
const charactersMax = 20_000

/** The macros of one statement. */
export class Macros {
  readonly #macros = new Map<string, Macro>()
  #expansions = 0

  /** Reads `\newcommand{\name}[count]{body}` behind its first word, or `\def\name{body}`; returns where it ends. */
  define(source: string, from: number, isDef: boolean): number {
    const name = argumentAt(source, from)
    const counted = isDef ? null : /^\s*\[(\d)\]/.exec(source.slice(name.end, name.end + 20))
    const body = argumentAt(source, name.end + (counted?.[0].length ?? 0))
    this.#macros.set(name.text.replace(/^\\/, ''), { count: Number(counted?.[1] ?? 0), body: body.text })
    return body.end
  }

  /** What stands for a command with the arguments behind it; null where nobody defined it. */
  expand(name: string, source: string, from: number): Made | null {
    const macro = this.#macros.get(name)
    if (macro === undefined) return null
    this.#expansions += 1
    if (this.#expansions > expansionsMax) return { text: '', end: from }
    let end = from
    let text = macro.body
    for (let number = 1; number <= macro.count; number += 1) {
      const argument = argumentAt(source, end)
      text = text.replaceAll(`#${number}`, () => argument.text)
      end = argument.end
    }
    if (macro.count === 0 && source.startsWith('{}', end)) end += 2
    return { text, end }
  }

  /** A formula without macros. */
  expandAll(formula: string): string {
    let text = formula
    for (let round = 0; round < 5 && this.#macros.size > 0; round += 1) {
      const out = this.#expandOnce(text)
      if (out === text || out.length > charactersMax) return text
      text = out
    }
    return text
  }

  #expandOnce(text: string): string {
    let out = ''
    let at = 0
    while (at < text.length) {
      const command = text[at] === '\\' ? commandAt(text, at) : null
      const end = command?.end ?? at + 1
      const put = (command === null ? null : this.expand(command.text, text, end)) ?? { text: text.slice(at, end), end }
      out += put.text
      at = put.end
    }
    return out
  }
}
