/** Building, sharing and evicting images. */
import { expect, test } from 'bun:test'
import { silentLog } from '../telemetry/log.ts'
import { FakeClock } from './fake-clock.ts'
import { FakeDriver, fakeRecipe } from './fake-driver.ts'
import { Images } from './images.ts'
import { type PoolLimits, poolLimits } from './limits.ts'

const mebibyte = 1024 * 1024
const never = new AbortController().signal

function house(limits: Partial<PoolLimits> = {}) {
  const clock = new FakeClock()
  const driver = new FakeDriver(clock)
  const images = new Images({ driver, clock, log: silentLog, limits: poolLimits(limits) })
  const acquire = async (name: string) => await clock.until(images.acquire(fakeRecipe(name), never))
  return { clock, driver, images, acquire }
}

test('an image that is on disk from an earlier time is not built again', async () => {
  const { clock, driver, images } = house()
  const built = driver.buildImage(fakeRecipe('cinema'))
  await clock.until(built)
  await clock.until(images.acquire(fakeRecipe('cinema'), never))
  expect(driver.calls.buildImage).toBe(1)
})

test('the image that was not used for longest is evicted when the disk budget is passed', async () => {
  const { clock, driver, acquire } = house({ imagesDiskBytesMax: 25 * mebibyte })
  for (const name of ['one', 'two']) {
    const { release } = await acquire(name)
    await clock.advance(1_000)
    release()
  }
  const again = await acquire('one')
  await clock.advance(1_000)
  again.release()
  const { release } = await acquire('three')
  await clock.advance(1_000)
  release()
  const left = [...driver.images.keys()]
  expect(left.sort()).toEqual([driver.imageHash(fakeRecipe('one')), driver.imageHash(fakeRecipe('three'))].sort())
})

test('an image in use is never evicted, however full the disk is', async () => {
  const { driver, acquire } = house({ imagesDiskBytesMax: mebibyte })
  await acquire('one')
  await acquire('two')
  await acquire('three')
  expect(driver.images.size).toBe(3)
})

test('an evicted image is built again when somebody asks', async () => {
  const { clock, driver, acquire } = house({ imagesDiskBytesMax: 12 * mebibyte })
  for (const name of ['one', 'two', 'one']) {
    const { release } = await acquire(name)
    release()
    await clock.advance(1_000)
  }
  expect(driver.calls.buildImage).toBe(3)
  expect(driver.images.size).toBe(1)
})

test('who asks for an image that is being evicted waits, and gets one that is there', async () => {
  const { clock, driver, images, acquire } = house({ imagesDiskBytesMax: 12 * mebibyte })
  const one = await acquire('one')
  one.release()
  const two = await acquire('two')
  two.release()
  const again = await clock.until(images.acquire(fakeRecipe('one'), never))
  expect(driver.images.has(again.image.hash)).toBe(true)
  await clock.advance(1_000)
  expect(driver.images.has(again.image.hash)).toBe(true)
})

test('who gives up waiting does not stop the build for the others', async () => {
  const { clock, driver, images } = house()
  const impatient = new AbortController()
  const first = images.acquire(fakeRecipe('cinema'), impatient.signal).catch((cause: unknown) => cause)
  const second = images.acquire(fakeRecipe('cinema'), never)
  impatient.abort(new Error('gave up'))
  expect(String(await first)).toContain('gave up')
  expect((await clock.until(second)).image.hash).toBe(driver.imageHash(fakeRecipe('cinema')))
})

test('a build that hangs is ended by its deadline, and another dataset is built meanwhile', async () => {
  const { clock, driver, images } = house({ imageBuildTimeoutMs: 30_000 })
  driver.hanging.add('buildImage')
  const hanging = images.acquire(fakeRecipe('cinema'), never).catch((cause: unknown) => cause)
  await clock.advance(100)
  driver.hanging.clear()
  await clock.until(images.acquire(fakeRecipe('library'), never))
  expect(await clock.until(hanging)).toMatchObject({ code: 'image_timeout' })
})
