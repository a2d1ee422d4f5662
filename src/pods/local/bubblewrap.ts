/** What servers' boxes and programs' boxes have in common. */

let disables: boolean | null = null

/** The arguments by which a box has an own part of all that the kernel divides, and can't divide anything further. */
export function namespaceArguments(): string[] {
  // `--disable-userns` exists from bubblewrap 0.8 on; the filter refuses new namespaces anyway.
  disables ??= Bun.spawnSync(['bwrap', '--help']).stdout.includes('--disable-userns')
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(disables ? ['--disable-userns'] : []),
  ]
}
