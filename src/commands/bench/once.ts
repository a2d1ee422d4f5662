/** Work that is done when it is first asked for, and then never again. */

/** The same outcome for everybody who asks, a failure included. */
export function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let done: Promise<Value> | null = null
  return async () => {
    done ??= work()
    return await done
  }
}
