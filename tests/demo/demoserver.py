# SPDX-License-Identifier: LGPL-2.1-or-later
"""Starts the demo server for a test and speaks with it through its standard input."""
import os
import shutil
import subprocess
import tempfile

import rfbclient


class DemoServer:
    def __init__(self, program, *arguments):
        self.folder = tempfile.mkdtemp(prefix='gvnc-demo-')
        self.events_path = os.path.join(self.folder, 'events')
        self.process = subprocess.Popen(
            [program, '--port=0', '--print-port', '--control=-', '--exit-with-parent',
             '--events=' + self.events_path, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True)
        self.port = None
        for line in self.process.stdout:
            if line.startswith('PORT='):
                self.port = int(line[5:])
                break
        if self.port is None:
            raise RuntimeError('the demo server did not start')

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder)

    @property
    def address(self):
        return ('127.0.0.1', self.port)

    def client(self, **options):
        return rfbclient.Client(self.address, **options)

    def command(self, line):
        """Runs one command and waits until it is done; says whether it was."""
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return self.process.stdout.readline().startswith('OK')

    def picture(self):
        path = os.path.join(self.folder, 'shot.ppm')
        if not self.command('shot ' + path):
            raise RuntimeError('no picture')
        return rfbclient.read_ppm(path)

    def events(self):
        with open(self.events_path) as file:
            return file.read().splitlines()
