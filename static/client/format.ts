/** Lays SQL out anew; a bundle of its own, loaded when somebody first asks for it. */
import { formatDialect, postgresql } from 'sql-formatter'

/** The text laid out; throws where the formatter cannot read it. */
export function formatSql(text: string): string {
  return formatDialect(text, { dialect: postgresql, keywordCase: 'preserve', tabWidth: 2, expressionWidth: 80 })
}
