#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Builds the project in several ways and runs its tests: what ./check does once all packages are there.

Parts, in this order; each has a build directory of its own below build-check/:

  gcc     gcc, every warning an error; all tests
  api     the installed files of that build against the interface facts in tests/api
  clang   clang, every warning an error
  fuzz    libFuzzer with the recorded seeds, a fixed number of runs for each target (needs part clang)
  asan    address and undefined behaviour sanitizers; all tests that need no other program
  tsan    thread sanitizer; the tests of the engine

And one that runs only when it is asked for:

  package the tarball, Debian's packages built from it, and programs on them (tests/packaging)

The last line is `N passed, N failed, N skipped`, after a list of what failed and of what was skipped and why.
A test program that reports subtests counts once for each; a build counts as one.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(TESTS)
PARTS = ['gcc', 'api', 'clang', 'fuzz', 'asan', 'tsan']
ON_DEMAND = ['package']
# Bindings are the business of the first build only.
PLAIN = ['-Dintrospection=disabled', '-Dvala=disabled', '-Ddocs=disabled']
FUZZ_RUNS = 20000
# Each run of these works with big numbers.
FUZZ_RUNS_OF = {'libfuzzer-ard': 4000, 'libfuzzer-ra2': 5000}
FUZZ_SEED = 1
LEAKS = {'LSAN_OPTIONS': 'print_suppressions=0:suppressions=' + os.path.join(TESTS, 'lsan.supp')}
# A run that takes longer than this hangs; it says nothing about how fast it has to be. Each test of a run has a limit of its own,
# and on a busy machine all of them together may take several times as long as on an idle one.
LIMIT_SECONDS = 60 * 60
PACKAGE_SECONDS = 60 * 60


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = []      # (what, why)
        self.skipped = []     # (what, why)

    def ok(self, n=1):
        self.passed += n

    def fail(self, what, why):
        self.failed.append((what, why))

    def skip(self, what, why):
        self.skipped.append((what, why))


def say(text):
    print(text, flush=True)


def tail(text, n=40):
    return '\n'.join('    ' + line for line in text.rstrip().splitlines()[-n:])


def run(args, log, env=None, limit=LIMIT_SECONDS):
    """Runs a command with its output in the file log; gives the status and the output."""
    merged = dict(os.environ, **(env or {}))
    with open(log, 'ab') as out:
        out.write(('$ %s\n' % ' '.join(args)).encode())
        out.flush()
        start = out.tell()
        try:
            status = subprocess.run(args, cwd=TOP, env=merged, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                    timeout=limit).returncode
        except subprocess.TimeoutExpired:
            status = -1
            out.write(('stopped after %d seconds\n' % limit).encode())
    with open(log, 'rb') as f:
        f.seek(start)
        return status, f.read().decode('utf-8', 'replace')


# ---------------------------------------------------------------- test logs
TAP_LINE = re.compile(r'^(not )?ok\b\s*(\d*)\s*-?\s*(.*?)(?:\s*#\s*(SKIP|TODO)\b\s*(.*))?$', re.I)


def count_tap(tally, name, stdout):
    """Counts the subtests of a TAP stream; False when there is none. Plan `1..0 # SKIP why` skips the whole program."""
    seen = 0
    planned = None
    notes = []
    for line in stdout.splitlines():
        plan = re.match(r'^1\.\.(\d+)(?:\s*#\s*SKIP\b\s*(.*))?$', line, re.I)
        if plan:
            planned = int(plan.group(1))
            if planned == 0:
                tally.skip(name, plan.group(2) or 'no reason given')
                return True
            continue
        match = TAP_LINE.match(line)
        if not match:
            notes.append(line)
            continue
        seen += 1
        what = '%s: %s' % (name, match.group(3) or match.group(2))
        if match.group(4) and match.group(4).upper() == 'SKIP':
            tally.skip(what, match.group(5) or 'no reason given')
        elif match.group(1):
            tally.fail(what, '\n'.join(notes[-15:]))
        else:
            tally.ok()
        notes = []
    if seen and planned is not None and seen < planned:
        tally.fail(name, '%d of %d tests did not run\n%s' % (planned - seen, planned, '\n'.join(notes[-15:])))
    return seen > 0


def count_log(tally, part, path):
    try:
        with open(path, encoding='utf-8') as f:
            tests = [json.loads(line) for line in f if line.strip()]
    except OSError:
        tally.fail('%s: meson test' % part, 'it wrote no log')
        return
    if not tests:
        tally.fail('%s: meson test' % part, 'it ran no test')
    for test in tests:
        name = '%s: %s' % (part, test['name'].split(' / ', 1)[-1].split(':')[-1])
        result = test['result']
        stderr = test.get('stderr') or ''
        stdout = test.get('stdout') or ''
        failed_before = len(tally.failed)
        counted = count_tap(tally, name, stdout)
        if result == 'SKIP' and not counted:
            tally.skip(name, (stderr + stdout).strip().splitlines()[-1] if (stderr + stdout).strip() else 'no reason given')
        elif result in ('OK', 'SKIP', 'EXPECTEDFAIL'):
            if not counted:
                tally.ok()
        elif len(tally.failed) == failed_before or result == 'TIMEOUT':
            tally.fail(name, '%s, exit status %s\n%s' % (result, test.get('returncode'), (stdout + '\n' + stderr)[-3000:]))
        elif stderr:
            what, why = tally.failed[-1]
            tally.failed[-1] = (what, why + '\n' + stderr[-3000:])


# ---------------------------------------------------------------- parts
class Check:
    def __init__(self, options):
        self.build_root = options.build_dir
        self.tally = Tally()
        self.fuzzers = False
        os.makedirs(self.build_root, exist_ok=True)

    def path(self, *names):
        return os.path.join(self.build_root, *names)

    def build(self, part, compiler, args):
        """True when the project builds without a warning."""
        if shutil.which(compiler) is None:
            self.tally.skip('%s: build' % part, '%s is not installed' % compiler)
            return False
        log = self.path(part + '.log')
        if os.path.exists(log):
            os.unlink(log)
        # CC would win over what a directory was set up with, CFLAGS may bring warnings of its own.
        env = {'CC': compiler, 'LC_ALL': 'C.UTF-8'}
        for name in ('CFLAGS', 'LDFLAGS'):
            env[name] = ''
        setup = ['meson', 'setup', self.path(part), TOP, '-Dwerror=true', '-Dbuildtype=debugoptimized'] + args
        if os.path.exists(self.path(part, 'build.ninja')):
            setup.insert(2, '--reconfigure')
        for command in (setup, ['ninja', '-C', self.path(part)]):
            status, text = run(command, log, env)
            if status:
                self.tally.fail('%s: build' % part, text)
                say(tail(text, 60))
                return False
        # The compiler's are errors already; what is left is the linker's. Generators of bindings have their own opinions.
        warned = [line for line in text.splitlines() if re.search(r'(\.[ch]:\d+:\d+|\bld\S*): warning:', line)]
        if warned:
            self.tally.fail('%s: build' % part, 'compiler warnings:\n' + '\n'.join(warned[:30]))
            return True
        self.tally.ok()
        return True

    def test(self, part, args, env=None):
        log = self.path(part, 'meson-logs', 'testlog.json')
        if os.path.exists(log):
            os.unlink(log)
        base = {'LC_ALL': 'C.UTF-8', 'NO_AT_BRIDGE': '1', 'GTK_A11Y': 'none', 'G_DEBUG': '', 'MALLOC_PERTURB_': '85'}
        run(['meson', 'test', '-C', self.path(part), '--no-rebuild'] + args, self.path(part + '.log'), dict(base, **(env or {})))
        count_log(self.tally, part, log)

    def part_gcc(self):
        if not self.build('gcc', 'gcc', ['--prefix=' + self.path('prefix')]):
            return False
        self.test('gcc', ['-t', '3'])
        return True

    def part_api(self):
        log = self.path('api.log')
        if os.path.exists(log):
            os.unlink(log)
        if not os.path.exists(self.path('gcc', 'build.ninja')):
            self.tally.skip('api', 'part gcc was not built')
            return
        prefix = self.path('prefix')
        shutil.rmtree(prefix, ignore_errors=True)
        status, text = run(['meson', 'install', '-C', self.path('gcc'), '--no-rebuild'], log)
        if status:
            self.tally.fail('api: meson install', text)
            return
        status, text = run([sys.executable, os.path.join(TESTS, 'api', 'check-api.py'), '--prefix', prefix], log)
        for line in text.splitlines():
            if line.startswith('FAIL '):
                self.tally.fail('api: ' + line[5:], '')
            elif line.startswith('SKIP '):
                self.tally.skip('api: ' + line[5:].split(': ')[0], line[5:].partition(': ')[2])
        closing = re.search(r'^(\d+) passed, (\d+) failed', text, re.M)
        if closing:
            self.tally.ok(int(closing.group(1)))
        else:
            self.tally.fail('api', text)
        added = re.search(r'^added: (\d+)$', text, re.M)
        if added:
            say('check: api: %s interface facts that gtk-vnc 1.3.1 does not have: "added" in %s' % (added.group(1), log))

    def part_clang(self):
        """One build serves the warnings and the fuzzers, when clang has the run-time of libFuzzer."""
        self.fuzzers = False
        probe = self.path('fuzzer-probe')
        if shutil.which('clang'):
            with open(probe + '.c', 'w') as f:
                f.write('int LLVMFuzzerTestOneInput (const unsigned char *p, unsigned long n) { return p && n ? 0 : 0; }\n')
            status, _ = run(['clang', '-fsanitize=fuzzer,address,undefined', '-o', probe, probe + '.c'], self.path('fuzzer-probe.log'))
            self.fuzzers = status == 0
        args = ['-Dfuzz=enabled'] if self.fuzzers else []
        self.build('clang', 'clang', args + PLAIN)

    def part_fuzz(self):
        if not self.fuzzers:
            self.tally.skip('fuzz', 'clang with libFuzzer (libclang-rt) is not installed')
            return
        status, text = run(['meson', 'introspect', '--targets', self.path('clang')], self.path('fuzz.log'))
        targets = [t['filename'][0] for t in (json.loads(text) if status == 0 else []) if t['type'] == 'executable' and
                   os.path.basename(t['filename'][0]).startswith('libfuzzer-') and os.path.exists(t['filename'][0])]
        if not targets:
            self.tally.fail('fuzz', 'no libFuzzer target was built')
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(self.fuzz_one, sorted(targets)))

    def fuzz_one(self, target):
        name = os.path.basename(target)
        work = self.path('fuzz-work', name)
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        seeds = os.path.join(TESTS, 'fuzz', 'seeds', name[len('libfuzzer-'):])
        command = [target, '-runs=%d' % FUZZ_RUNS_OF.get(name, FUZZ_RUNS), '-seed=%d' % FUZZ_SEED, '-timeout=20', '-rss_limit_mb=2048',
                   '-artifact_prefix=%s/' % work, '-print_final_stats=1', work]
        if os.path.isdir(seeds):
            command.append(seeds)
        status, text = run(command, self.path(name + '.log'), LEAKS)
        if status:
            self.tally.fail('fuzz: ' + name, text[-3000:])
        else:
            self.tally.ok()

    def part_asan(self):
        if not self.build('asan', 'gcc', ['-Db_sanitize=address,undefined', '-Db_lundef=false'] + PLAIN):
            return
        self.test('asan', ['-t', '4', '--no-suite', 'interop'], {
            'ASAN_OPTIONS': 'detect_leaks=1:fast_unwind_on_malloc=0:abort_on_error=0:detect_stack_use_after_return=1',
            'UBSAN_OPTIONS': 'print_stacktrace=1:halt_on_error=1', **LEAKS})

    def part_tsan(self):
        if not self.build('tsan', 'gcc', ['-Db_sanitize=thread', '-Db_lundef=false'] + PLAIN):
            return
        order = self.path('tsan', 'glib-order.so')
        flags = subprocess.run(['pkg-config', '--cflags', 'glib-2.0'], stdout=subprocess.PIPE, universal_newlines=True).stdout.split()
        status, text = run(['gcc', '-O1', '-g', '-shared', '-fPIC', '-o', order,
                            *(os.path.join(TESTS, 'tsan', name) for name in ('glib-order.c', 'glib-own.c')), *flags],
                           self.path('tsan.log'))
        if status:
            self.tally.fail('tsan: glib-order.so', text)
            return
        # Not the sound sink's: it has no thread of its own, and the one in its test is all GLib's and PulseAudio's.
        status, text = run(['meson', 'introspect', '--tests', self.path('tsan')], self.path('introspect.log'))
        names = [test['name'] for test in (json.loads(text) if status == 0 else []) if test['name'].startswith('engine-')]
        if not names:
            self.tally.fail('tsan', 'there is no test of the engine')
            return
        self.test('tsan', ['-t', '8'] + sorted(names), {
            'LD_PRELOAD': order,
            # GLib's own allocator would hide that memory was freed and taken again.
            'G_SLICE': 'always-malloc',
            'TSAN_OPTIONS': 'halt_on_error=0:second_deadlock_stack=1:suppressions=' + os.path.join(TESTS, 'tsan.supp')})

    def part_package(self):
        status, text = run([sys.executable, os.path.join(TESTS, 'packaging'), '--keep', self.path('packages'), '--shots', self.path('shots')],
                           self.path('package.log'), limit=PACKAGE_SECONDS)
        if not count_tap(self.tally, 'package', text):
            self.tally.fail('package', text)

    def run(self, parts):
        for part in parts:
            before = (self.tally.passed, len(self.tally.failed), len(self.tally.skipped))
            start = time.monotonic()
            say('check: %s …' % part)
            getattr(self, 'part_' + part)()
            say('check: %s: %d passed, %d failed, %d skipped in %d s' % (
                part, self.tally.passed - before[0], len(self.tally.failed) - before[1],
                len(self.tally.skipped) - before[2], time.monotonic() - start))
        return self.report()

    def report(self):
        tally = self.tally
        if tally.skipped:
            say('\nSkipped:')
            for what, why in tally.skipped:
                say('  %s: %s' % (what, why))
        if tally.failed:
            say('\nFailed:')
            for what, why in tally.failed:
                say('  %s' % what)
                if why.strip():
                    say(tail(why))
            say('\nLogs: %s/*.log' % self.build_root)
        say('\n%d passed, %d failed, %d skipped' % (tally.passed, len(tally.failed), len(tally.skipped)))
        return 1 if tally.failed or not tally.passed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--only', help='some parts, comma separated')
    parser.add_argument('--list', action='store_true', help='print the parts')
    parser.add_argument('--build-dir', default=os.path.join(TOP, 'build-check'), help='where to build (default build-check)')
    options = parser.parse_args()
    if options.list:
        print('\n'.join(PARTS))
        print('\n'.join('%s (only when named)' % part for part in ON_DEMAND))
        return 0
    options.build_dir = os.path.abspath(options.build_dir)
    parts = options.only.split(',') if options.only else PARTS
    for part in parts:
        if part not in PARTS + ON_DEMAND:
            parser.error('no part named %s' % part)
    return Check(options).run([part for part in PARTS + ON_DEMAND if part in parts])


if __name__ == '__main__':
    sys.exit(main())
