/** Words that differ between the kinds of exercises, for parts of the page that all kinds share. */

/** What an exercise is about. */
export type WorkKind = 'sql' | 'code'

/** The words of one kind. */
export interface KindWords {
  /** The editor's pane. */
  pane: string
  /** What somebody writes. */
  own: string
  /** Where nothing was run yet. */
  empty: { title: string; text: string }
}

/** The words of each kind. */
export const kindWords: Readonly<Record<WorkKind, KindWords>> = {
  sql: {
    pane: 'Query',
    own: 'query',
    empty: {
      title: 'Nothing run yet',
      text: 'Write a query and run it. Its rows show up here, with the time it took.',
    },
  },
  code: {
    pane: 'Files',
    own: 'program',
    empty: {
      title: 'Nothing run yet',
      text: 'Write a program and run it. What it prints shows up here, with the time it took.',
    },
  },
}
