/** Taking more than one's share: processes, memory, disk, output, time. */
import type { BoxAttack } from './box-attack.ts'

const megabyte = 1024 * 1024

/** Attacks on what is shared. */
export const greedyAttacks: readonly BoxAttack[] = [
  {
    name: 'a fork bomb whose processes sleep',
    python: `
import os, time
while True:
    try:
        if os.fork() == 0:
            time.sleep(600)
    except OSError:
        pass`,
    end: ['limit'],
    limit: ['processesMax'],
  },
  {
    name: 'a fork bomb that doubles',
    python: `
import os
while True:
    try:
        os.fork()
    except OSError:
        pass`,
    end: ['limit'],
    limit: ['processesMax', 'cpuMs'],
  },
  {
    name: 'a fork bomb in the shell',
    shell: 'bomb() { bomb | bomb & }; bomb; while :; do sleep 1; done',
    end: ['limit'],
    limit: ['processesMax', 'cpuMs', 'wallMs'],
    limits: { wallMs: 2_000, cpuMs: 1_000 },
  },
  {
    name: 'processes that replace each other faster than anybody looks',
    python: `
import os, time
if os.fork() == 0:
    while True:
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            pass
time.sleep(600)`,
    end: ['limit'],
    limit: ['processesMax', 'cpuMs', 'wallMs'],
    limits: { wallMs: 2_000, cpuMs: 1_000 },
  },
  {
    name: 'threads without end',
    python: `
import threading, time
while True:
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()`,
    end: ['limit'],
    limit: ['processesMax', 'memoryBytesMax'],
  },
  {
    name: 'memory in one process',
    python: `
parts = []
while True:
    parts.append(bytearray(8 * 1024 * 1024))`,
    end: ['limit'],
    limit: ['memoryBytesMax'],
  },
  {
    name: 'memory in one gulp',
    python: 'bytearray(1 << 40)',
    end: ['limit'],
    limit: ['memoryBytesMax'],
  },
  {
    name: 'memory spread over many processes',
    python: `
import os, time
for _ in range(12):
    if os.fork() == 0:
        part = bytearray(24 * 1024 * 1024)
        time.sleep(600)
time.sleep(600)`,
    end: ['limit'],
    limit: ['memoryBytesMax'],
  },
  {
    name: 'memory that processes share',
    python: `
import mmap, os, time
for _ in range(12):
    if os.fork() == 0:
        part = mmap.mmap(-1, 24 * 1024 * 1024)
        for offset in range(0, len(part), 4096):
            part[offset] = 1
        time.sleep(600)
time.sleep(600)`,
    end: ['limit'],
    limit: ['memoryBytesMax'],
  },
  {
    name: 'memory of threads’ children, which their parent does not list',
    python: `
import os, threading, time
def child():
    if os.fork() == 0:
        part = bytearray(24 * 1024 * 1024)
        time.sleep(600)
    time.sleep(600)
for _ in range(9):
    threading.Thread(target=child).start()
time.sleep(600)`,
    end: ['limit'],
    limit: ['memoryBytesMax', 'processesMax'],
  },
  {
    name: 'a tower of nothing but shared memory files',
    python: `
import os
written = 0
try:
    with open('/dev/shm/tower', 'wb') as tower:
        while True:
            written += tower.write(bytes(1024 * 1024))
            tower.flush()
except OSError as error:
    print(written <= 17 * 1024 * 1024, error.strerror, flush=True)`,
    end: ['exited', 'limit'],
    limit: ['diskBytesMax', 'fileBytesMax'],
    stdout: /^(True (No space left on device|File too large)\n)?$/,
  },
  {
    name: 'a disk full of large files',
    python: `
import itertools
for n in itertools.count():
    with open(f'{n % 2 and "/tmp/" or ""}{n}', 'wb') as file:
        file.write(bytes(4 * 1024 * 1024))`,
    end: ['limit'],
    limit: ['diskBytesMax'],
  },
  {
    name: 'a disk full of files that have no name any more',
    python: `
import os, time
files = []
for n in range(12):
    files.append(open(f'{n}', 'wb'))
    os.unlink(f'{n}')
    try:
        files[-1].write(bytes(4 * 1024 * 1024))
        files[-1].flush()
    except OSError:
        time.sleep(600)`,
    end: ['limit'],
    limit: ['diskBytesMax'],
  },
  {
    name: 'files without number',
    python: `
import itertools
for n in itertools.count():
    open(f'{n}', 'w').close()`,
    end: ['limit'],
    limit: ['filesMax'],
  },
  {
    name: 'folders in folders without end',
    python: `
import os
while True:
    os.mkdir('deeper')
    os.chdir('deeper')`,
    end: ['limit'],
    limit: ['filesMax'],
  },
  {
    name: 'one file larger than a file may be',
    python: `
with open('large', 'wb') as file:
    while True:
        file.write(bytes(1024 * 1024))`,
    end: ['limit'],
    limit: ['fileBytesMax'],
    limits: { fileBytesMax: 2 * megabyte },
  },
  {
    name: 'a file that only says it is large',
    python: `
import os
try:
    os.truncate(os.open('hole', os.O_CREAT | os.O_WRONLY), 1 << 40)
except OSError as error:
    print(error.strerror)`,
    end: ['exited'],
    stdout: 'File too large\n',
  },
  {
    name: 'open files without number',
    python: `
files = []
while True:
    files.append(open('/dev/null'))`,
    end: ['limit'],
    limit: ['openFilesMax'],
  },
  {
    name: 'a flood of output',
    python: `
import os
while True:
    os.write(1, bytes(65536))`,
    end: ['limit'],
    limit: ['outputBytesMax'],
    check: ({ stdout }) => (stdout.length === 256 * 1024 ? null : `${stdout.length} bytes were kept`),
  },
  {
    name: 'a flood of errors from many processes',
    python: `
import os
for _ in range(6):
    os.fork() or [os.write(2, bytes(4096)) for _ in iter(int, 1)]
os.wait()`,
    end: ['limit'],
    limit: ['outputBytesMax'],
    check: ({ stderr }) => (stderr.length === 256 * 1024 ? null : `${stderr.length} bytes were kept`),
  },
  {
    name: 'a flood on the channel',
    python: `
import os
while True:
    os.write(3, bytes(65536))`,
    job: { hasChannel: true },
    end: ['limit'],
    limit: ['outputBytesMax'],
    check: ({ channel }) => (channel.length === 256 * 1024 ? null : `${channel.length} bytes were kept`),
  },
  {
    name: 'a line at a time, as fast as can be',
    shell: 'while :; do echo x; done',
    end: ['limit'],
    limit: ['outputBytesMax', 'cpuMs'],
    limits: { outputBytesMax: 40_000 },
  },
  {
    name: 'sleeping past the clock',
    python: 'import time; time.sleep(600)',
    end: ['limit'],
    limit: ['wallMs'],
    limits: { wallMs: 250 },
  },
  {
    name: 'ignoring every signal that can be ignored',
    python: `
import os, signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
print('deaf', flush=True)
while True:
    signal.pause()`,
    end: ['limit'],
    limit: ['wallMs'],
    limits: { wallMs: 700 },
  },
  {
    name: 'stopping everything, itself too',
    python: `
import os, signal
if os.fork():
    os.kill(-1, signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)`,
    end: ['limit'],
    limit: ['wallMs'],
    limits: { wallMs: 400 },
  },
  {
    name: 'working past the processor time',
    python: 'while True: pass',
    end: ['limit'],
    limit: ['cpuMs'],
    limits: { cpuMs: 300 },
  },
  {
    name: 'working in children that nobody waits for',
    python: `
import os, signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        for _ in range(3_000_000):
            pass
        os._exit(0)
    try:
        os.wait()
    except ChildProcessError:
        pass`,
    end: ['limit'],
    limit: ['cpuMs', 'wallMs'],
    limits: { cpuMs: 500, wallMs: 3_000 },
  },
  {
    name: 'a daemon that outlives its parents',
    python: `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for descriptor in range(64):
            try:
                os.close(descriptor)
            except OSError:
                pass
        while True:
            time.sleep(600)
    os._exit(0)
os.wait()
print('gone')`,
    end: ['exited'],
    stdout: 'gone\n',
  },
  {
    name: 'a daemon that keeps writing while the workspace is packed',
    python: `
import os
if os.fork() == 0:
    os.setsid()
    while True:
        with open('growing', 'ab') as file:
            file.write(b'x' * 100)
while not os.path.exists('growing'):
    pass
print('done', flush=True)`,
    job: { archives: true },
    end: ['exited'],
    stdout: 'done\n',
    check: ({ archive }) => (archive === null ? 'There is no archive' : null),
  },
  {
    name: 'input that nobody reads',
    python: 'print("deaf")',
    job: { stdin: new Uint8Array(8 * megabyte) },
    end: ['exited'],
    stdout: 'deaf\n',
  },
  {
    name: 'buffers of sockets in place of memory',
    python: `
import socket
pairs = []
try:
    while True:
        pair = socket.socketpair()
        pair[0].setblocking(False)
        pairs.append(pair)
        try:
            while True:
                pair[0].send(bytes(65536))
        except BlockingIOError:
            pass
except OSError as error:
    print(error.strerror, flush=True)`,
    end: ['exited', 'limit'],
    limit: ['memoryBytesMax', 'openFilesMax'],
    stdout: /^(Too many open files\n)?$/,
  },
  {
    name: 'buffers of pipes in place of memory',
    python: `
import fcntl, os, time
for _ in range(8):
    if os.fork() == 0:
        break
try:
    while True:
        read, write = os.pipe()
        try:
            fcntl.fcntl(write, 1031, 1 << 20)
        except OSError:
            pass
        os.set_blocking(write, False)
        try:
            while True:
                os.write(write, bytes(65536))
        except BlockingIOError:
            pass
except OSError:
    time.sleep(0.3)`,
    end: ['exited', 'limit'],
    limit: ['memoryBytesMax', 'openFilesMax'],
  },
  {
    name: 'open files that are on their way for ever',
    python: `
import os, socket, time
pairs = []
try:
    for _ in range(20):
        pairs.append(socket.socketpair())
        for _ in range(40):
            socket.send_fds(pairs[-1][0], [b'x'], [0, 1, 2])
except OSError:
    pass
time.sleep(0.2)
print('held')`,
    end: ['exited'],
    stdout: 'held\n',
  },
  {
    name: 'files in place of memory',
    python: `
import time
for path in ('/work/one', '/tmp/two', '/dev/shm/three'):
    with open(path, 'wb') as file:
        file.write(bytes(7 * 1024 * 1024))
time.sleep(600)`,
    end: ['limit'],
    limit: ['memoryBytesMax'],
    limits: { memoryBytesMax: 20 * megabyte },
  },
]
