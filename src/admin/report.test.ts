import { expect, test } from 'bun:test'
import { redactedSettings } from '../config/redacted.ts'
import { readConfig } from '../config.ts'
import type { Health } from './health.ts'
import { reportOf } from './report.ts'

const secrets = {
  PODIUM_DATA: '/srv/ada-lovelace',
  DATABASE_URL: 'postgres://ada:enchantress@db.example.org:5432/podium',
  PODIUM_BASE_URL: 'https://podium.example.org',
  PODIUM_METRICS_TOKEN: 'a-token-of-more-than-16-letters',
  TRUSTED_PROXIES: '203.0.113.7',
  ALLOWED_ORIGINS: 'https://other.example.org',
  EXERCISES_DIR: '/srv/ada-lovelace/exercises',
}

const health: Health = {
  checkedAt: '2026-11-21T09:00:00.000Z',
  samplesEveryMs: 30_000,
  needs: [],
  ready: 3,
  inUse: 2,
  grading: 0,
  sandboxesMax: 10,
  running: 1,
  waiting: 0,
  hitRatio: 0.5,
  disk: { freeBytes: 3 * 1024 ** 3, totalBytes: 8 * 1024 ** 3 },
  parts: [{ name: 'Sandboxes in use', unit: 'count', values: [0, null, 2], now: 2, limit: 10 }],
  claims: [{ what: 'Claim of a ready sandbox', count: 4, p50Ms: 0.25, p95Ms: 1, p99Ms: 2 }],
  memoryBytes: 1,
  podDiskBytes: 1,
  images: { images: 1, bytes: 1024 ** 2, building: 0 },
  pods: [{ id: 'p1', state: 'ready', image: 'abc', seats: 1, capacity: 8 }],
}

test('a report tells versions, amounts and limits, and no address, path or secret', () => {
  const config = readConfig({ env: { ...secrets, PODIUM_SANDBOXES: '77' }, flags: {} })
  const about = {
    machine: { cores: 2, memoryBytes: 4 * 1024 ** 3 },
    settings: redactedSettings(config),
    limits: { memoryBytes: 1, runsAtOnceMax: 4, diskReserveBytes: 1 },
  }
  const report = reportOf(health, { serverVersion: '18.4', isBoxed: true, about })
  for (const value of Object.values(secrets)) expect(report).not.toContain(value)
  expect(report).not.toMatch(/ada|example|203\.0/)
  expect(report).toContain('DATABASE_URL is set')
  expect(report).toContain('PODIUM_SANDBOXES=77')
  expect(report).toContain('disk 3072 MB free of 8192 MB')
  expect(report).toContain('Sandboxes in use: 0 to 2')
  expect(report).toContain('Claim of a ready sandbox: 4 times, p50 0.3 ms')
})
