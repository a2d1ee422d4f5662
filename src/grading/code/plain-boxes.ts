/**
 * Boxes straight from a driver, without a pool in front: for `podium check` and for tests, where nobody waits for one. A
 * few jobs run at once; the others wait in order.
 */
import type { ExecutionBox, ExecutionDriver } from '../../pods/execution.ts'
import type { BoxWant } from '../../sandboxes/boxes.ts'
import type { UseBox, UseBoxes } from '../../sandboxes/executions.ts'

/** The two verbs of boxes. */
export interface PlainBoxes {
  useBox: UseBox
  useBoxes: UseBoxes
}

/** Makes them; `usesMax` bodies run at once. */
export function createPlainBoxes(driver: ExecutionDriver, { usesMax }: { usesMax: number }): PlainBoxes {
  const waiting: (() => void)[] = []
  let running = 0

  async function start({ runtime, limits, databaseSocket = null }: BoxWant): Promise<ExecutionBox> {
    return await driver.startBox(runtime, { limits, databaseSocket })
  }

  const useBoxes: UseBoxes = async (wants, body, { signal }) => {
    if (running >= usesMax) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      signal?.throwIfAborted()
      const started = await Promise.allSettled(wants.map(start))
      const boxes = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      try {
        const failed = started.find(({ status }) => status === 'rejected')
        if (failed?.status === 'rejected') throw failed.reason
        return await body(boxes)
      } finally {
        await Promise.all(boxes.map((box) => box.kill()))
      }
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  return {
    useBoxes,
    useBox: async (want, body, use) =>
      await useBoxes(
        [want],
        async ([box]) => {
          if (box === undefined) throw new Error('A box was asked for and none is there')
          return await body(box)
        },
        use,
      ),
  }
}
