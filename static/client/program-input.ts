/** The program's input: kept in this browser, filled from samples, run from its own field. */

/** Wires the field; `run` runs the program. */
export function wireInput(form: HTMLFormElement, attempt: string, run: () => void): void {
  const details = form.querySelector<HTMLDetailsElement>('[data-input]')
  const field = details?.querySelector('textarea')
  if (!details || !field) return
  const key = `podium:input:${attempt}`
  field.value = read(key)
  details.open = field.value !== ''
  field.addEventListener('input', () => keep(key, field.value))
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    run()
  })
  for (const button of document.querySelectorAll<HTMLElement>('[data-use-input]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      field.value = button.dataset.useInput ?? ''
      keep(key, field.value)
      details.open = true
      run()
    })
  }
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function keep(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Storage may be full or switched off; the field keeps its text for as long as the page is there.
  }
}
