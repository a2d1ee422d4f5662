/** Items about isolation: bubblewrap, user namespaces, and the small tools that servers are started with. */
import { identityFor, spawnAs } from '../../postgres/identity.ts'
import { type Finding, install, mend, missing, ok, readText, weaker } from './finding.ts'

const withoutBox =
  'Sandbox servers run as plain processes under limits: exercises with a server of one’s own are off, and a learner ' +
  'is held back by PostgreSQL’s own rights alone.'

/** What decides whether an ordinary user may make user namespaces. Each is null where the kernel has no such switch. */
export interface NamespaceSwitches {
  /** Ubuntu from 23.10 on. */
  appArmorRestricts: string | null
  /** Debian's older kernels. */
  unprivilegedClone: string | null
  /** 0 switches them off. */
  userNamespacesMax: string | null
}

/** Runs a real box, as the user that sandbox servers run as. */
export async function checkBubblewrap(): Promise<Finding> {
  const item = 'bubblewrap'
  const version = await tryRun(['bwrap', '--version'])
  if (version === null) {
    const names = { debian: 'bubblewrap', fedora: 'bubblewrap', arch: 'bubblewrap' }
    return weaker(item, 'not installed', withoutBox, install(names))
  }
  const probe = await tryRun(boxProbe)
  const name = version.stdout.trim()
  if (probe?.code === 0) return ok(item, `${name}, a box was made`)
  const reason = probe?.stderr.trim().split('\n')[0] ?? 'it could not be started'
  return weaker(item, `${name}, but no box could be made: ${reason}`, withoutBox, boxMends())
}

/** Whether the kernel lets an ordinary user make a user namespace, and what to do where it does not. */
export function checkUserNamespaces(switches = readSwitches(), isInContainer = looksLikeContainer()): Finding {
  const item = 'user namespaces'
  if (switches.userNamespacesMax === '0') {
    return weaker(item, 'switched off (user.max_user_namespaces = 0)', withoutBox, [
      mend('echo user.max_user_namespaces=15000 > /etc/sysctl.d/60-podium.conf && sysctl --system'),
    ])
  }
  if (switches.unprivilegedClone === '0') {
    return weaker(item, 'only for root (kernel.unprivileged_userns_clone = 0)', withoutBox, [
      mend('echo kernel.unprivileged_userns_clone=1 > /etc/sysctl.d/60-podium.conf && sysctl --system'),
    ])
  }
  if (switches.appArmorRestricts === '1') {
    // A profile for bubblewrap may exist already: whether a box can be made is for the bubblewrap item to say.
    return ok(item, 'restricted by AppArmor; bubblewrap needs a profile (see bubblewrap)')
  }
  return ok(item, isInContainer ? 'allowed by the kernel; a container may still refuse them' : 'allowed')
}

/** What lets bubblewrap make boxes where it is installed and the kernel refuses. */
export function boxMends(switches = readSwitches(), isInContainer = looksLikeContainer()) {
  if (switches.appArmorRestricts === '1') return [mend(appArmorMend)]
  if (isInContainer) {
    return [mend('run the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined')]
  }
  return [mend('see user namespaces below')]
}

/** Programs that every system has, but a bare container image may not. */
export function checkTools(find: (name: string) => string | null = Bun.which): Finding {
  const item = 'tools'
  const names = ['sh', 'cp', 'cat', 'nice', 'setpriv']
  const absent = names.filter((name) => find(name) === null)
  if (absent.length === 0) return ok(item, names.join(', '))
  return missing(item, `${absent.join(', ')} not found`, 'Sandbox servers are started with these.', [
    ...install({ debian: 'coreutils util-linux', fedora: 'coreutils util-linux', arch: 'coreutils util-linux' }),
  ])
}

const appArmorMend =
  "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'" +
  ' > /etc/apparmor.d/bwrap && systemctl reload apparmor'

const boxProbe = [
  'bwrap',
  ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
  ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--ro-bind', '/', '/'],
  ...['--size', '1048576', '--tmpfs', '/tmp', '--dev', '/dev', '--', '/bin/sh', '-c', ':'],
]

async function tryRun(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string } | null> {
  if (Bun.which(argv[0] ?? '') === null) return null
  try {
    const child = spawnAs(identityFor('pod'), argv, { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    const [stdout, stderr, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ])
    clearTimeout(timer)
    return { code, stdout, stderr }
  } catch {
    return null
  }
}

function readSwitches(): NamespaceSwitches {
  const read = (name: string) => readText(`/proc/sys/${name}`)?.trim() ?? null
  return {
    appArmorRestricts: read('kernel/apparmor_restrict_unprivileged_userns'),
    unprivilegedClone: read('kernel/unprivileged_userns_clone'),
    userNamespacesMax: read('user/max_user_namespaces'),
  }
}

function looksLikeContainer(): boolean {
  return readText('/.dockerenv') !== null || readText('/run/.containerenv') !== null
}
