import { expect, test } from 'bun:test'
import { startWatchdog, type WatchedPod } from './watchdog.ts'

/** A pod whose only process is this one, which takes more than it may. */
function greedyPod(changes: Partial<WatchedPod>): WatchedPod {
  const own = {
    isolation: 'server',
    isGone: false,
    processId: process.pid,
    diskDirectory: null,
    dataPath: null,
  } as const
  return {
    ...own,
    limits: { capacity: 1, memoryBytesMax: 1, diskBytesMax: 1 },
    databases: [],
    databaseSizes: async () => new Map(),
    temporarySizes: async () => new Map(),
    endSession: async () => false,
    killFor: () => {},
    kill: async () => {},
    ...changes,
  }
}

const relaying = { running: null, isRelaying: true, isLeaving: false, backendId: null, databaseName: 's', outgrow() {} }

test.each([
  ['does not answer', () => new Promise<boolean>(() => {})],
  ['fails', () => Promise.reject(new Error('gone'))],
])('a pod whose server %s keeps nobody from looking at the others', async (_what, endSession) => {
  const asked = Promise.withResolvers<void>()
  const slow = greedyPod({
    isolation: 'database',
    databases: [relaying],
    endSession: () => {
      asked.resolve()
      return endSession()
    },
  })
  const killed = Promise.withResolvers<string>()
  const other = greedyPod({ kill: async () => killed.resolve('the other') })
  const watchdog = startWatchdog(() => [slow, other], 5)
  await asked.promise
  expect(await killed.promise).toBe('the other')
  watchdog.stop()
})
