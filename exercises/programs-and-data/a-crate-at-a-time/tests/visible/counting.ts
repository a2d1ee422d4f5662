import type { SQL } from 'bun'

/** A connection that counts the statements that are sent over it. */
export function counting(sql: SQL): { sql: SQL; count: () => number } {
  let statements = 0
  function wrap<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      apply(call, self, words) {
        if (Array.isArray(words[0]) && 'raw' in words[0]) statements += 1
        return Reflect.apply(call as never, self, words)
      },
      get(from, key) {
        const value = Reflect.get(from, key)
        if (typeof value !== 'function') return value
        if (key === 'unsafe' || key === 'file') statements += 1
        if (key !== 'begin' && key !== 'transaction' && key !== 'savepoint') return value.bind(from)
        const inner = (word: unknown) => (typeof word === 'function' ? (tx: object) => word(wrap(tx)) : word)
        return (...words: unknown[]) => value.apply(from, words.map(inner))
      },
    })
  }
  return { sql: wrap(sql), count: () => statements }
}
