import { expect, test } from 'bun:test'
import { readConfig } from '../config.ts'
import { codeMemoryBudget, configuredLimits, limitsWithin } from './execution-limits.ts'

const megabyte = 1024 ** 2
const machine = { memoryBytes: 8192 * megabyte, cores: 2, userId: 1000, dataDir: '/tmp/podium' }
const config = (flags: Record<string, string> = {}) => readConfig({ env: {}, flags, machine })
const defaults = configuredLimits(config())

test('an exercise has the last word on limits, then its language, then the settings', () => {
  const limits = limitsWithin(defaults, { memoryBytesMax: 1, processesMax: 2 }, { memoryBytesMax: 3 })
  expect(limits).toEqual({ ...defaults, memoryBytesMax: 3, processesMax: 2 })
})

test('who allows more time allows the processor as much', () => {
  expect(limitsWithin(defaults, { wallMs: 30_000 })).toMatchObject({ wallMs: 30_000, cpuMs: 30_000 })
  expect(limitsWithin(defaults, { wallMs: 30_000, cpuMs: 500 })).toMatchObject({ wallMs: 30_000, cpuMs: 500 })
  expect(limitsWithin(defaults, { wallMs: 1_000 })).toMatchObject({ wallMs: 1_000, cpuMs: defaults.cpuMs })
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%p is no limit', (value) => {
  expect(() => limitsWithin(defaults, { wallMs: value })).toThrow('it must be positive')
})

test.each([
  ['code-timeout', '0s'],
  ['code-cpu', '-1s'],
  ['code-memory', '0MB'],
  ['code-processes', '0'],
  ['code-open-files', 'NaN'],
  ['code-file-size', 'unlimited'],
  ['code-disk', '-64MB'],
  ['code-files', '1e99'],
  ['code-output', '0KB'],
  ['ready-boxes', '0'],
])('the setting --%s refuses %s', (flag, value) => {
  expect(() => config({ [flag]: value })).toThrow(`--${flag} is`)
})

test('programs get a part of the memory for sandboxes, never all of it', () => {
  expect(codeMemoryBudget(config())).toBe(1024 * megabyte)
  expect(codeMemoryBudget(config({ 'memory-budget': '1GB' }))).toBe(512 * megabyte)
  expect(codeMemoryBudget(config({ 'memory-budget': '512MB', 'code-memory': '2GB' }))).toBe(256 * megabyte)
})
