/** A labelled field with its hint or its error below. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { Icon } from './icon.tsx'

/** A field of a form. */
export interface FieldProps {
  id: string
  name: string
  label: string
  type: 'text' | 'email' | 'password'
  autocomplete: string
  value?: string
  hint?: string | null
  /** What is wrong with it, as a sentence. */
  error?: string | null
  isFocused?: boolean
  /** It may be left empty. */
  isOptional?: boolean
  lengthMin?: number
  lengthMax: number
}

/** Label above; hint and error below, tied to the input. */
export function Field(props: FieldProps): SafeHtml {
  const { id, hint = null, error = null } = props
  const describedBy = [hint === null ? null : `${id}-hint`, error === null ? null : `${id}-error`].filter(
    (part) => part !== null,
  )
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        name={props.name}
        type={props.type}
        value={props.value ?? null}
        autocomplete={props.autocomplete}
        autocapitalize={props.autocomplete === 'username' ? 'none' : null}
        autofocus={props.isFocused ?? false}
        minlength={props.lengthMin ?? null}
        maxlength={props.lengthMax}
        required={!(props.isOptional ?? false)}
        aria-invalid={error === null ? null : 'true'}
        aria-describedby={describedBy.length > 0 ? describedBy.join(' ') : null}
      />
      {hint === null ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error === null ? null : (
        <span class="err" id={`${id}-error`}>
          <Icon name="triangle-alert" />
          {error}
        </span>
      )}
    </div>
  )
}
