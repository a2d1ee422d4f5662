/** How much a directory takes on disk, and when it is there. */

const env = { PATH: '/usr/bin:/bin' }

/** Bytes allocated below a directory; 0 where it is gone. Counted by `du`, so that Podium's own loop stays free. */
export async function directoryBytes(path: string): Promise<number> {
  const du = Bun.spawn(['nice', '-n', '10', 'du', '-sk', path], {
    stdout: 'pipe',
    stderr: 'ignore',
    env,
  })
  const text = await new Response(du.stdout).text()
  await du.exited
  return Number(/^\d+/.exec(text)?.[0] ?? 0) * 1024
}

/** Waits until all that was written to the directory's file system is on the disk; false where that can't be known. */
export async function reachesDisk(path: string): Promise<boolean> {
  const sync = Bun.spawn(['nice', '-n', '10', 'sync', '-f', path], { stdout: 'ignore', stderr: 'ignore', env })
  sync.unref()
  return (await sync.exited) === 0
}
