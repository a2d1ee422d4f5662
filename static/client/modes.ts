/** The languages of the editor, and which of them a file is in. */
import 'ace-builds'
import 'ace-builds/src-noconflict/mode-c_cpp'
import 'ace-builds/src-noconflict/mode-golang'
import 'ace-builds/src-noconflict/mode-java'
import 'ace-builds/src-noconflict/mode-javascript'
import 'ace-builds/src-noconflict/mode-python'
import 'ace-builds/src-noconflict/mode-rust'
import 'ace-builds/src-noconflict/mode-sh'
import 'ace-builds/src-noconflict/mode-typescript'

const modesByEnding: Readonly<Record<string, string>> = {
  ...{ c: 'c_cpp', cc: 'c_cpp', cpp: 'c_cpp', h: 'c_cpp', hpp: 'c_cpp', go: 'golang', java: 'java', py: 'python' },
  ...{ js: 'javascript', cjs: 'javascript', mjs: 'javascript', jsx: 'javascript', rs: 'rust', sh: 'sh', bash: 'sh' },
  ...{ ts: 'typescript', tsx: 'typescript', cts: 'typescript', mts: 'typescript' },
}
const known = new Set([...Object.values(modesByEnding), 'text'])

/** How a file is edited. */
export interface FileMode {
  mode: string
  tabSize: number
  useSoftTabs: boolean
}

/** The mode of a file; `usual` is the exercise's language, for files whose name says nothing. */
export function modeOf(path: string, usual: string): FileMode {
  const ending = /\.(\w+)$/.exec(path)?.[1]
  const name = ending === undefined ? usual : (modesByEnding[ending] ?? 'text')
  const mode = known.has(name) ? name : 'text'
  const isWide = mode === 'python' || mode === 'golang' || mode === 'rust' || mode === 'java'
  return { mode: `ace/mode/${mode}`, tabSize: isWide ? 4 : 2, useSoftTabs: mode !== 'golang' }
}
