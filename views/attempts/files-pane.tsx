/** The editor of a code exercise: its files, the program's input, and what can be done with them. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { CsrfField, type PageProps } from '../layout.tsx'
import { Icon, Shape } from '../parts/icon.tsx'
import { Time } from '../parts/text.tsx'
import type { AttemptFacts } from './query-pane.tsx'
import { swap } from './swap.ts'

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
  const { page, attempt, files, mode, unavailable } = props
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
        </div>
        <details class="program-input" data-input>
          <summary>Input for the run</summary>
          <label class="sr" for="stdin">
            Standard input
          </label>
          <textarea id="stdin" name="stdin" rows="4" spellcheck="false" autocapitalize="off" wrap="off" />
        </details>
        <div class="foot">
          <span class="faint hide-s" id="caret" />
          <span class="faint" id="saved" role="status">
            {attempt.savedAt === null ? null : (
              <>
                saved <Time at={attempt.savedAt} as="clock" />
              </>
            )}
          </span>
          {unavailable === null ? (
            <Acts {...props} />
          ) : (
            <p class="push v slow unavailable">
              <Shape name="warn" />
              {unavailable}
            </p>
          )}
        </div>
      </form>
    </section>
  )
}

function FilesHead({ attempt, files, language }: FilesPaneProps): SafeHtml {
  const starters = `/attempts/${attempt.id}/starters`
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
      <span class="push row tight">
        <span class="faint hide-s">{language}</span>
        <button class="btn sm quiet" type="button" data-file-act="rename" hidden>
          Rename
        </button>
        <button class="btn sm quiet" type="button" data-file-act="delete" hidden>
          Delete
        </button>
        <button
          class="btn sm quiet icon hide-s"
          type="button"
          data-keys
          aria-label="Keys"
          title="Keys (?)"
          aria-haspopup="dialog"
          hidden
        >
          <Icon name="keyboard" />
        </button>
        <button class="btn sm quiet" type="submit" formaction={starters} data-starter={attempt.starter}>
          Starter
        </button>
      </span>
    </div>
  )
}

function FileField({ file, id }: { file: FileFacts; id: string }): SafeHtml {
  const { path, text, isReadOnly, isEntry } = file
  return (
    <section class="file-field" id={id}>
      <label class="file-name" for={`${id}-text`}>
        {path}
        {isReadOnly ? ', read only' : ''}
      </label>
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

function Acts({ attempt, trial }: FilesPaneProps): SafeHtml {
  const programs = `/attempts/${attempt.id}/programs`
  const trials = `/attempts/${attempt.id}/trials`
  const submissions = `/attempts/${attempt.id}/submissions`
  return (
    <span class="push row tight">
      <button class="btn sm stop" type="button" data-cancel={`/attempts/${attempt.id}/cancellations`} hidden>
        <Icon name="square" />
        Cancel
      </button>
      <button
        class="btn sm"
        type="submit"
        data-act="run"
        data-output={`/attempts/${attempt.id}/output`}
        {...swap(programs)}
      >
        <Icon name="play" />
        <span data-busy="Running">Run</span> <kbd>Ctrl ↵</kbd>
      </button>
      {trial === null ? null : (
        <button class="btn sm" type="submit" data-act="all" formaction={trials} {...swap(trials)}>
          <span data-busy="Testing">{trial}</span> <kbd>Alt ↵</kbd>
        </button>
      )}
      <button class="btn sm key" type="submit" data-act="check" formaction={submissions} {...swap(submissions)}>
        <span data-busy="Checking">Check answer</span> <kbd>⇧ Ctrl ↵</kbd>
      </button>
    </span>
  )
}
