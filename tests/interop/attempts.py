# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the matrix tries with one kind of server: the right credentials, and each failure that the kind can show."""
import os
import shutil
import socket
import tempfile
import threading
import time
from interop import Client, Failure, Skip, check, launcher, vnclib
from kinds import CORNER, TRANSPORTS, Real, but_for_edges, encodings, has_certificate, has_own_key, needs_password, picture_rule, ways

# x11vnc waits after each call to see whether the client speaks TLS first: it takes a few calls to be sure of that.
RUNS_OF_SLOW_START = 3
# Where two servers stand one after the other.
PLACES = '21000-21999'
# How wrong credentials are told of. Servers give reasons of their own after these words.
REFUSED = 'Authentication failed: '
# These do not start with a certificate that has expired.
STARTS_WITH_VALID_ONLY = ('qemu',)

stranger = {}
stranger_lock = threading.Lock()


def strange_authority():
    """The certificate of an authority that no server here has."""
    with stranger_lock:
        if 'folder' not in stranger:
            stranger['folder'] = tempfile.TemporaryDirectory()
            vnclib.make_certs(stranger['folder'].name)
        return os.path.join(stranger['folder'].name, 'ca-cert.pem')


class Attempt:
    """One way to connect to one running server."""
    def __init__(self, way, server, folder):
        self.way = way
        self.server = server
        self.known_hosts = os.path.join(folder, ''.join(c if c.isalnum() else '-' for c in 'known ' + way.security + way.transport))
        self.nobody_known = os.path.join(folder, 'nobody')
        self.home = os.path.join(folder, 'home')

    def client(self, *more, password=None, trust=True, settings=()):
        """A client with the right credentials, but for what is said; trust: the authority, True for the right one, False for
        that of the hosts that are known."""
        env = self.server.env
        settings = ['known-hosts-file=' + (self.nobody_known if trust else self.known_hosts), 'allow-plain=1', *settings]
        if trust and has_own_key(self.way):
            more = ['--trust=once', *more]
        if trust and 'VNC_CA' in env:
            settings.append('ca-file=' + (env['VNC_CA'] if trust is True else trust))
        if 'VNC_CLIENT_CERT_NEEDED' in env and '--client-name=' not in more:
            self.put_client_certificate()
            more = ['--client-name=somebody', *more]
        return Client(*TRANSPORTS[self.way.transport](env), '--encodings', encodings(self.way.kind), *self.way.types, '--set=' + ','.join(settings),
                      '--username', env.get('VNC_USERNAME', ''),
                      '--password', env.get('VNC_PASSWORD', '') if password is None else password, *more, env={'HOME': self.home})

    def put_client_certificate(self):
        """Where libraries of this family look for the certificate of a client of that name."""
        private = os.path.join(self.home, '.pki', 'somebody', 'private')
        if not os.path.exists(private):
            os.makedirs(private)
            shutil.copy(self.server.env['VNC_CLIENT_CERT'], os.path.join(self.home, '.pki', 'somebody', 'clientcert.pem'))
            shutil.copy(self.server.env['VNC_CLIENT_KEY'], os.path.join(private, 'clientkey.pem'))

    def connects(self, client):
        client.expect('initialized')
        said = [line for line in client.lines if line.startswith('secured ')]
        if self.way.secured is None:
            check(not any(line.startswith('secured 1') for line in said), 'the link says to be %s', said)
        else:
            check(said and said[-1].startswith('secured 1') and self.way.secured in said[-1], 'the link says to be %s', said)

    def wait_for_vino(self):
        """It sends its first client what it has seen of the screen so far, maybe nothing, and when it has seen the rest all of that but
        the last column and row. Whoever comes then gets it whole."""
        with self.client() as client:
            self.connects(client)
            client.command('pointer', 0, *CORNER)
            client.shows(self.server, but_for_edges)

    def picture(self):
        """Connects, compares, presses a key, and compares again."""
        same, remark = picture_rule(self.way)
        if self.way.kind.startswith('vino'):
            self.wait_for_vino()
        # Kinds with a certificate are called often enough by what else is tried with them.
        slow = self.way.kind.startswith('x11vnc') and self.way.secured and not has_certificate(self.way)
        runs = RUNS_OF_SLOW_START if slow else 1
        for _ in range(runs):
            with self.client() as client:
                self.connects(client)
                if self.way.kind.startswith('vino'):
                    # It has no pointer encoding: all of it but one pixel is out of the picture down there.
                    client.command('pointer', 0, *CORNER)
                client.shows(self.server, same)
                client.command('key', '0x61', '0x1e')
                client.shows(self.server, same)
                pixels = client.shot()
        return '0 of %d differ%s%s' % (pixels[0] * pixels[1], ' ' + remark if remark else '', ', %d runs' % runs if runs > 1 else '')

    def view_only(self):
        with self.client(password=self.server.env['VNC_VIEWONLY_PASSWORD']) as client:
            self.connects(client)
            client.shows(self.server, picture_rule(self.way)[0])
        return 'the view-only password lets in'

    def fails(self, client, *words):
        """No session but an error with all these words, which is given."""
        with client:
            line = client.expect('error', 'initialized')
            for word in words:
                check(word in line, 'the error does not say %r: %s', word, line)
            if line.startswith('initialized'):
                raise Failure('a session began: %s' % line)
            client.expect('disconnected')
        return line[len('error '):]

    def has_ended(self):
        """Whether the server is gone. One that is about to end closes its connections before its port, or after."""
        for _ in range(20):
            try:
                socket.create_connection((self.server.env['VNC_HOST'], int(self.server.env['VNC_PORT']))).close()
            except ConnectionRefusedError:
                return True
            time.sleep(0.05)
        return False

    def wrong_password(self, tries=4):
        try:
            return self.fails(self.client(password='wrong'), REFUSED)
        except Failure as failure:
            if 'wayvnc' not in self.way.kind:
                raise
            if 'Connection refused' in str(failure) or self.has_ended():
                raise Skip('wayvnc 0.5 has ended itself, as it may after it has refused a client')
            # Its refusal reads as a success at first. It hangs up at once, and the answer may come to a closed socket.
            if tries <= 1 or 'error Server closed the connection' not in str(failure):
                raise
        return self.wrong_password(tries - 1)

    def wrong_authority(self):
        return self.fails(self.client(trust=strange_authority()), 'certificate is not trusted', 'which is not trusted here')

    def wrong_host(self):
        return self.fails(self.client(settings=['tls-hostname=other.example']), 'certificate is not trusted', 'not for “other.example”')

    def expired(self):
        return self.fails(self.client(), 'certificate is not trusted', 'it has expired on ')

    def really_wrong_host(self):
        return self.fails(self.client(), 'certificate is not trusted', 'not for “127.0.0.1”')

    def changed_key(self):
        return self.fails(self.client(trust=False), 'HAS CHANGED', 'SHA256:')

    def remember(self):
        with self.client('--trust=remember', trust=False) as client:
            client.expect('certificate')
            self.connects(client)

    def unknown_key(self):
        return self.fails(self.client(trust=False), 'key is not trusted')

    def denied(self):
        return self.fails(self.client(), REFUSED)

    def no_client_certificate(self):
        return self.fails(self.client('--client-name='), 'client certificate')

    def plain_not_allowed(self):
        return self.fails(self.client(settings=['allow-plain=0']), 'unencrypted')


def first_server(way, server, folder, results):
    attempt = Attempt(way, server, folder)
    if way.kind == 'qemu-x509-sasl-denied':
        results.run('picture', lambda: attempt.denied() and 'none: the server lets nobody in')
        return
    results.run('picture', attempt.picture)
    if 'VNC_VIEWONLY_PASSWORD' in server.env:
        results.run('other', attempt.view_only)
    if has_certificate(way):
        results.run('authority', attempt.wrong_authority)
        results.run('host', attempt.wrong_host)
    if has_own_key(way):
        results.run('authority', attempt.unknown_key)
    if has_certificate(way) or has_own_key(way):
        results.run('remembered', attempt.remember)
    if way.kind == 'qemu-x509verify':
        results.run('other', attempt.no_client_certificate)
    if way.kind == 'tigervnc-plain':
        results.run('other', attempt.plain_not_allowed)
    # The last, as wayvnc 0.5 may end itself when a client that it has refused goes on.
    if needs_password(way):
        results.run('password', attempt.wrong_password)


def second_server(way, server, folder, results):
    """The same place with another key; its certificate has expired where a server can be started with such a one."""
    attempt = Attempt(way, server, folder)
    if 'VNC_CERT' not in server.env:
        pass
    elif server.env['VNC_CERT'] == 'expired':
        results.run('expired', attempt.expired)
    else:
        results.run('other host', attempt.really_wrong_host)
    results.run('key', attempt.changed_key)


def started(results, *arguments):
    """A running server; when there is none, every way to it has failed."""
    try:
        return Real(*arguments)
    except Failure as failure:
        for each in results:
            each.run('start of ' + ' '.join(arguments), fail, failure)
        return None


def fail(failure):
    raise failure


def all_ways(kind, new_results):
    """A list of results, one for each way."""
    everything = [new_results(way) for way in ways(kind)]
    keyed = [results for results in everything
             if (has_certificate(results.way) or has_own_key(results.way)) and kind != 'qemu-x509-sasl-denied']
    # Both servers have the same ports, held in between too. Those that x11vnc takes for itself begin at 20000.
    ports, locks = [], []
    for option in ('--port', '--ws-port') if keyed else ():
        ports += [option, str(launcher.claim('place', PLACES, launcher.port_is_free, locks))]
    with tempfile.TemporaryDirectory(prefix='gvnc-matrix-') as folder:
        server = started(everything, kind, *ports)
        if server is None:
            return everything
        with server:
            for results in everything:
                results.server = server
                first_server(results.way, server, folder, results)
        if keyed:
            flavour = 'wronghost' if kind.split('-')[0] in STARTS_WITH_VALID_ONLY else 'expired'
            server = started(keyed, kind, '--cert', flavour, *ports)
            if server is not None:
                with server:
                    for results in keyed:
                        results.server = server
                        second_server(results.way, server, folder, results)
    return everything
