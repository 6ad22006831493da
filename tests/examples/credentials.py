#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""credentials.py SERVER: a script that is asked for credentials with an object, and answers later."""
import json
import os
import subprocess
import sys
import scripts
from interop import Skip, Tap, equal, skip_all
from demoserver import DemoServer

RA2, VNC = 5, 2
CASES = (('vnc', VNC, [True, False, False], False), ('ra2', RA2, [True, True, False], True))


def logs_in(program, command, name, number, wants, verified):
    user = ['--user=tester'] if name != 'vnc' else []
    with DemoServer(program, '--still', '--password=sesame', '--security=' + name, *user) as server:
        done = subprocess.run([*command, os.path.join(scripts.HERE, 'credentials-script.py'), str(server.port), str(number)],
                              env=scripts.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=scripts.PATIENCE, universal_newlines=True)
        equal((done.returncode, done.stderr), (0, ''), 'how the script ended')
        # The request comes before the link is encrypted, as the login is the last step of RSA-AES.
        equal(json.loads(done.stdout),
              {'old': 0, 'order': [99, number], 'host': '127.0.0.1', 'type': number, 'subtype': 0, 'encrypted': False,
               'verified': verified, 'wants': wants, 'incomplete': True, 'completed': True, 'cancelled': True, 'session': True},
              'what the script told')


def main():
    try:
        command = scripts.interpreter('python')
    except Skip as reason:
        skip_all(reason)
    tap = Tap()
    for case in CASES:
        tap.case(case[0], logs_in, sys.argv[1], command, *case)
    return tap.end()


sys.exit(main())
