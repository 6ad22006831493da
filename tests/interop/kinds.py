# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every kind of server in tests/servers, as the ways to connect to it and what each way must end in.

A way is one security type over one transport. Most follow from what the launcher says of a kind; what it does not say is below.
"""
import os
import re
import subprocess
import sys
import tempfile
from collections import namedtuple
from interop import SERVERS, Server, check, exactly, launcher, levels, vnclib

# Pseudo-encodings keep the pointer out of the picture where the server can do without drawing it itself.
def encodings(kind):
    # ZRLE of libvncserver is damaged with pixels of 15 bits.
    return ('tight' if kind == 'libvncserver-16bit' else 'zrle') + ',copyrect,raw,lastrect,cursor,xcursor'


# Where the pointer is put that a server draws into the picture.
CORNER = (639, 479)
RSA_AES = ('5', '6', '129', '130')

# kind: what the launcher calls it; types: values of --types and --subtypes; transport: a key of TRANSPORTS;
# secured: a word that the link says of itself, None: it says nothing.
Way = namedtuple('Way', 'kind security types transport secured')

TRANSPORTS = {
    'TCP': lambda env: ['--port', env['VNC_PORT']],
    'TLS first': lambda env: ['--uri', 'vncs://%s:%s' % (env['VNC_HOST'], env['VNC_PORT'])],
    'WebSocket': lambda env: ['--uri', env['VNC_WS_URL']],
    'UNIX socket': lambda env: ['--socket', env['VNC_SOCKET']],
    'UNIX socket, URI': lambda env: ['--uri', 'vnc+unix://' + env['VNC_SOCKET']],
    'reverse': lambda env: ['--listen', env['VNC_LISTEN_PORT']],
}

NAMES = {
    '1': 'None', '2': 'VNC', '5': 'RA2', '6': 'RA2ne', '16': 'Tight', '18': 'TLS', '19': 'VeNCrypt', '20': 'SASL', '129': 'RA2-256',
    '130': 'RA2ne-256', '256': 'Plain', '257': 'TLSNone', '258': 'TLSVnc', '259': 'TLSPlain', '260': 'X509None', '261': 'X509Vnc',
    '262': 'X509Plain', '263': 'X509SASL', '264': 'TLSSASL',
}
# Several at once, where the launcher does not list them.
SECURITY = {
    'tigervnc-all': ['19/262', '19/261', '19/259', '19/258', '2'],
    'qemu-wss': ['19/260'],
    'qt5-vnc': ['1'],
    'x11vnc-ssl': ['1'],
}
# Screens with fewer colours than the true picture, by the rule that the server makes them with (tests/servers/README.md).
NARROW = {
    'tightvnc-16bit': levels((31, 63, 31), 'nearest'),
    'libvncserver-16bit': levels((31, 31, 31), 'nearest'),
    'libvncserver-8bit': levels((7, 7, 3), 'nearest'),
}


def securities(kind):
    if kind in SECURITY:
        return SECURITY[kind]
    return [word for word in re.split(r', | and ', launcher.KINDS[kind]['sec']) if word]


def transports(kind):
    if kind.endswith('-reverse'):
        return ['reverse']
    if '-unix' in kind:
        return ['UNIX socket', 'UNIX socket, URI']
    return ['TLS first'] if kind == 'x11vnc-ssl' else ['TCP']


def secured(kind, security, transport):
    """What the link must say of itself."""
    outer, _, inner = security.partition('/')
    if transport == 'TLS first' or (transport == 'WebSocket' and kind.endswith('-wss')):
        return 'certificate'
    if outer == '20':
        return 'SASL'
    if outer == '19':
        return None if inner == '256' else 'anonymous, SASL' if inner == '264' else 'certificate' if int(inner) in range(260, 264) else 'anonymous'
    if outer == '18':
        return 'anonymous'
    return 'RSA-AES' if outer in ('5', '129') else None


def ways(kind):
    found = [(security, transport) for transport in transports(kind) for security in securities(kind)]
    if '-ws' in kind:
        # QEMU's WebSocket in TLS has its TLS outside, and no security type but that of the password inside.
        found.append(('1' if kind.endswith('-wss') else securities(kind)[0], 'WebSocket'))
    return [Way(kind, security, ['--types=' + security.split('/')[0], *(['--subtypes=' + security.split('/')[1]] if '/' in security else [])],
                transport, secured(kind, security, transport)) for security, transport in found]


def security_name(security):
    return ' '.join(NAMES.get(word, word) for word in security.split('/'))


def needs_password(way):
    """Whether the password is asked for: the last type of the stack tells."""
    return way.security.split('/')[-1] in ('2', '256', '258', '259', '261', '262', '263', '264', '20', *RSA_AES) and \
        way.kind != 'qemu-x509-sasl-anonymous'


def has_certificate(way):
    return way.secured == 'certificate'


def has_own_key(way):
    return way.security in RSA_AES


def picture_rule(way):
    """(same, remark): how the picture must be like the true one."""
    if way.kind in NARROW:
        return NARROW[way.kind], 'in the colours that the screen has'
    if way.kind == 'x11vnc-scale':
        return scaled, 'from the true ones scaled to 3/4, as far as that rounds'
    return (but_for_corner, 'beside the pointer that the server draws') if way.kind.startswith('vino') else (exactly, '')


def but_for_corner(here, there):
    if here[:2] == there[:2] and here[2][:-3] == there[2][:-3]:
        return None
    return exactly(here, there)


def but_for_edges(here, there):
    """Beside the last column and the last row."""
    def inside(picture):
        width, height, data = picture
        return width - 1, height - 1, b''.join(data[3 * y * width:3 * (y * width + width - 1)] for y in range(height - 1))
    return exactly(inside(here), inside(there))


def scaled(here, there):
    """x11vnc takes the mean of the area that becomes a pixel, and rounds it in steps."""
    width, height = there[0] * 3 // 4, there[1] * 3 // 4
    if here[:2] != (width, height):
        return 'size %dx%d, wanted is %dx%d' % (*here[:2], width, height)
    wrong = 0
    for y in range(height):
        rows = [(v, share) for v, share in parts(y)]
        for x in range(width):
            for channel in range(3):
                mean = sum(there[2][3 * (v * there[0] + u) + channel] * share * part
                           for v, share in rows for u, part in parts(x)) / 16
                if abs(mean - here[2][3 * (y * width + x) + channel]) >= 2:
                    wrong += 1
                    break
    return '%d of %d pixels differ' % (wrong, width * height) if wrong else None


def parts(at):
    """Four pixels become three, 4/3 of a pixel each: those that the one at this place is made of, in quarters of it."""
    first, phase = at // 3 * 4, at % 3
    return [((first, 3), (first + 1, 1)), ((first + 1, 2), (first + 2, 2)), ((first + 2, 1), (first + 3, 3))][phase]


class Real(Server):
    """A server whose true picture is always there to be seen."""
    def __init__(self, kind, *options):
        super().__init__(kind, *options)
        self.kind = kind

    def shot(self):
        if self.kind != 'qt5-vnc':
            return super().shot()
        # Qt gives none away: what a client of another make sees of it, in Raw.
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'probe.ppm')
            done = subprocess.run([sys.executable, os.path.join(SERVERS, 'rfb-probe.py'), '--quick', '--host', self.env['VNC_HOST'],
                                   '--port', self.env['VNC_PORT'], '--shot', path],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            check(os.path.exists(path), 'rfb-probe.py took no picture: %s', done.stdout.decode('utf-8', 'replace')[-500:])
            return vnclib.read_ppm(path)
