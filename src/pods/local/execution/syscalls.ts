/**
 * What a program in a box may not ask of the kernel, by number. Names and numbers are the kernel's own; null: the
 * architecture does not have it. The rest of the kernel's calls is allowed: programs are many, and what these do not
 * reach is bounded by namespaces, limits and the lack of every capability.
 */

/** Architectures that boxes run on. */
export type Architecture = 'x64' | 'arm64'

/** `[name, number on x86-64, number on arm64]`. From 424 on the numbers are the same everywhere. */
type Call = readonly [name: string, x64: number | null, arm64: number | null]

/** Refused with EPERM. */
export const deniedCalls: readonly Call[] = [
  // File systems and roots.
  ['mount', 165, 40],
  ['umount2', 166, 39],
  ['pivot_root', 155, 41],
  ['chroot', 161, 51],
  ['open_tree', 428, 428],
  ['move_mount', 429, 429],
  ['fsopen', 430, 430],
  ['fsconfig', 431, 431],
  ['fsmount', 432, 432],
  ['fspick', 433, 433],
  ['mount_setattr', 442, 442],
  ['quotactl', 179, 60],
  ['quotactl_fd', 443, 443],
  ['swapon', 167, 224],
  ['swapoff', 168, 225],
  ['name_to_handle_at', 303, 264],
  ['open_by_handle_at', 304, 265],
  ['fanotify_init', 300, 262],
  // Namespaces. `clone` is looked at by its flags, `clone3` is answered as if it were not there.
  ['unshare', 272, 97],
  ['setns', 308, 268],
  // Other processes.
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  ['process_madvise', 440, 440],
  ['pidfd_getfd', 438, 438],
  ['kcmp', 312, 272],
  // Watches on files are counted by user: one box could use up what is there for all.
  ['inotify_init', 253, null],
  ['inotify_init1', 294, 26],
  // Keys, programs in the kernel, counters, page faults: each a road into the kernel that no exercise needs.
  ['add_key', 248, 217],
  ['request_key', 249, 218],
  ['keyctl', 250, 219],
  ['bpf', 321, 280],
  ['perf_event_open', 298, 241],
  ['userfaultfd', 323, 282],
  ['io_uring_setup', 425, 425],
  ['io_uring_enter', 426, 426],
  ['io_uring_register', 427, 427],
  ['io_setup', 206, 0],
  ['vmsplice', 278, 75],
  // The machine.
  ['reboot', 169, 142],
  ['kexec_load', 246, 104],
  ['kexec_file_load', 320, 294],
  ['init_module', 175, 105],
  ['finit_module', 313, 273],
  ['delete_module', 176, 106],
  ['syslog', 103, 116],
  ['acct', 163, 89],
  ['settimeofday', 164, 170],
  ['clock_settime', 227, 112],
  ['clock_adjtime', 305, 266],
  ['adjtimex', 159, 171],
  ['sethostname', 170, 161],
  ['setdomainname', 171, 162],
  ['iopl', 172, null],
  ['ioperm', 173, null],
  ['modify_ldt', 154, null],
  ['uselib', 134, null],
  ['lookup_dcookie', 212, 18],
  // Memory that belongs to no process is memory that nobody counts.
  ['shmget', 29, 194],
  ['msgget', 68, 186],
  ['semget', 64, 190],
  ['mq_open', 240, 180],
]

/** Answered with ENOSYS: whoever asks knows another way. */
export const absentCalls: readonly Call[] = [
  ['clone3', 435, 435],
  ['memfd_create', 319, 279],
  ['memfd_secret', 447, 447],
]

/** What a kernel newer than this list has beside it, nobody here has looked at: it is answered as if it were not there. */
export const firstUnknownCall = 463

/** Calls that are looked at by what they ask for. */
export const examinedCalls = {
  clone: { x64: 56, arm64: 220 },
  socket: { x64: 41, arm64: 198 },
  socketpair: { x64: 53, arm64: 199 },
  ioctl: { x64: 16, arm64: 29 },
  shmget: { x64: 29, arm64: 194 },
  setsid: { x64: 112, arm64: 157 },
} as const

/** The flags of `clone` that make namespaces: mount, cgroup, uts, ipc, user, pid, net. */
export const namespaceFlags = 0x7e020000

/** Families of sockets that a box has: unix, IPv4 and IPv6 (which reach the box's own loopback and nothing else). */
export const allowedFamilies: readonly number[] = [1, 2, 10]
/** Of these, the ones that have types and protocols: streams and datagrams, the protocol that goes with them, TCP, UDP. */
export const internetFamilies: readonly number[] = [2, 10]
export const allowedSocketTypes: readonly number[] = [1, 2]
export const allowedProtocols: readonly number[] = [0, 6, 17]

/** Requests of `ioctl` that put words into somebody's terminal: TIOCSTI, TIOCLINUX. */
export const deniedRequests: readonly number[] = [0x5412, 0x541c]

/** The number of a call; null where the architecture does not have it. */
export function numberOf([, x64, arm64]: Call, architecture: Architecture): number | null {
  return architecture === 'x64' ? x64 : arm64
}
