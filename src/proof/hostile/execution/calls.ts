/** Programs that ask the kernel, by number, for what a box must not have. */
import {
  type Architecture,
  absentCalls,
  deniedCalls,
  examinedCalls,
  numberOf,
} from '../../../pods/local/execution/syscalls.ts'

/** The architecture of this machine. */
export const architecture: Architecture = process.arch === 'arm64' ? 'arm64' : 'x64'

const prelude = `
import ctypes, errno, json, sys
kernel = ctypes.CDLL(None, use_errno=True)
kernel.syscall.restype = ctypes.c_long
def ask(number, *words):
    ctypes.set_errno(0)
    answer = kernel.syscall(ctypes.c_long(number), *[ctypes.c_ulong(word) for word in words])
    return errno.errorcode.get(ctypes.get_errno(), 'OK') if answer == -1 else 'OK'
`

/** The calls that the filter answers by number alone, with the answer that is due. */
export const refusedCalls = [
  ...deniedCalls.map((call) => ({ name: call[0], number: numberOf(call, architecture), answer: 'EPERM' })),
  ...absentCalls.map((call) => ({ name: call[0], number: numberOf(call, architecture), answer: 'ENOSYS' })),
  // Numbers that the kernel may give to anything one day.
  ...[463, 467, 470, 500, 1000].map((number) => ({ name: `call ${number}`, number, answer: 'ENOSYS' })),
].filter(({ number }) => number !== null)

/** Asks for each of them and prints the answers as JSON. */
export const askAll = `${prelude}
print(json.dumps({name: ask(number, 0, 0, 0, 0, 0, 0) for name, number in json.loads(sys.argv[2])}))`

const { clone, socket, socketpair, ioctl } = examinedCalls

/** Asks for what is refused only for its arguments; prints each answer with what was asked for. */
export const askWithArguments = `${prelude}
for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
    print('clone', hex(flag), ask(${clone[architecture]}, flag | 17, 0, 0, 0, 0))
for family in (3, 4, 5, 9, 15, 16, 17, 21, 29, 31, 38, 40, 44, 1 << 20):
    print('socket', family, ask(${socket[architecture]}, family, 3, 0))
    print('socketpair', family, ask(${socketpair[architecture]}, family, 3, 0, 0))
for kind, protocol in ((1, 132), (2, 136), (1, 262), (2, 1), (2, 115), (6, 0), (5, 132), (3, 17)):
    print('internet', kind, protocol, ask(${socket[architecture]}, 2, kind, protocol))
for request in (0x5412, 0x541c, 0x7_0000_5412, 0x1_0000_541c):
    print('ioctl', hex(request), ask(${ioctl[architecture]}, 0, request, 0))`

/** What the above must print. */
export const argumentAnswers = [
  ...[0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000].map(
    (flag) => `clone 0x${flag.toString(16)} EPERM`,
  ),
  ...[3, 4, 5, 9, 15, 16, 17, 21, 29, 31, 38, 40, 44, 1 << 20].flatMap((family) => [
    `socket ${family} EAFNOSUPPORT`,
    `socketpair ${family} EAFNOSUPPORT`,
  ]),
  ...['1 132', '2 136', '1 262', '2 1', '2 115'].map((words) => `internet ${words} EPROTONOSUPPORT`),
  ...['6 0', '5 132', '3 17'].map((words) => `internet ${words} ESOCKTNOSUPPORT`),
  ...['0x5412', '0x541c', '0x700005412', '0x10000541c'].map((request) => `ioctl ${request} EPERM`),
]

/** Uses the second and the third way into the kernel that x86-64 has; each is death. */
export const foreignWays: Readonly<Record<string, string>> = {
  'the x32 calls': `${prelude}
ask(0x40000000 + 39)
print('alive')`,
  'the 32-bit calls': `
import ctypes, mmap
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3]))
address = ctypes.addressof(ctypes.c_char.from_buffer(code))
ctypes.CFUNCTYPE(ctypes.c_int)(address)()
print('alive')`,
}

/** What honest programs ask for, which must go on working. */
export const honestProgram = `
import multiprocessing, os, signal, socket, subprocess, threading, tempfile, time
with multiprocessing.get_context('fork').Pool(2) as pool:
    print(pool.map(abs, [-1, 2]))
print(subprocess.run(['/bin/sh', '-c', 'echo child; exit 3'], capture_output=True).returncode)
threads = [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
master, slave = os.openpty()
os.write(slave, b'terminal')
print(os.read(master, 8).decode())
with tempfile.NamedTemporaryFile() as file:
    file.write(b'x')
os.posix_fallocate(os.open('room', os.O_CREAT | os.O_WRONLY), 0, 4096)
signal.alarm(1)
print(sorted(os.sched_getaffinity(0))[0] >= 0)`
