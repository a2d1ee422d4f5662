/** Errors that nobody waits for: told, so that they can be mended, and not the end of everybody's work. */
import type { Log } from '../../telemetry/log.ts'

/** A failed promise or a callback that throws is written to the log, and the program goes on. */
export function outliveStrays(log: Log): void {
  process.on('unhandledRejection', (error) => log.error('something failed that nobody waited for', { error }))
  process.on('uncaughtException', (error) => log.error('something was thrown where nobody catches', { error }))
}
