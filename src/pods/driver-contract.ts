/**
 * What every pod driver must do, as a suite that runs against a real one. A driver's own test file calls it; nothing in
 * the program imports it.
 */
import { afterAll, beforeAll, describe } from 'bun:test'
import { contractPodLimits, type Given, recipeOf, schema, sqlFile } from './contract.ts'
import { describeEnds } from './contract-ends.ts'
import { describeImages } from './contract-images.ts'
import { describeResults } from './contract-results.ts'
import { describeSandboxes } from './contract-sandboxes.ts'
import type { Image, Pod, PodDriver } from './driver.ts'

/** A driver is started, and a first image built, within this time. */
const openTimeoutMs = 60_000

/** Registers the suite for a driver. `open` makes it; the suite stops it. */
export function describePodDriver(name: string, open: () => Promise<PodDriver>): void {
  describe(`The pod driver ${name}`, () => {
    const { given, begin, end } = opened(open)
    beforeAll(begin, openTimeoutMs)
    afterAll(end, openTimeoutMs)
    for (const part of [describeImages, describeSandboxes, describeResults, describeEnds]) part(given)
  })
}

function opened(open: () => Promise<PodDriver>): { given: Given; begin(): Promise<void>; end(): Promise<void> } {
  let all: { driver: PodDriver; image: Image } | null = null
  let shared: Promise<Pod> | null = null
  const begun = () => {
    if (all === null) throw new Error('The suite has not begun')
    return all
  }
  const startPod = () => begun().driver.startPod(begun().image, { isolation: 'database', limits: contractPodLimits })
  const startShared = async () => {
    const started = await startPod()
    // A run that does not end by itself takes its pod along; the next test begins in another one.
    started.exited.then(() => {
      shared = null
    })
    return started
  }
  const pod = () => {
    shared ??= startShared()
    return shared
  }
  const given: Given = {
    get driver() {
      return begun().driver
    },
    get image() {
      return begun().image
    },
    pod,
    startPod,
    using: async (body) => {
      const database = await (await pod()).createDatabase({ access: 'write' })
      try {
        await body(database)
      } finally {
        await database.drop()
      }
    },
  }
  const begin = async () => {
    const driver = await open()
    all = { driver, image: await driver.buildImage(recipeOf(sqlFile(schema))) }
  }
  return { given, begin, end: async () => await all?.driver.stop() }
}
