/** Markup that is made once for each value and used in many answers. */
import { raw, type SafeHtml } from './jsx-runtime.ts'

/**
 * Remembers what a function makes of a value for as long as the value lives. The value must never change, and the
 * markup must depend on nothing else: not on who is looking, not on this answer's nonce.
 */
export function remembered<Value extends object>(render: (value: Value) => SafeHtml): (value: Value) => SafeHtml {
  const known = new WeakMap<Value, SafeHtml>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    // Written out: added texts are kept as their pieces, which every page would put together again.
    const html = raw(Buffer.from(render(value).toString()).toString())
    known.set(value, html)
    return html
  }
}
