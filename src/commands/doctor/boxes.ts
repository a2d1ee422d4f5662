/** Items about isolation: bubblewrap, user namespaces, and the small tools that servers are started with. */
import { probeBox } from '../../pods/local/probe.ts'
import { identityFor } from '../../postgres/identity.ts'
import type { ServerFiles } from '../../postgres/server-files.ts'
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

/** Makes a real box, as the user that sandbox servers run as. `files` is null where the server does not unpack. */
export async function checkBubblewrap(files: ServerFiles | null, directory: string): Promise<Finding> {
  const item = 'bubblewrap'
  if (Bun.which('bwrap') === null) {
    const names = { debian: 'bubblewrap', fedora: 'bubblewrap', arch: 'bubblewrap' }
    return weaker(item, 'not installed', withoutBox, install(names))
  }
  if (files === null) return weaker(item, 'installed, not tried', 'See PostgreSQL.')
  const problem = await probeBox(identityFor('pod'), files.directory, directory)
  if (problem === null) return ok(item, 'a box was made')
  return weaker(item, `no box could be made: ${problem.split('\n')[0]}`, withoutBox, boxMends())
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
  const names = ['sh', 'cp', 'cat', 'nice', 'du', 'setpriv', 'prlimit', 'ipcrm']
  const absent = names.filter((name) => find(name) === null)
  if (absent.length === 0) return ok(item, names.join(', '))
  return missing(item, `${absent.join(', ')} not found`, 'Sandbox servers are started and cleared away with these.', [
    ...install({ debian: 'coreutils util-linux', fedora: 'coreutils util-linux', arch: 'coreutils util-linux' }),
  ])
}

const appArmorMend =
  "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'" +
  ' > /etc/apparmor.d/bwrap && systemctl reload apparmor'

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
