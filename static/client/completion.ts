/** Ace's completion with the names that Podium knows; it never asks the learner's database. */
import ace, { type Ace } from 'ace-builds'
import 'ace-builds/src-noconflict/ext-language_tools'
import { proposalsAt, type Relation } from './sql-names.ts'

/** Letters after which the list opens by itself. */
const lettersMin = 2

/** Turns completion on; `schema` may come later. */
export function completeNames(editor: Ace.Editor, schema: Promise<readonly Relation[]>): void {
  let known: readonly Relation[] = []
  schema.then((relations) => {
    known = relations
  })
  const completer: Ace.Completer = {
    id: 'podium-names',
    triggerCharacters: ['.'],
    getCompletions(_editor, session, position, _prefix, callback) {
      const at = session.getDocument().positionToIndex(position)
      const found = proposalsAt(session.getValue(), at, known)
      callback(
        null,
        found.map(({ text, kind, rank }) => ({ caption: text, value: text, meta: kind, score: rank })),
      )
    },
  }
  editor.setOptions({
    enableBasicAutocompletion: [completer],
    enableLiveAutocompletion: [completer],
    liveAutocompletionThreshold: lettersMin,
  })
  // Enter goes on writing unless somebody went into the list; Tab goes in and takes.
  ace.require('ace/autocomplete').Autocomplete.for(editor).autoSelect = false
}

/** Fetches the names of an exercise's tables and columns; none where that fails. */
export async function fetchSchema(address: string): Promise<readonly Relation[]> {
  try {
    const answer: unknown = await (await fetch(address, { headers: { accept: 'application/json' } })).json()
    return Array.isArray(answer) ? answer.filter(isRelation) : []
  } catch {
    return []
  }
}

function isRelation(value: unknown): value is Relation {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'columns' in value && Array.isArray(value.columns)
  )
}
