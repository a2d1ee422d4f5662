/**
 * What waits in a box: a fixed shell script, the box's first process. It gets the job as lines of data, never as text to
 * be run, unpacks the files inside the box, and runs the command as its child; with its end everything in the box ends.
 *
 * Only what is in every system is used: a POSIX shell and tar. Unpacking is begun before the job is known and waits for
 * its bytes, so that no program has to be loaded while somebody waits.
 */
import type { Job } from '../../execution.ts'
import type { ProcessLimits } from './limits.ts'

/** The letter that this shell has for the number of processes. */
const beginning = `
letter=p
(ulimit -u 100) 2>/dev/null && letter=u
bound() {
  ulimit -t "$1"
  ulimit -f "$2"
  ulimit -n "$3"
  ulimit -$letter "$4"
  [ "$5" = - ] || ulimit -v "$5"
}`

/**
 * Descriptors as in `boxDescriptors`. Bytes outside of what is harmless in a line come as `\0ooo`, which `printf %b`
 * turns back. The job's variables come last, for they become the shell's own: two names are not to be had. When the job's command has ended, everything else of it is ended before the workspace is packed. What is
 * said about that is not believed by anybody.
 */
const plainScript = `${beginning}
tar -x -i -f - -C /work <&6 >/dev/null 2>&1 3>&- 4<&- 5>&- 6<&- &
exec 7<&0 0<&4 4<&- 6<&- 8>&2 2>/dev/null
echo ready >&5
IFS= read -r archives || exit 0
IFS= read -r channel
[ "$channel" = 1 ] || exec 3>&-
read -r cpu file open processes address
read -r podium_left words
wait $! || { echo unpack >&5; exit 125; }
take() {
  IFS= read -r podium_line || exit 0
  case $podium_line in *\\\\*) podium_line=$(printf '%b_' "$podium_line") podium_line=\${podium_line%_} ;; esac
}
become() {
  set --
  while [ "$words" -gt 0 ]; do
    take
    set -- "$@" "$podium_line"
    words=$((words - 1))
  done
  bound "$cpu" "$file" "$open" "$processes" "$address"
  while [ "$podium_left" -gt 0 ]; do
    take
    export "$podium_line"
    podium_left=$((podium_left - 1))
  done
  exec "$@" 0<&7 7<&- 5>&- 2>&8 8>&-
}
( become )
code=$?
[ "$archives" = 1 ] || exit $code
kill -9 -1
echo "exit $code" >&5
tar -c -f - -C /work . >&5
exit $code`

/** Starts the warm program, which does the rest; its limits are the box's, for it is too late to inherit others. */
const warmScript = `${beginning}
bound "$1" "$2" "$3" "$4" "$5"
shift 5
"$@"
exit $?`

/** The command that a box is started with. */
export function starterCommand(warm: readonly string[] | null, limits: ProcessLimits): string[] {
  if (warm === null) return ['/bin/sh', '-c', plainScript, 'sh']
  return ['/bin/sh', '-c', warmScript, 'sh', ...limitWords(limits), ...warm]
}

/** The job as the script reads it: what is wanted, limits, how many lines follow, words, variables. */
export function starterLines({ archives, hasChannel, env, argv }: Job, limits: ProcessLimits): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const head = [
    archives ? 1 : 0,
    hasChannel ? 1 : 0,
    limitWords(limits).join(' '),
    `${variables.length} ${argv.length}`,
  ]
  return [...head, ...[...argv, ...variables].map(asLine)].map((line) => `${line}\n`).join('')
}

/** In the order and the units of the script: seconds, blocks of 512 bytes, numbers, kilobytes. */
function limitWords({ cpuSeconds, fileBytes, openFiles, processes, addressBytes }: ProcessLimits): string[] {
  const address = addressBytes === null ? '-' : String(Math.floor(addressBytes / 1024))
  return [String(cpuSeconds), String(Math.ceil(fileBytes / 512)), String(openFiles), String(processes), address]
}

/** Printable text without backslashes stays; every other byte is named in octal. */
function asLine(text: string): string {
  if (/^[ -[\]-~]*$/.test(text)) return text
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c
      return isPlain ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`
    })
    .join('')
}
