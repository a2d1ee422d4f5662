/** What Podium measures about itself, by name. `GET /metrics` shows it in the format of Prometheus. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** All metrics of this program. */
export const registry = new Registry()

const registers = [registry]
/** Half a millisecond to half a minute: claims, clones and rows lie at its lower end, runs at its upper. */
const secondsBuckets = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.125, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60]

/** Time to answer a request. `route` is the pattern, never the path, so that the number of series stays small. */
export const httpRequestSeconds = new Histogram({
  name: 'podium_http_request_seconds',
  help: 'Time to answer a request, by method, route pattern and status',
  labelNames: ['method', 'route', 'status'],
  buckets: secondsBuckets,
  registers,
})

/** Time of a whole run, by how it ended (`RunEnd`). */
export const runSeconds = new Histogram({
  name: 'podium_run_seconds',
  help: 'Time of a run in its sandbox, by how it ended',
  labelNames: ['end'],
  buckets: secondsBuckets,
  registers,
})

/** From asking for a sandbox to the first row of the first run in it. */
export const firstRowSeconds = new Histogram({
  name: 'podium_first_row_seconds',
  help: 'Time from asking for a sandbox to the first row out of it',
  buckets: secondsBuckets,
  registers,
})

/** Troubles of Podium itself and refusals, by class: a failure's code, or `bug`. */
export const errors = new Counter({
  name: 'podium_errors_total',
  help: 'Failures by class: the code of a refusal, or bug',
  labelNames: ['class'],
  registers,
})

/** Sandboxes waiting to be handed out. */
export const sandboxesReady = new Gauge({
  name: 'podium_sandboxes_ready',
  help: 'Sandboxes ready to be handed out, by kind',
  labelNames: ['kind'],
  registers,
})

/** Sandboxes somebody holds. */
export const sandboxesInUse = new Gauge({
  name: 'podium_sandboxes_in_use',
  help: 'Sandboxes held by somebody, by kind',
  labelNames: ['kind'],
  registers,
})

/** Claims that found a ready sandbox (`hit`) or had to wait for a clone (`miss`). */
export const sandboxClaims = new Counter({
  name: 'podium_sandbox_claims_total',
  help: 'Claims of a sandbox, by kind and by whether one was ready',
  labelNames: ['kind', 'result'],
  registers,
})

/** Time to get hold of a sandbox. */
export const sandboxClaimSeconds = new Histogram({
  name: 'podium_sandbox_claim_seconds',
  help: 'Time to get hold of a sandbox, by kind and by whether one was ready',
  labelNames: ['kind', 'result'],
  buckets: secondsBuckets,
  registers,
})

/** Time to clone a sandbox from its template. */
export const sandboxCloneSeconds = new Histogram({
  name: 'podium_sandbox_clone_seconds',
  help: 'Time to clone a sandbox from its template',
  buckets: secondsBuckets,
  registers,
})

/** Live pods. */
export const pods = new Gauge({ name: 'podium_pods', help: 'Live sandbox servers', registers })

/** What all pods together use; collected when asked. */
export const podMemoryBytes = new Gauge({
  name: 'podium_pod_memory_bytes',
  help: 'Memory of all sandbox servers',
  registers,
})
export const podDiskBytes = new Gauge({
  name: 'podium_pod_disk_bytes',
  help: 'Disk of all sandbox servers',
  registers,
})
export const podCpuSeconds = new Counter({
  name: 'podium_pod_cpu_seconds_total',
  help: 'Processor time of sandbox servers',
  registers,
})

/** What processes of pods that live now have read and written; falls when one of them ends. */
export const podIoBytes = new Gauge({
  name: 'podium_pod_io_bytes',
  help: 'Bytes that living processes of sandbox servers have read and written',
  registers,
})

/** Room on the data directory's disk, and whether it is so little that runs are refused. */
export const diskFreeBytes = new Gauge({
  name: 'podium_disk_free_bytes',
  help: 'Bytes free where the data directory is',
  registers,
})
export const diskLow = new Gauge({
  name: 'podium_disk_low',
  help: '1 while less than the reserve is free: runs and checks are refused, drafts are still saved',
  registers,
})

/** Disk taken by images. */
export const imageCacheBytes = new Gauge({
  name: 'podium_image_cache_bytes',
  help: 'Disk taken by prepared datasets',
  registers,
})

/** Images removed to stay within the disk budget. */
export const imageEvictions = new Counter({
  name: 'podium_image_evictions_total',
  help: 'Prepared datasets removed to stay within the disk budget',
  registers,
})
