/** Looking and reaching out of the box: files, secrets, processes, networks, other people's boxes. */
import { secret } from './box-arena.ts'
import type { BoxAttack } from './box-attack.ts'

/** Paths that a program would look at first. */
const interesting = [
  ...[
    '/etc/shadow',
    '/etc/ssh',
    '/etc/hostname',
    '/etc/machine-id',
    '/etc/resolv.conf',
    '/etc/ssl/private',
    '/etc/sudoers',
  ],
  ...['/root', '/home', '/opt', '/srv', '/mnt', '/media', '/var', '/boot', '/sys', '/usr/local', '/run/docker.sock'],
  ...[
    '/var/lib/podium',
    '/run/systemd',
    '/run/user',
    '/dev/mem',
    '/dev/kmsg',
    '/dev/sda',
    '/dev/vda',
    '/dev/fuse',
    '/dev/kvm',
  ],
]

/** Attacks on what is outside. */
export const reachingAttacks: readonly BoxAttack[] = [
  {
    name: 'reading the host’s files',
    python: `
import json, os, sys
victim = json.loads(sys.argv[1])
for path in ${JSON.stringify(interesting)} + [victim['file'], victim['directory'], victim['socket'], sys.argv[2]]:
    if os.path.lexists(path) and not (os.path.isdir(path) and os.listdir(path) == []):
        print('there is', path)
print(open('/etc/passwd').read().count(chr(10)))`,
    end: ['exited'],
    stdout: '3\n',
  },
  {
    name: 'searching everything that can be read for the secret',
    python: `
import os
needle = '${secret.slice(0, 9)}' + '${secret.slice(9)}'
found = []
for folder in ('/etc', '/run', '/tmp', '/dev', '/proc/self', '/proc/1', '/proc/sys/kernel'):
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ('task', 'map_files', 'fd', 'pts')]
        for name in names:
            path = os.path.join(where, name)
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                if needle.encode() in os.read(descriptor, 65536):
                    found.append(path)
                os.close(descriptor)
            except OSError:
                pass
print(needle in str(os.environ), found)`,
    end: ['exited'],
    stdout: 'False []\n',
  },
  {
    name: 'looking at other processes',
    python: `
import os
numbers = sorted(int(name) for name in os.listdir('/proc') if name.isdigit())
words = b' '.join(open(f'/proc/{number}/cmdline', 'rb').read() for number in numbers)
environment = b' '.join(open(f'/proc/{number}/environ', 'rb').read() for number in numbers)
print(len(numbers) <= 3, max(numbers) < 30, b'podium serve' in words, b'PODIUM' in environment.upper())`,
    end: ['exited'],
    stdout: 'True True False False\n',
  },
  {
    name: 'leaving through the first process’s root, working directory and descriptors',
    python: `
import os
for path in ('/proc/1/root', '/proc/1/cwd', '/proc/self/root', '/proc/self/cwd/..'):
    try:
        print(sorted(os.listdir(path)) == sorted(os.listdir('/')) or sorted(os.listdir(path)) == sorted(os.listdir('/work')))
    except OSError as error:
        print(error.strerror)
for number in os.listdir('/proc/1/fd'):
    try:
        target = os.readlink(f'/proc/1/fd/{number}')
        if not target.startswith(('pipe:', '/dev/null')):
            print('open:', target)
    except OSError:
        pass`,
    end: ['exited'],
    stdout: /^((True|Permission denied)\n){4}$/,
  },
  {
    name: 'writing to every folder that there is',
    python: `
import os
written = set()
for where, folders, names in os.walk('/'):
    if where.startswith(('/proc', '/usr/share', '/usr/include')):
        folders[:] = []
        continue
    try:
        os.close(os.open(os.path.join(where, 'was-here'), os.O_CREAT | os.O_WRONLY))
        written.add(where)
    except OSError:
        pass
print(sorted(written))`,
    end: ['exited'],
    stdout: "['/dev/shm', '/tmp', '/work']\n",
  },
  {
    name: 'changing what the system consists of',
    python: `
import os
def attempt(name, act):
    try:
        act()
        print('done:', name)
    except OSError:
        pass
def write(path, words):
    os.write(os.open(path, os.O_WRONLY), words)
attempt('chmod', lambda: os.chmod('/usr/bin/env', 0o777))
attempt('open', lambda: write('/usr/bin/env', b'x'))
attempt('unlink', lambda: os.unlink('/usr/bin/env'))
attempt('rename', lambda: os.rename('/usr/bin', '/usr/nib'))
attempt('link', lambda: os.link('/usr/bin/env', '/work/env'))
attempt('utime', lambda: os.utime('/usr/bin/env'))
attempt('passwd', lambda: write('/etc/passwd', b'x'))
attempt('top', lambda: os.mkdir('/mine'))
attempt('work', lambda: os.rename('/work', '/krow'))
attempt('dev', lambda: os.mkdir('/dev/mine'))
attempt('sysctl', lambda: write('/proc/sys/kernel/core_pattern', b'|/work/x'))
attempt('sysrq', lambda: write('/proc/sysrq-trigger', b'b'))
attempt('oom', lambda: write('/proc/self/oom_score_adj', b'-1000'))
attempt('uid map', lambda: write('/proc/self/uid_map', b'0 0 1'))
attempt('setuid', lambda: os.setuid(0))
attempt('setgroups', lambda: os.setgroups([0]))
attempt('nice', lambda: os.nice(-20))
attempt('chown', lambda: os.chown('/work', 0, 0))
attempt('mknod', lambda: os.mknod('/work/disk', 0o60666, os.makedev(254, 0)))
attempt('chroot', lambda: os.chroot('/work'))`,
    end: ['exited'],
    stdout: '',
  },
  {
    name: 'running programs that borrow root’s rights',
    shell:
      'id -u; grep -c -v nosuid /proc/self/mountinfo; grep -E "^(Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):" /proc/self/status',
    end: ['exited'],
    stdout: /^1000\n0\nCapPrm:\t0+\nCapEff:\t0+\nCapBnd:\t0+\nCapAmb:\t0+\nNoNewPrivs:\t1\nSeccomp:\t2\n$/,
  },
  {
    name: 'signals to outsiders',
    python: `
import json, os, signal, sys
victim = json.loads(sys.argv[1])
reached = []
for number in [victim['pid'], ${process.pid}] + list(range(300, 3000)):
    try:
        os.kill(number, signal.SIGKILL)
        reached.append(number)
    except OSError:
        pass
print(reached)`,
    end: ['exited'],
    stdout: '[]\n',
  },
  {
    name: 'ending its own keeper',
    python: `
import os, signal
os.kill(1, signal.SIGKILL)
os.kill(1, signal.SIGTERM)
try:
    os.kill(-1, signal.SIGCONT)
except OSError:
    pass
print('still here')`,
    end: ['exited'],
    stdout: 'still here\n',
  },
  {
    name: 'reaching servers of this machine',
    python: `
import json, socket, sys
victim = json.loads(sys.argv[1])
def attempt(name, family, address):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            client.connect(address)
            print('reached:', name)
    except OSError:
        pass
for host in ('127.0.0.1', '0.0.0.0', '10.0.2.2', '169.254.169.254', '172.17.0.1', '192.168.0.1', '1.1.1.1'):
    for port in (victim['port'], 5432, 80):
        attempt((host, port), socket.AF_INET, (host, port))
attempt('ipv6', socket.AF_INET6, ('::1', victim['port']))
attempt('unix', socket.AF_UNIX, victim['socket'])
attempt('abstract', socket.AF_UNIX, chr(0) + victim['abstractName'])
for path in ('/run/postgresql/.s.PGSQL.5432', '/tmp/.s.PGSQL.5432', '/var/run/docker.sock', '/run/dbus/system_bus_socket'):
    attempt(path, socket.AF_UNIX, path)
try:
    socket.create_connection(('localhost', victim['port']), 2)
    print('reached: name')
except OSError:
    pass
print([line.split(':')[0].strip() for line in open('/proc/net/dev') if ':' in line])`,
    end: ['exited'],
    stdout: "['lo']\n",
  },
  {
    name: 'sending without a connection',
    python: `
import socket
sent = 0
for address in (('8.8.8.8', 53), ('255.255.255.255', 67), ('224.0.0.1', 5353)):
    try:
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sent += client.sendto(b'hello', address)
    except OSError:
        pass
for family, kind in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_NETLINK, socket.SOCK_RAW)):
    try:
        socket.socket(family, kind, 1)
        sent += 1
    except OSError:
        pass
print(sent)`,
    end: ['exited'],
    stdout: '0\n',
  },
  {
    name: 'talking to itself, which is nobody else’s business',
    python: `
import socket, threading
server = socket.create_server(('127.0.0.1', 0))
threading.Thread(target=lambda: server.accept()[0].sendall(b'hello')).start()
print(socket.create_connection(server.getsockname()).recv(5).decode())
one, other = socket.socketpair()
one.sendall(b'pair')
print(other.recv(4).decode())`,
    end: ['exited'],
    stdout: 'hello\npair\n',
  },
  {
    name: 'forging what the box reports',
    python: `
import os
for number in range(3, 64):
    for keeper in ('1', 'self'):
        try:
            with open(f'/proc/{keeper}/fd/{number}', 'wb', buffering=0) as report:
                report.write(b'exit 0\\n' + b'x' * 100 + b'\\nready\\nexit 1\\n')
        except OSError:
            pass
os._exit(7)`,
    job: { archives: true },
    end: ['exited'],
    check: ({ exitCode }) => (exitCode === 7 || exitCode === 0 ? null : `${exitCode}`),
  },
  {
    name: 'writing into its keeper’s memory, or its own by way of /proc',
    python: `
import os
for keeper in ('1', 'self', str(os.getpid())):
    for name in ('mem', 'oom_score_adj', 'comm', 'clear_refs', 'timerslack_ns', 'coredump_filter'):
        try:
            os.close(os.open(f'/proc/{keeper}/{name}', os.O_RDWR))
            print('open:', keeper, name)
        except OSError:
            pass`,
    end: ['exited'],
    stdout: '',
  },
  {
    name: 'opening what its keeper has open',
    python: `
import os
for number in range(3, 64):
    for way in (os.O_RDONLY | os.O_NONBLOCK, os.O_WRONLY | os.O_NONBLOCK):
        for keeper in ('1', 'self'):
            try:
                target = os.readlink(f'/proc/{keeper}/fd/{number}')
                descriptor = os.open(f'/proc/{keeper}/fd/{number}', way)
                if target.startswith('pipe:') and os.fstat(descriptor).st_uid == 65534:
                    print('open:', keeper, number)
                os.close(descriptor)
            except OSError:
                pass
print(open('/proc/1/oom_score_adj').read(), end='')`,
    end: ['exited'],
    stdout: '900\n',
  },
]
