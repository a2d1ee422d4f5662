/** What a package gives along with its statement: files included with every answer, attachments, templates of code. */
import { Failure } from '../../failure.ts'
import { type Checkout, textOf } from '../checkout.ts'
import { languageOf, mainFileOf, type SubmissionLanguage } from './languages.ts'

/** What the exercise of one language gets of them. */
export interface AddedFiles {
  /** Shown and not edited, by path in the workspace. */
  fixed: Map<string, Uint8Array>
  /** The included file that the program begins in; null where the answer has the beginning. */
  driver: string | null
  /** What learners begin with, by path; empty where the package says nothing. */
  template: Map<string, string>
  /** The template's file with the beginning. */
  templateMain: string | null
  notes: string[]
}

/** All attachments together; every version of an exercise keeps them. */
const bytesMax = 1024 * 1024

/** Languages by the codes of packages, where those differ from their names here. */
const codes: Readonly<Record<string, readonly string[]>> = { python: ['python3', 'python', 'pypy3'] }

/** Reads them for one language. */
export function readAddedFiles(checkout: Checkout, language: SubmissionLanguage): AddedFiles {
  const own = codes[language.name] ?? [language.name]
  const folderOf = (top: string) => own.map((code) => `${top}/${code}`).find((name) => checkout.files(name).length > 0)
  const fixed = new Map<string, Uint8Array>()
  for (const folder of ['include/default', folderOf('include')]) {
    if (folder === undefined) continue
    for (const path of visible(checkout, folder))
      fixed.set(path, checkout.bytes(`${folder}/${path}`) ?? new Uint8Array())
  }
  const names = [...fixed.keys()]
  const driver = names.find((path) => isDriver(path, language)) ?? null
  const notes = takeAttachments(checkout, language, fixed)
  const templates = folderOf('attachments/templates') ?? 'attachments/templates/default'
  const template = new Map<string, string>()
  for (const path of visible(checkout, templates)) {
    try {
      template.set(path, textOf(path, checkout.bytes(`${templates}/${path}`) ?? new Uint8Array()))
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause
      notes.push(`Left out: ${templates}/${path}, for it is not text in UTF-8.`)
    }
  }
  const templateMain = mainFileOf(language, [...template.keys()], (path) => template.get(path) ?? null)
  return { fixed, driver, template, templateMain, notes }
}

/** In a package, the file of this name is where the program begins. */
function isDriver(path: string, { entry, endings }: SubmissionLanguage): boolean {
  return entry === null ? endings.some((ending) => path === `Main.${ending}`) : path === entry
}

function visible(checkout: Checkout, folder: string): string[] {
  return checkout.files(folder).filter((path) => !/(^|\/)\./.test(path))
}

/** They lie in a folder of their own beside the answer; what would be compiled along is left out. */
function takeAttachments(checkout: Checkout, language: SubmissionLanguage, fixed: Map<string, Uint8Array>): string[] {
  const notes: string[] = []
  let bytes = 0
  for (const path of visible(checkout, 'attachments').filter((each) => !each.includes('/'))) {
    const content = checkout.bytes(`attachments/${path}`) ?? new Uint8Array()
    const found = languageOf([path], () => null)
    if (found === language && language.isCompiled)
      notes.push(`Left out: attachments/${path}, for it would be compiled along with answers.`)
    else if (bytes + content.length > bytesMax)
      notes.push(`Left out: attachments/${path}, for attachments may have ${bytesMax / 1024 ** 2} MB together.`)
    else {
      bytes += content.length
      fixed.set(`attachments/${path}`, content)
    }
  }
  return notes
}
