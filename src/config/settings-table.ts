/** The table of settings as Markdown: README.md holds it between two marks, and a test holds README to it. */
import { settingNames, settings } from '../config.ts'

const begin = '<!-- settings: written by src/build/settings-table.ts -->'
const end = '<!-- end of settings -->'

/** The whole table, one row a setting. */
export function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const { variable, alternatives = [], flag, initialText, purpose, kind, isSecret } = settings[name]
    const others = alternatives.filter((alternative) => !alternative.startsWith('PODIUM_'))
    const names = [variable, ...others, ...(isSecret === true ? [`${variable}_FILE`] : [])]
    const cells = [names.map(code).join(', '), code(`--${flag}`), initialText, `${purpose} (${kind.allowed})`]
    return `| ${cells.join(' | ')} |`
  })
  return ['| variable | flag | default | what it does |', '|---|---|---|---|', ...rows].join('\n')
}

/** A page's text with its table brought to the present. Throws where the page has no place for it. */
export function withSettingsTable(page: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the page has no line ${begin}`)
  return `${page.slice(0, from + begin.length)}\n${settingsTable()}\n${page.slice(to)}`
}

function code(text: string): string {
  return `\`${text}\``
}
