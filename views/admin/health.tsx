/** How Podium is: one sentence, four figures, an hour's line of each part, pods, and a report to copy. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { PageProps } from '../layout.tsx'
import { Say } from '../parts/say.tsx'
import { Spark } from '../parts/spark.tsx'
import { bytes, count, counted, duration, Time } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** A measure over the last hour. */
export interface PartRow {
  name: string
  unit: 'count' | 'time' | 'bytes'
  /** The oldest first; null where nothing was measured. Times in ms. */
  values: readonly (number | null)[]
  now: number | null
  limit: number | null
}

/** What the page shows. */
export interface HealthProps {
  page: PageProps
  /** When everything was looked at, ISO 8601. */
  checkedAt: string
  samplesEveryMs: number
  /** What somebody should look at, a sentence each. */
  needs: readonly string[]
  ready: number
  inUse: number
  grading: number
  sandboxesMax: number
  running: number
  waiting: number
  /** From 0 to 1; null before the first claim. */
  hitRatio: number | null
  /** The disk of the data directory; null where the system does not say. */
  disk: { freeBytes: number; totalBytes: number } | null
  parts: readonly PartRow[]
  claims: readonly { what: string; count: number; p50Ms: number; p95Ms: number; p99Ms: number }[]
  memoryBytes: number
  podDiskBytes: number
  images: { images: number; bytes: number; building: number }
  pods: readonly { id: string; state: string; image: string; seats: number; capacity: number }[]
  /** Plain text for a bug report. */
  report: string
}

/** The figures are read again so often, in seconds, while the page is in view and nobody has switched it off. */
const refreshSeconds = 15

/** A refresh that fails leaves what is there. */
const refresh = {
  'hx-get': '/admin',
  'hx-trigger': 'refresh',
  'hx-select': '#figures',
  'hx-swap': 'outerHTML',
  'hx-status:4xx': 'swap:none',
  'hx-status:5xx': 'swap:none',
}

/** The whole page. */
export function HealthPage(props: HealthProps): SafeHtml {
  return (
    <AdminFrame page={props.page} place="/admin" title="Health" later={['v-pass', 'v-warn']}>
      <div class="row apart">
        <label class="tick scripted">
          <input type="checkbox" data-refresh-switch />
          Read again every {refreshSeconds} seconds
        </label>
        <a href="/admin">Read again now</a>
      </div>
      <div class="wide">
        <Figures {...props} />
        <Report report={props.report} />
      </div>
    </AdminFrame>
  )
}

function Figures(props: HealthProps): SafeHtml {
  return (
    <div id="figures" class="wide" data-refresh-seconds={String(refreshSeconds)} {...refresh}>
      <Summary {...props} />
      <Tiles {...props} />
      <div class="cols">
        <div class="wide">
          <Parts {...props} />
          <Latencies {...props} />
        </div>
        <aside class="stack" aria-labelledby="pods">
          <Pods {...props} />
        </aside>
      </div>
    </div>
  )
}

function Summary({ needs, checkedAt }: HealthProps): SafeHtml {
  const at = (
    <>
      Checked <Time at={checkedAt} as="clock" />
    </>
  )
  if (needs.length === 0) {
    return <Say isQuiet look={{ hue: 'pass', shape: 'pass' }} title="Podium is working." help={at} />
  }
  const title = `Podium is working. ${counted(needs.length, 'thing needs', 'things need')} you.`
  return (
    <Say
      isQuiet
      look={{ hue: 'slow', shape: 'warn' }}
      title={title}
      help={
        <>
          {needs.join(' ')} {at}
        </>
      }
    />
  )
}

function Tiles(props: HealthProps): SafeHtml {
  const { inUse, ready, grading, sandboxesMax, running, waiting, hitRatio, disk } = props
  return (
    <div class="tiles">
      <div>
        Sandboxes in use <b>{count(inUse)}</b>
        <span class="faint">
          {count(ready)} ready, {count(grading)} grading, {count(sandboxesMax)} at most
        </span>
      </div>
      <div>
        Statements running <b>{count(running)}</b>
        <span class="faint">{count(waiting)} waiting</span>
      </div>
      <div>
        Claims from memory <b>{hitRatio === null ? '–' : `${Math.round(hitRatio * 100)} %`}</b>
        <span class="faint">of all claims since the start</span>
      </div>
      <div>
        Disk free <b>{disk === null ? '–' : bytes(disk.freeBytes)}</b>
        <span class="faint">
          {disk === null ? 'The system does not say.' : `of ${bytes(disk.totalBytes)} for the data`}
        </span>
      </div>
    </div>
  )
}

function Parts({ parts, samplesEveryMs }: HealthProps): SafeHtml {
  return (
    <section class="stack">
      <h2>Last hour</h2>
      <p class="muted">A look every {Math.round(samplesEveryMs / 1000)} seconds, kept in memory since the start.</p>
      <Listing label="Last hour" head={['Part', 'Last hour', 'Lowest to highest', 'Now', 'Limit']} numbersFrom={2}>
        {parts.map((part) => (
          <Part {...part} />
        ))}
      </Listing>
    </section>
  )
}

function Part({ name, unit, values, now, limit }: PartRow): SafeHtml {
  const show = (value: number) => (unit === 'time' ? duration(value) : unit === 'bytes' ? bytes(value) : count(value))
  const known = values.filter((value) => value !== null)
  return (
    <tr>
      <td>{name}</td>
      <td>
        <Spark values={values} highest={unit === 'count' ? 1 : null} />
      </td>
      <td class="n range">{rangeOf(known.map(show), known)}</td>
      <td class="n">{now === null ? '–' : show(now)}</td>
      <td class="n">{limit === null ? '–' : show(limit)}</td>
    </tr>
  )
}

/** From the lowest to the highest, once where they read the same. */
function rangeOf(shown: readonly string[], values: readonly number[]): string {
  const lowest = shown[values.indexOf(Math.min(...values))]
  const highest = shown[values.indexOf(Math.max(...values))]
  if (lowest === undefined || highest === undefined) return '–'
  return lowest === highest ? lowest : `${lowest} to ${highest}`
}

function Latencies({ claims }: HealthProps): SafeHtml {
  return (
    <section class="stack">
      <h2>Latencies</h2>
      <Listing label="Latencies" head={['Step', 'Times', 'p50', 'p95', 'p99']} numbersFrom={1}>
        {claims.map((claim) => (
          <tr>
            <td>{claim.what}</td>
            <td class="n">{count(claim.count)}</td>
            <td class="n">{claim.count === 0 ? '–' : duration(claim.p50Ms)}</td>
            <td class="n">{claim.count === 0 ? '–' : duration(claim.p95Ms)}</td>
            <td class="n">{claim.count === 0 ? '–' : duration(claim.p99Ms)}</td>
          </tr>
        ))}
      </Listing>
    </section>
  )
}

function Pods({ pods, images, memoryBytes, podDiskBytes }: HealthProps): SafeHtml {
  return (
    <>
      <h2 id="pods">Pods</h2>
      <p class="muted">
        {counted(pods.length, 'pod')} with {bytes(memoryBytes)} of memory and {bytes(podDiskBytes)} of disk or tmpfs.{' '}
        {counted(images.images, 'image')} of {bytes(images.bytes)}, {count(images.building)} being built.
      </p>
      <ul class="list">
        {pods.map((pod) => (
          <li class="stack half">
            <div class="row apart tight">
              <code>{pod.id}</code>
              <span class="faint">{pod.state}</span>
            </div>
            <progress value={pod.seats} max={Math.max(1, pod.capacity)} aria-label={`Sandboxes in ${pod.id}`} />
            <p class="faint">
              {pod.seats} of {pod.capacity} sandboxes, image <code>{pod.image}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function Report({ report }: { report: string }): SafeHtml {
  return (
    <section class="stack" aria-labelledby="report">
      <h2 id="report">Report</h2>
      <p class="muted">
        For whoever mends a bug: versions, amounts and limits. It holds no name, address, path or secret.{' '}
        <a href="/admin/report">As plain text</a>
      </p>
      <div class="field">
        <textarea class="mono report" rows={8} readonly aria-labelledby="report" id="report-text">
          {report}
        </textarea>
      </div>
      <button class="btn" type="button" data-copy-from="report-text" hidden>
        Copy the report
      </button>
    </section>
  )
}
