/**
 * Waits, in a Node that is started as `node --require wait.cjs main.js` before there is a main.js, for the job of its box.
 * Node looks for the program only after this, so what comes afterwards is what always comes. What is told, and on which
 * descriptors, is written in `src/pods/local/execution/warm.ts`.
 */
'use strict'

forget()
// Threads of the program load this again, and there is nothing to wait for.
if (require('node:worker_threads').isMainThread) wait()

/** Leaves everything as it is in a Node that never heard of this. */
function forget() {
  const at = process.execArgv.indexOf(__filename)
  if (at > 0) process.execArgv.splice(at - 1, 2)
  delete require.cache[__filename]
}

function wait() {
  const fs = require('node:fs')
  const path = require('node:path')
  const descriptors = { channel: 3, job: 4, report: 5 }

  const read = (count) => {
    const bytes = Buffer.alloc(count)
    for (let at = 0; at < count; ) {
      const got = fs.readSync(descriptors.job, bytes, at, count - at, null)
      // Nobody needs this interpreter any more.
      if (got === 0) process.reallyExit(0)
      at += got
    }
    return bytes
  }

  const writeFile = (body) => {
    const length = body.readUInt16BE(0)
    const name = body.toString('utf8', 2, 2 + length)
    fs.mkdirSync(path.dirname(name), { recursive: true })
    fs.writeFileSync(name, body.subarray(3 + length), { mode: body[2 + length] === 1 ? 0o755 : 0o644 })
  }

  /** What this Node can't become, it starts, and ends as that does. */
  const stand = ({ argv, hasChannel }) => {
    const { spawnSync } = require('node:child_process')
    const stdio = [0, 1, 2, hasChannel ? descriptors.channel : 'ignore']
    const { status, signal, error } = spawnSync(argv[0], argv.slice(1), { stdio })
    if (error !== undefined) {
      fs.writeSync(2, `${argv[0]}: ${error.code}\n`)
      process.reallyExit(error.code === 'EACCES' ? 126 : 127)
    }
    if (signal !== null) process.kill(process.pid, signal)
    process.reallyExit(status ?? 1)
  }

  // What nearly every program uses, and Node would else make only then.
  void process.stdout
  void process.stderr
  fs.writeSync(descriptors.report, 'ready\n')
  let job = { argv: [], env: {}, hasChannel: false }
  for (;;) {
    const header = read(5)
    const body = read(header.readUInt32BE(1))
    const letter = String.fromCharCode(header[0])
    if (letter === 'J') job = JSON.parse(body.toString('utf8'))
    else if (letter === 'F') writeFile(body)
    else if (letter === 'E') break
  }
  fs.closeSync(descriptors.job)
  fs.closeSync(descriptors.report)
  Object.assign(process.env, job.env)
  const isOurs = job.argv[0] === process.execPath && path.resolve(job.argv[1] ?? '') === process.argv[1]
  // Node reads these before anything else.
  const isLate = Object.keys(job.env).some((name) => name.startsWith('NODE_'))
  if (!isOurs || isLate) stand(job)
  if (!job.hasChannel) {
    try {
      fs.closeSync(descriptors.channel)
    } catch {
      // There is none.
    }
  }
  process.argv.push(...job.argv.slice(2))
}
