/** Metrics of the program's own process: processor, memory, open files, and how long its main loop is held up. */
import { readdirSync } from 'node:fs'
import { Counter, Gauge } from 'prom-client'
import { registry } from './metrics.ts'

const registers = [registry]
const lagProbeMs = 100

/** The longest hold-up of the main loop since the last look. */
export const eventLoopLagSeconds = new Gauge({
  name: 'podium_event_loop_lag_seconds',
  help: 'Longest hold-up of the main loop since the last scrape',
  registers,
  collect() {
    this.set(worstLagSeconds)
    worstLagSeconds = 0
  },
})

let worstLagSeconds = 0

/** Starts measuring the main loop; the returned function ends it. Does not keep the program alive. */
export function watchEventLoop(): () => void {
  let due = performance.now() + lagProbeMs
  const timer = setInterval(() => {
    const now = performance.now()
    worstLagSeconds = Math.max(worstLagSeconds, (now - due) / 1000)
    due = now + lagProbeMs
  }, lagProbeMs)
  timer.unref()
  return () => clearInterval(timer)
}

new Gauge({
  name: 'podium_process_memory_bytes',
  help: 'Resident memory of the program, without its sandbox servers',
  registers,
  collect() {
    this.set(process.memoryUsage.rss())
  },
})

new Counter({
  name: 'podium_process_cpu_seconds_total',
  help: 'Processor time of the program',
  registers,
  collect() {
    const { user, system } = process.cpuUsage()
    this.reset()
    this.inc((user + system) / 1e6)
  },
})

new Gauge({
  name: 'podium_process_start_time_seconds',
  help: 'When the program started, in seconds since 1970',
  registers,
}).set(Math.floor(Date.now() / 1000 - process.uptime()))

new Gauge({
  name: 'podium_process_open_files',
  help: 'Open files and connections of the program',
  registers,
  collect() {
    this.set(countOpenFiles())
  },
})

function countOpenFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
