/**
 * What the proofs need beside the project itself: bubblewrap for boxes, Python and pytest for programs in them, Chromium
 * for journeys, git for the map.
 */
import { readSystem } from '../commands/doctor/finding.ts'

/** A program that tests start, by the names it goes under, and the package that holds it. */
interface Requirement {
  programs: readonly string[]
  package: string
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome']

const requirements: readonly Requirement[] = [
  { programs: ['bwrap'], package: 'bubblewrap' },
  { programs: browsers, package: 'chromium' },
  { programs: ['setpriv'], package: 'util-linux' },
  { programs: ['git'], package: 'git' },
  // Only the system's own: boxes show nothing of /usr/local or of somebody's home folder by themselves.
  { programs: ['/usr/bin/python3'], package: 'python3' },
  { programs: ['/usr/bin/pytest-3', '/usr/bin/pytest'], package: 'python3-pytest' },
]

const installers = { debian: 'apt-get install -y', fedora: 'dnf install -y', arch: 'pacman -S --noconfirm' } as const

/** The browser of the journeys: the one that `CHROMIUM` names, else one that is installed. */
export function browserPath(): string {
  return process.env.CHROMIUM ?? browsers.map((name) => Bun.which(name)).find((path) => path !== null) ?? 'chromium'
}

/** The packages that are not here. */
export function missingPackages(find: (program: string) => string | null = Bun.which): string[] {
  return requirements.filter(({ programs }) => programs.every((name) => find(name) === null)).map((one) => one.package)
}

/** The one command that installs packages on this system. */
export function installCommand(packages: readonly string[], family = readSystem().family): string {
  return `${installers[family ?? 'debian']} ${packages.join(' ')}`
}

/**
 * Installs what is missing where that can be done without asking: as root with apt-get. Returns what is still missing.
 */
export async function installRequirements(say: (line: string) => void): Promise<string[]> {
  const packages = missingPackages()
  if (packages.length === 0) return []
  if (process.getuid?.() !== 0 || Bun.which('apt-get') === null) return packages
  say(`Installing ${packages.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const argv of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    await Bun.spawn(argv, { env, stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' }).exited
  }
  return missingPackages()
}
