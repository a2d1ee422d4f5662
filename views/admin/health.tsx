/** How Podium is: one sentence, four figures, pods and pools, what needs somebody. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { PageProps } from '../layout.tsx'
import { Say } from '../parts/say.tsx'
import { count, counted, duration } from '../parts/text.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** What the page shows. */
export interface HealthProps {
  page: PageProps
  isBoxed: boolean
  ready: number
  inUse: number
  grading: number
  sandboxesMax: number
  running: number
  waiting: number
  /** From 0 to 1; null before the first claim. */
  hitRatio: number | null
  claims: readonly { what: string; count: number; p50Ms: number; p95Ms: number; p99Ms: number }[]
  memoryBytes: number
  diskBytes: number
  images: { images: number; bytes: number; building: number }
  pods: readonly { id: string; state: string; image: string; seats: number; capacity: number }[]
  catalogueProblems: number
}

const megabytes = (bytes: number) => `${count(Math.round(bytes / 1024 / 1024))} MB`

/** The whole page. */
export function HealthPage(props: HealthProps): SafeHtml {
  const { page, ready, inUse, grading, sandboxesMax, running, waiting, hitRatio, claims, pods, images } = props
  return (
    <AdminFrame page={page} place="/admin" title="Health">
      <Summary {...props} />
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
          Memory of pods <b>{megabytes(props.memoryBytes)}</b>
          <span class="faint">{megabytes(props.diskBytes)} of disk or tmpfs</span>
        </div>
      </div>
      <h2>Latencies</h2>
      <Listing label="Latencies" head={['Step', 'Times', 'p50', 'p95', 'p99']} numbersFrom={1}>
        {claims.map((claim) => (
          <tr>
            <td>{claim.what}</td>
            <td class="n">{count(claim.count)}</td>
            <td class="n">{duration(claim.p50Ms)}</td>
            <td class="n">{duration(claim.p95Ms)}</td>
            <td class="n">{duration(claim.p99Ms)}</td>
          </tr>
        ))}
      </Listing>
      <h2>Pods</h2>
      <p class="muted">
        {counted(pods.length, 'pod')}; {counted(images.images, 'image')} of {megabytes(images.bytes)},{' '}
        {count(images.building)} being built.
      </p>
      <Listing label="Pods" head={['Pod', 'State', 'Image', 'Sandboxes']} numbersFrom={3}>
        {pods.map((pod) => (
          <tr>
            <td>
              <code>{pod.id}</code>
            </td>
            <td>{pod.state}</td>
            <td>
              <code>{pod.image}</code>
            </td>
            <td class="n">
              {pod.seats} of {pod.capacity}
            </td>
          </tr>
        ))}
      </Listing>
    </AdminFrame>
  )
}

function Summary({ isBoxed, catalogueProblems, waiting }: HealthProps): SafeHtml {
  const needs = [
    isBoxed ? null : 'Sandboxes are not boxed: podium doctor tells the mend.',
    catalogueProblems === 0 ? null : `The catalogue has ${counted(catalogueProblems, 'problem')}.`,
    waiting < 20 ? null : `${counted(waiting, 'statement')} wait for their turn.`,
  ].filter((sentence) => sentence !== null)
  if (needs.length === 0) return <Say look={{ hue: 'pass', shape: 'pass' }} title="Podium is working." />
  const title = `Podium is working. ${counted(needs.length, 'thing needs', 'things need')} you.`
  return <Say look={{ hue: 'slow', shape: 'warn' }} title={title} help={needs.join(' ')} />
}
