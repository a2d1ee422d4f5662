/** Ace's completion with the names that Podium knows; it never asks the learner's database. */
import ace, { type Ace } from 'ace-builds'
import 'ace-builds/src-noconflict/ext-language_tools'
import { proposalsAt, type Relation } from './sql-names.ts'

/** Letters after which the list opens by itself. */
const lettersMin = 2

/** What a name is made of; a minus, which Ace counts in, is none of it. */
const nameLetter = /[\w$\u0080-\uffff]/

/** Names that may change while somebody writes. */
export interface KnownNames {
  /** What is known from now on; an open list is made anew. */
  know(relations: readonly Relation[]): void
}

/** Turns completion on, with keywords alone until names are known. */
export function completeNames(editor: Ace.Editor): KnownNames {
  let known: readonly Relation[] = []
  const completer: Ace.Completer = {
    id: 'podium-names',
    triggerCharacters: ['.'],
    identifierRegexps: [nameLetter],
    getCompletions(_editor, session, position, _prefix, callback) {
      const at = session.getDocument().positionToIndex(position)
      const found = proposalsAt(session.getValue(), at, known)
      callback(
        null,
        found.map(({ text, kind, rank }) => ({ caption: text, value: text, meta: kind, score: rank })),
      )
    },
  }
  // Before Ace's own listener, which looks whether a list is open.
  editor.commands.on('afterExec', ({ command, args }: { command: Ace.Command; args?: unknown }) => {
    if (command.name === 'insertstring' && typeof args === 'string') closeAtWordEnd(editor, args)
  })
  editor.setOptions({
    enableBasicAutocompletion: [completer],
    enableLiveAutocompletion: [completer],
    liveAutocompletionThreshold: lettersMin,
  })
  // Enter goes on writing unless somebody went into the list; Tab goes in and takes.
  const list: List = ace.require('ace/autocomplete').Autocomplete.for(editor)
  list.autoSelect = false
  return {
    know(relations) {
      known = relations
      if (list.activated) list.updateCompletions(false)
    },
  }
}

/** The part of Ace's completion list that its own types leave out. */
interface List {
  activated?: boolean
  autoSelect: boolean
  updateCompletions(keepsPlace: boolean): void
  detach(): void
}

/**
 * A list belongs to one word. Ace notices a moment later that the word has ended: by then the first letters of the next
 * word may have been typed, for which it opens no list because the old one still counts as open.
 */
function closeAtWordEnd(editor: Ace.Editor, typed: string): void {
  const { completer } = editor
  const isOpen = completer !== undefined && 'activated' in completer && completer.activated === true
  if (isOpen && [...typed].some((letter) => !nameLetter.test(letter))) completer.detach()
}

/** Fetches the names of tables and columns; null where that fails. */
export async function fetchSchema(address: string): Promise<readonly Relation[] | null> {
  try {
    const answer: unknown = await (await fetch(address, { headers: { accept: 'application/json' } })).json()
    return Array.isArray(answer) ? answer.filter(isRelation) : null
  } catch {
    return null
  }
}

function isRelation(value: unknown): value is Relation {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'columns' in value && Array.isArray(value.columns)
  )
}
