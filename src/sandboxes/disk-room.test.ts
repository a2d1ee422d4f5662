import { afterEach, expect, test } from 'bun:test'
import { tmpdir } from 'node:os'
import { createLog, silentLog } from '../telemetry/log.ts'
import { registry } from '../telemetry/metrics.ts'
import { DiskRoom } from './disk-room.ts'
import { FakeClock } from './fake-clock.ts'

const reserveBytes = 500
const rooms: DiskRoom[] = []
afterEach(() => {
  for (const room of rooms.splice(0)) room.stop()
})

function open() {
  const clock = new FakeClock()
  const disk = { freeBytes: 1_000, looks: 0, isBroken: false }
  const lines: string[] = []
  const log = createLog({ level: 'info', format: 'json', write: (line) => lines.push(line) })
  const measure = async () => {
    disk.looks += 1
    if (disk.isBroken) throw new Error('EIO')
    return disk.freeBytes
  }
  const room = new DiskRoom({ directory: '/data', reserveBytes, log, measure, clock })
  rooms.push(room)
  return { clock, disk, lines, room }
}

test('with room there is nothing to refuse; without, the refusal says what is still done and when to try again', async () => {
  const { clock, disk, room } = open()
  await room.require()
  disk.freeBytes = reserveBytes - 1
  await clock.advance(1_000)
  const refusal = { kind: 'exhausted', code: 'disk_low', retryAfterSeconds: 60 }
  await expect(room.require()).rejects.toMatchObject(refusal)
  await expect(room.require()).rejects.toThrow('still saved')
  expect(await room.status()).toEqual({ freeBytes: 499, reserveBytes, isLow: true })
})

test('the disk is looked at once a second, however many ask', async () => {
  const { clock, disk, room } = open()
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(Array.from({ length: 100 }, () => room.require()))
    await clock.advance(999)
    await room.require()
    expect(disk.looks).toBe(round + 1)
    await clock.advance(1)
  }
})

test('the log tells once that it begins and once that it ends, also while nobody asks', async () => {
  const { clock, disk, lines, room } = open()
  await clock.advance(60_000)
  expect(lines).toEqual([])
  disk.freeBytes = 100
  await clock.advance(60_000)
  await room.status()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('almost full')
  expect(await registry.metrics()).toContain('podium_disk_low 1')
  disk.freeBytes = reserveBytes
  await clock.advance(60_000)
  // Just at the reserve it would come and go by the second.
  expect([lines.length, (await room.status()).isLow]).toEqual([1, true])
  disk.freeBytes = 600
  await clock.advance(60_000)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('has room again')
  await room.require()
  expect(await registry.metrics()).toContain('podium_disk_low 0')
})

test('work that can wait goes on when there is room, or not at all where the program stops first', async () => {
  const { clock, disk, room } = open()
  expect(await room.untilRoom()).toBe(true)
  disk.freeBytes = 100
  await clock.advance(1_000)
  const outcomes: boolean[] = []
  void room.untilRoom().then((outcome) => outcomes.push(outcome))
  await clock.advance(30_000)
  expect(outcomes).toEqual([])
  disk.freeBytes = 1_000
  await clock.advance(20_000)
  expect(outcomes).toEqual([true])
  room.stop()
  expect(await room.untilRoom()).toBe(false)
})

test('a disk that cannot be measured stays as it was', async () => {
  const { clock, disk, lines, room } = open()
  disk.freeBytes = 100
  expect((await room.status()).isLow).toBe(true)
  disk.isBroken = true
  await clock.advance(1_000)
  expect((await room.status()).isLow).toBe(true)
  expect(lines.at(-1)).toContain('could not be measured')
})

test('the real disk is measured', async () => {
  const room = new DiskRoom({ directory: tmpdir(), reserveBytes: 1, log: silentLog })
  rooms.push(room)
  const { freeBytes, isLow } = await room.status()
  expect([Number.isFinite(freeBytes), freeBytes > 0, isLow]).toEqual([true, true, false])
})
