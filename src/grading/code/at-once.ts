/** Doing something with each of many, a few at a time. */

/**
 * Begins in order, with at most `atOnce` under way, and no further one once `isDone` says so or one has failed. Rejects
 * with the first failure when all that began have ended.
 */
export async function eachAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  body: (item: Item, index: number) => Promise<void>,
  isDone: () => boolean = () => false,
): Promise<void> {
  const waiting = items.entries()
  let isFailed = false
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      try {
        await body(item, index)
      } catch (cause) {
        isFailed = true
        throw cause
      }
      if (isFailed || isDone()) return
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, work))
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}
