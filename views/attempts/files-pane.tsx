/** The editor of a code exercise: its files, the program's input, and what can be done with them. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Icon } from '../parts/icon.tsx'
import { type AttemptFacts, type EditorAct, EditorFoot, KeysButton, StarterButton } from './editor-foot.tsx'

/** A file as the pane shows it. */
export interface FileFacts {
  path: string
  text: string
  /** Shown, never the learner's to change: what the exercise brings, and its tests. */
  isReadOnly: boolean
  /** The file that is run: it can't be renamed or deleted. */
  isEntry: boolean
}

/** What the pane is given. */
export interface FilesPaneProps {
  page: PageProps
  attempt: AttemptFacts
  /** The learner's own first. */
  files: readonly FileFacts[]
  /** For the head, for example `Python 3.11.2`. */
  language: string
  /** The mode of the editor, as Ace names it. */
  mode: string
  /** What the button that tries the answer is called; null where nothing can be tried before handing in. */
  trial: string | null
  /** Why nothing can be run here, or null. */
  unavailable: string | null
}

/** A form that works without scripts too: then every file is a field, and each button sends it. */
export function FilesPane(props: FilesPaneProps): SafeHtml {
  const { page, attempt, files, mode, trial, unavailable } = props
  return (
    <section class="pane edit" aria-label="Files" id="files">
      <form
        id="query"
        method="post"
        action={`/attempts/${attempt.id}/programs`}
        autocomplete="off"
        data-mode={mode}
        data-answer={attempt.text}
      >
        <CsrfField csrf={page.csrf} />
        <input type="hidden" name="files" value="" />
        <FilesHead {...props} />
        <div class="body editor files scroll">
          {files.map((file, index) => (
            <FileField file={file} id={`file-${index}`} />
          ))}
          <NewFile />
        </div>
        <details class="program-input" data-input>
          <summary>Input for the run</summary>
          <label class="sr" for="stdin">
            Standard input
          </label>
          <textarea id="stdin" name="stdin" rows="4" spellcheck="false" autocapitalize="off" wrap="off" />
        </details>
        <EditorFoot attempt={attempt} acts={actsOf(trial)} unavailable={unavailable} />
      </form>
    </section>
  )
}

function FilesHead({ attempt, files, language }: FilesPaneProps): SafeHtml {
  return (
    <div class="head">
      <div class="tabs file-tabs" data-files>
        {files.map(({ path, isReadOnly }, index) => (
          <a href={`#file-${index}`} data-path={path}>
            {isReadOnly ? <Icon name="lock" /> : null}
            {path}
            {isReadOnly ? <span class="sr">, read only</span> : null}
          </a>
        ))}
      </div>
      <button class="btn sm quiet icon" type="button" data-file-act="add" aria-label="New file" title="New file" hidden>
        <Icon name="plus" />
      </button>
      <a class="btn sm quiet" href="#new-file" data-scriptless>
        New file
      </a>
      <span class="push row tight">
        <span class="faint hide-s">{language}</span>
        <button class="btn sm quiet" type="button" data-file-act="rename" hidden>
          Rename
        </button>
        <button class="btn sm quiet" type="button" data-file-act="delete" hidden>
          Delete
        </button>
        <KeysButton />
        <StarterButton attempt={attempt} />
      </span>
    </div>
  )
}

function FileField({ file, id }: { file: FileFacts; id: string }): SafeHtml {
  const { path, text, isReadOnly, isEntry } = file
  return (
    <section class="file-field" id={id}>
      <div class="file-name row">
        <label for={`${id}-text`}>
          {path}
          {isReadOnly ? ', read only' : ''}
        </label>
        {isReadOnly || isEntry ? null : (
          <label class="tick push">
            <input type="checkbox" name={`without:${path}`} value="yes" aria-label={`Leave out ${path}`} />
            Leave it out
          </label>
        )}
      </div>
      <textarea
        id={`${id}-text`}
        name={isReadOnly ? null : `file:${path}`}
        data-path={path}
        data-entry={isEntry}
        class="plain-editor"
        rows="12"
        spellcheck="false"
        autocapitalize="off"
        wrap="off"
        readonly={isReadOnly}
      >
        {`\n${text}`}
      </textarea>
    </section>
  )
}

/** For browsers without scripts: the editor takes the place of all of this. */
function NewFile(): SafeHtml {
  return (
    <section class="file-field" id="new-file">
      <div class="file-name field">
        <label for="new-file-name">One more file, with folders where it is in one</label>
        <input
          id="new-file-name"
          name="new-file"
          type="text"
          maxlength={100}
          autocomplete="off"
          spellcheck="false"
          autocapitalize="off"
        />
      </div>
      <textarea
        name="new-text"
        aria-label="Text of the new file"
        class="plain-editor"
        rows="6"
        spellcheck="false"
        autocapitalize="off"
        wrap="off"
      />
    </section>
  )
}

/** What can be done with a program. */
function actsOf(trial: string | null): EditorAct[] {
  const { run, check } = programActs
  return trial === null ? [run, check] : [run, { ...programActs.trial, word: trial }, check]
}

const programActs = {
  run: { act: 'run', to: 'programs', word: 'Run', busy: 'Running', keys: 'Ctrl ↵', icon: 'play', isFollowed: true },
  trial: { act: 'all', to: 'trials', busy: 'Testing', keys: 'Alt ↵' },
  check: { act: 'check', to: 'submissions', word: 'Check answer', busy: 'Checking', keys: '⇧ Ctrl ↵', isKey: true },
} as const
