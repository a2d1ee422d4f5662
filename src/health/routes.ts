/** Whether Podium lives, whether it can serve, and what it measures. */
import { timingSafeEqual } from 'node:crypto'
import { Elysia, t } from 'elysia'
import { Failure } from '../failure.ts'
import { requestFacts } from '../http/edge.ts'
import type { DatabasePool } from '../sandboxes/create-pool.ts'
import type { DiskRoom } from '../sandboxes/disk-room.ts'
import type { Sql } from '../store/connect.ts'
import { podCpuSeconds, podDiskBytes, podIoBytes, podMemoryBytes, pods, registry } from '../telemetry/metrics.ts'

/** What health looks at. */
export interface HealthParts {
  sql: Sql
  pool: DatabasePool
  room: DiskRoom
  metricsToken: string | null
  /** Whether people reach this site by an address of its own: a proxy on this machine then speaks for all of them. */
  isBehindAddress: boolean
}

/** A control plane that does not answer in this time is as good as gone. */
const databaseTimeoutMs = 2_000

/** Routes of /health, /health/ready and /metrics. */
export function healthRoutes({ sql, pool, room, metricsToken, isBehindAddress }: HealthParts) {
  let cpuMs = 0
  return new Elysia()
    .get('/health', () => ({ status: 'ok' }), {
      response: { 200: t.Object({ status: t.String({ description: '`ok`' }) }) },
      detail: {
        summary: 'Whether the program lives',
        description: 'It asks nothing of its parts: a probe that fails means a restart.',
        security: [],
      },
    })
    .get(
      '/health/ready',
      async () => {
        const late = Bun.sleep(databaseTimeoutMs).then(() => false)
        const isReady = await Promise.race([
          sql`select 1`.then(
            () => true,
            () => false,
          ),
          late,
        ])
        if (!isReady) throw new Failure('unavailable', 'The control plane does not answer.', { code: 'database' })
        // It still serves where the disk is low: whoever writes must go on reaching it.
        const { isLow } = await room.status()
        return { status: 'ready', disk: isLow ? 'low' : 'ok' }
      },
      {
        response: {
          200: t.Object({
            status: t.String({ description: '`ready`' }),
            disk: t.String({ description: '`ok`, or `low`: runs and checks are refused, drafts are still saved' }),
          }),
        },
        detail: { summary: 'Whether Podium can serve: its control plane answers within 2 seconds', security: [] },
      },
    )
    .get(
      '/metrics',
      async ({ request }) => {
        if (!mayRead(request, { metricsToken, isBehindAddress })) {
          throw new Failure(
            'forbidden',
            'Metrics are shown on this machine only, or with the token of PODIUM_METRICS_TOKEN.',
          )
        }
        const [usage] = await Promise.all([pool.usage(), room.status()])
        podMemoryBytes.set(usage.memoryBytes)
        podDiskBytes.set(usage.diskBytes)
        podIoBytes.set(usage.ioBytes)
        // Pods come and go: what the ones that ended had used is not counted again.
        podCpuSeconds.inc(Math.max(0, usage.cpuMs - cpuMs) / 1000)
        cpuMs = usage.cpuMs
        pods.set(pool.status().pods.length)
        return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } })
      },
      {
        detail: {
          summary: "What Podium measures about itself, in Prometheus' text format",
          description: 'For this machine only, or with the token of PODIUM_METRICS_TOKEN as `authorization: Bearer …`.',
          security: [],
          responses: {
            200: { description: 'Lines of text', content: { 'text/plain': { schema: { type: 'string' } } } },
          },
        },
      },
    )
}

function mayRead(
  request: Request,
  { metricsToken: token, isBehindAddress }: Pick<HealthParts, 'metricsToken' | 'isBehindAddress'>,
): boolean {
  if (token === null && isBehindAddress) return false
  if (token !== null) {
    const given = Buffer.from(request.headers.get('authorization') ?? '')
    const expected = Buffer.from(`Bearer ${token}`)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
  const { address } = requestFacts(request)
  // A forwarded request is not from this machine even where the proxy is.
  return (address === '127.0.0.1' || address === '::1') && !request.headers.has('x-forwarded-for')
}
