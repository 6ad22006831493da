# SPDX-License-Identifier: LGPL-2.1-or-later
# Helpers shared by vnc-server and rfb-probe.py: the DES of VNC authentication,
# a very small X11 client (draw a picture on the root window, read it back),
# PPM files, the test picture, and test certificates.
import os, socket, struct, subprocess, time

# How long an answer may take, in seconds, before it counts as lost.
PATIENCE = 60

# ---------------------------------------------------------------- DES --------
_IP = [58,50,42,34,26,18,10,2,60,52,44,36,28,20,12,4,62,54,46,38,30,22,14,6,64,56,48,40,32,24,16,8,
       57,49,41,33,25,17,9,1,59,51,43,35,27,19,11,3,61,53,45,37,29,21,13,5,63,55,47,39,31,23,15,7]
_FP = [40,8,48,16,56,24,64,32,39,7,47,15,55,23,63,31,38,6,46,14,54,22,62,30,37,5,45,13,53,21,61,29,
       36,4,44,12,52,20,60,28,35,3,43,11,51,19,59,27,34,2,42,10,50,18,58,26,33,1,41,9,49,17,57,25]
_E = [32,1,2,3,4,5,4,5,6,7,8,9,8,9,10,11,12,13,12,13,14,15,16,17,
      16,17,18,19,20,21,20,21,22,23,24,25,24,25,26,27,28,29,28,29,30,31,32,1]
_P = [16,7,20,21,29,12,28,17,1,15,23,26,5,18,31,10,2,8,24,14,32,27,3,9,19,13,30,6,22,11,4,25]
_PC1 = [57,49,41,33,25,17,9,1,58,50,42,34,26,18,10,2,59,51,43,35,27,19,11,3,60,52,44,36,
        63,55,47,39,31,23,15,7,62,54,46,38,30,22,14,6,61,53,45,37,29,21,13,5,28,20,12,4]
_PC2 = [14,17,11,24,1,5,3,28,15,6,21,10,23,19,12,4,26,8,16,7,27,20,13,2,
        41,52,31,37,47,55,30,40,51,45,33,48,44,49,39,56,34,53,46,42,50,36,29,32]
_SBOX = [
 [14,4,13,1,2,15,11,8,3,10,6,12,5,9,0,7,0,15,7,4,14,2,13,1,10,6,12,11,9,5,3,8,4,1,14,8,13,6,2,11,15,12,9,7,3,10,5,0,15,12,8,2,4,9,1,7,5,11,3,14,10,0,6,13],
 [15,1,8,14,6,11,3,4,9,7,2,13,12,0,5,10,3,13,4,7,15,2,8,14,12,0,1,10,6,9,11,5,0,14,7,11,10,4,13,1,5,8,12,6,9,3,2,15,13,8,10,1,3,15,4,2,11,6,7,12,0,5,14,9],
 [10,0,9,14,6,3,15,5,1,13,12,7,11,4,2,8,13,7,0,9,3,4,6,10,2,8,5,14,12,11,15,1,13,6,4,9,8,15,3,0,11,1,2,12,5,10,14,7,1,10,13,0,6,9,8,7,4,15,14,3,11,5,2,12],
 [7,13,14,3,0,6,9,10,1,2,8,5,11,12,4,15,13,8,11,5,6,15,0,3,4,7,2,12,1,10,14,9,10,6,9,0,12,11,7,13,15,1,3,14,5,2,8,4,3,15,0,6,10,1,13,8,9,4,5,11,12,7,2,14],
 [2,12,4,1,7,10,11,6,8,5,3,15,13,0,14,9,14,11,2,12,4,7,13,1,5,0,15,10,3,9,8,6,4,2,1,11,10,13,7,8,15,9,12,5,6,3,0,14,11,8,12,7,1,14,2,13,6,15,0,9,10,4,5,3],
 [12,1,10,15,9,2,6,8,0,13,3,4,14,7,5,11,10,15,4,2,7,12,9,5,6,1,13,14,0,11,3,8,9,14,15,5,2,8,12,3,7,0,4,10,1,13,11,6,4,3,2,12,9,5,15,10,11,14,1,7,6,0,8,13],
 [4,11,2,14,15,0,8,13,3,12,9,7,5,10,6,1,13,0,11,7,4,9,1,10,14,3,5,12,2,15,8,6,1,4,11,13,12,3,7,14,10,15,6,8,0,5,9,2,6,11,13,8,1,4,10,7,9,5,0,15,14,2,3,12],
 [13,2,8,4,6,15,11,1,10,9,3,14,5,0,12,7,1,15,13,8,10,3,7,4,12,5,6,11,0,14,9,2,7,11,4,1,9,12,14,2,0,6,10,13,15,3,5,8,2,1,14,7,4,10,8,13,15,12,9,0,3,5,6,11]]

def _perm(v, width, table):
    out = 0
    for p in table:
        out = (out << 1) | ((v >> (width - p)) & 1)
    return out

def des_block(key8, block8):
    """One DES-ECB encryption of eight bytes."""
    k = _perm(int.from_bytes(key8, 'big'), 64, _PC1)
    c, d = k >> 28, k & 0xfffffff
    keys = []
    for r in range(16):
        s = 1 if r in (0, 1, 8, 15) else 2
        c = ((c << s) | (c >> (28 - s))) & 0xfffffff
        d = ((d << s) | (d >> (28 - s))) & 0xfffffff
        keys.append(_perm((c << 28) | d, 56, _PC2))
    v = _perm(int.from_bytes(block8, 'big'), 64, _IP)
    l, r = v >> 32, v & 0xffffffff
    for k in keys:
        e = _perm(r, 32, _E) ^ k
        f = 0
        for i in range(8):
            six = (e >> (42 - 6 * i)) & 63
            f = (f << 4) | _SBOX[i][((six & 0x20) | ((six & 1) << 4)) | ((six >> 1) & 15)]
        l, r = r, l ^ _perm(f, 32, _P)
    return _perm((r << 32) | l, 64, _FP).to_bytes(8, 'big')

def _mirror(b):
    return int('{:08b}'.format(b)[::-1], 2)

def vnc_key(password):
    raw = password.encode('latin-1', 'replace')[:8].ljust(8, b'\0')
    return bytes(_mirror(b) for b in raw)

def vnc_response(password, challenge):
    k = vnc_key(password)
    return b''.join(des_block(k, challenge[i:i + 8]) for i in range(0, len(challenge), 8))

def vnc_passwd_file(password):
    """The eight bytes of a VNC password file (a fixed, public key)."""
    fixed = bytes(_mirror(b) for b in (23, 82, 107, 6, 35, 78, 88, 7))
    return des_block(fixed, password.encode('latin-1')[:8].ljust(8, b'\0'))

# ---------------------------------------------------------------- pictures ---
def write_ppm(path, w, h, rgb):
    with open(path, 'wb') as f:
        f.write(b'P6\n%d %d\n255\n' % (w, h))
        f.write(rgb)

def read_ppm(path):
    data = open(path, 'rb').read()
    fields, pos = [], 0
    while len(fields) < 4:
        while data[pos:pos + 1].isspace():
            pos += 1
        if data[pos:pos + 1] == b'#':
            pos = data.index(b'\n', pos) + 1
            continue
        end = pos
        while not data[end:end + 1].isspace():
            end += 1
        fields.append(data[pos:end])
        pos = end
    if fields[0] != b'P6' or int(fields[3]) != 255:
        raise ValueError('%s: not a P6 picture of depth 255' % path)
    w, h = int(fields[1]), int(fields[2])
    return w, h, data[pos + 1:pos + 1 + w * h * 3]

def test_card(w, h):
    """A picture with an area for each trick an encoder has: one colour, two
    colours, few colours, smooth gradients, noise, thin lines, text-like dots."""
    buf = bytearray(w * h * 3)
    bars = [(255,255,255),(255,255,0),(0,255,255),(0,255,0),(255,0,255),(255,0,0),(0,0,255),(0,0,0)]
    rows, seed = [], 12345
    band = max(1, h // 8)
    for y in range(h):
        zone = min(7, y // band)
        row = bytearray(w * 3)
        if zone == 0:                              # colour bars: few colours
            for x in range(w):
                row[3*x:3*x+3] = bytes(bars[x * 8 // w])
        elif zone == 1:                            # horizontal gradient
            for x in range(w):
                v = x * 255 // max(1, w - 1)
                row[3*x:3*x+3] = bytes((v, 255 - v, (v * 2) & 255))
        elif zone == 2:                            # two colours, small dots
            for x in range(w):
                on = ((x * 7 + y * 13) ^ (x >> 2) ^ (y >> 1)) % 5 == 0
                row[3*x:3*x+3] = b'\0\0\x80' if on else b'\xf0\xf0\xe0'
        elif zone == 3:                            # noise
            out = bytearray()
            for x in range(w):
                seed = (seed * 1103515245 + 12345) & 0x7fffffff
                out += bytes(((seed >> 8) & 255, (seed >> 14) & 255, (seed >> 20) & 255))
            row[:] = out
        elif zone == 4:                            # one solid colour
            row[:] = b'\x33\x66\x99' * w
        elif zone == 5:                            # two-way gradient
            for x in range(w):
                row[3*x:3*x+3] = bytes((x & 255, y & 255, (x ^ y) & 255))
        elif zone == 6:                            # lines of one pixel, 16 colours
            for x in range(w):
                c = (x // 3 + y // 5) % 16
                row[3*x:3*x+3] = bytes((c * 17, (c * 5 % 16) * 17, (15 - c) * 17))
        else:                                      # checks of 8, grey steps
            for x in range(w):
                g = ((x // 8) * 8) & 255 if (x // 8 + y // 8) & 1 else 255
                row[3*x:3*x+3] = bytes((g, g, g))
        rows.append(bytes(row))
    return b''.join(rows)

def compare(a, b):
    """(width equal, different pixels, largest difference of one channel)"""
    wa, ha, da = a
    wb, hb, db = b
    if (wa, ha) != (wb, hb):
        return False, max(wa * ha, wb * hb), 255
    if da == db:
        return True, 0, 0
    n = worst = 0
    for i in range(0, len(da), 3):
        if da[i:i+3] != db[i:i+3]:
            n += 1
            d = max(abs(da[i] - db[i]), abs(da[i+1] - db[i+1]), abs(da[i+2] - db[i+2]))
            if d > worst:
                worst = d
    return True, n, worst

# ---------------------------------------------------------------- X11 --------
class X11:
    """Enough of the X11 protocol to paint the root window and read it back,
    over the server's Unix socket; servers are started with -ac, so there is no
    authorisation to give."""
    def __init__(self, number):
        self.s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.s.settimeout(PATIENCE)
        self.s.connect('/tmp/.X11-unix/X%d' % number)
        self.s.sendall(struct.pack('<BxHHHHxx', 0x6c, 11, 0, 0, 0))
        head = self._get(8)
        body = self._get(struct.unpack('<H', head[6:8])[0] * 4)
        if head[0] != 1:
            raise OSError('X server refused: %r' % body)
        self.base, = struct.unpack('<I', body[4:8])
        vendor, self.maxreq, nscreens, nformats = struct.unpack('<HHBB', body[16:22])
        self.lsb = body[22] == 0
        pos = 32 + vendor + (-vendor % 4)
        self.bpp = {}
        for _ in range(nformats):
            self.bpp[body[pos]] = body[pos + 1]
            pos += 8
        self.root, = struct.unpack('<I', body[pos:pos + 4])
        self.w, self.h = struct.unpack('<HH', body[pos + 20:pos + 24])
        self.visual, = struct.unpack('<I', body[pos + 32:pos + 36])
        self.depth = body[pos + 38]
        self.masks = (0xff0000, 0xff00, 0xff)
        ndepths, pos = body[pos + 39], pos + 40
        for _ in range(ndepths):
            nvis, = struct.unpack('<H', body[pos + 2:pos + 4])
            pos += 8
            for _ in range(nvis):
                if struct.unpack('<I', body[pos:pos + 4])[0] == self.visual:
                    self.masks = struct.unpack('<III', body[pos + 8:pos + 20])
                pos += 24
        self.next = 0

    def _get(self, n):
        parts = []
        while n:
            got = self.s.recv(min(n, 1 << 20))
            if not got:
                raise OSError('X server closed the connection')
            parts.append(got)
            n -= len(got)
        return b''.join(parts)

    def close(self):
        self.s.close()

    def xid(self):
        self.next += 1
        return self.base + self.next

    def req(self, op, data, body):
        body += b'\0' * (-len(body) % 4)
        self.s.sendall(struct.pack('<BBH', op, data, 1 + len(body) // 4) + body)

    def reply(self):
        while True:
            head = self._get(32)
            if head[0] == 1:
                return head + self._get(struct.unpack('<I', head[4:8])[0] * 4)
            if head[0] == 0:
                raise OSError('X error %d, request %d' % (head[1], head[10]))

    def sync(self):
        self.req(43, 0, b'')                       # GetInputFocus
        self.reply()

    def _encode(self, rgb):
        if self.bpp[self.depth] == 32 and self.masks == (0xff0000, 0xff00, 0xff):
            out = bytearray(len(rgb) // 3 * 4)
            out[0::4], out[1::4], out[2::4] = rgb[2::3], rgb[1::3], rgb[0::3]
            return bytes(out)
        if self.bpp[self.depth] == 16:
            return b''.join(struct.pack('<H', (rgb[i] >> 3) << 11 | (rgb[i+1] >> 2) << 5 | rgb[i+2] >> 3)
                            for i in range(0, len(rgb), 3))
        raise OSError('cannot paint a screen of depth %d' % self.depth)

    def paint(self, w, h, rgb, window=None):
        """Make the picture the background of the root window, hide the pointer."""
        pix, gc, cur, bit = self.xid(), self.xid(), self.xid(), self.xid()
        self.req(53, self.depth, struct.pack('<IIHH', pix, self.root, w, h))
        self.req(55, 0, struct.pack('<III', gc, pix, 0))
        line = w * self.bpp[self.depth] // 8
        line += -line % 4
        step = max(1, (min(self.maxreq, 65535) * 4 - 64) // line)
        for y in range(0, h, step):
            n = min(step, h - y)
            raw = self._encode(rgb[y * w * 3:(y + n) * w * 3])
            if len(raw) != n * line:                # pad each line to 32 bits
                u = len(raw) // n
                raw = b''.join(raw[i*u:(i+1)*u] + b'\0' * (line - u) for i in range(n))
            self.req(72, 2, struct.pack('<IIHHhhBBxx', pix, gc, w, n, 0, y, 0, self.depth) + raw)
        self.req(53, 1, struct.pack('<IIHH', bit, self.root, 1, 1))
        bgc = self.xid()
        self.req(55, 0, struct.pack('<IIII', bgc, bit, 4, 0))      # foreground 0
        self.req(70, 0, struct.pack('<IIhhHH', bit, bgc, 0, 0, 1, 1))
        self.req(93, 0, struct.pack('<IIIHHHHHHHH', cur, bit, bit, 0, 0, 0, 0, 0, 0, 0, 0))
        self.req(2, 0, struct.pack('<IIII', self.root, 1 | 1 << 14, pix, cur))
        self.req(61, 0, struct.pack('<IHHHH', self.root, 0, 0, 0, 0))
        self.req(112, 1, b'')                      # keep it all when this client goes
        self.sync()

    def fill(self, x, y, w, h, rgb):
        gc = self.xid()
        px = int.from_bytes(self._encode(bytes(rgb)), 'little')
        self.req(55, 0, struct.pack('<IIIII', gc, self.root, 4 | 1 << 15, px, 1))
        self.req(70, 0, struct.pack('<IIhhHH', self.root, gc, x, y, w, h))
        self.req(60, 0, struct.pack('<I', gc))
        self.sync()

    def copy(self, sx, sy, dx, dy, w, h):
        gc = self.xid()
        self.req(55, 0, struct.pack('<IIII', gc, self.root, 1 << 15, 1))
        self.req(62, 0, struct.pack('<IIIhhhhHH', self.root, self.root, gc, sx, sy, dx, dy, w, h))
        self.req(60, 0, struct.pack('<I', gc))
        self.sync()

    def pointer(self):
        """(x, y, mask): where the pointer is on the root window; button 1 is bit 8 of the mask."""
        self.req(38, 0, struct.pack('<I', self.root))              # QueryPointer
        r = self.reply()
        return struct.unpack('<hhxxxxH', r[16:26])

    def keys_down(self):
        """Numbers of the keys that are held."""
        self.req(44, 0, b'')                       # QueryKeymap
        bits = self.reply()[8:40]
        return [i for i in range(256) if bits[i // 8] >> i % 8 & 1]

    def take_focus(self):
        """Puts a window of one pixel into the corner and gives it the keyboard, until this connection is closed."""
        window = self.xid()
        self.req(1, 0, struct.pack('<IIhhHHHHII', window, self.root, 0, 0, 1, 1, 0, 2, 0, 0))        # CreateWindow, InputOnly
        self.req(8, 0, struct.pack('<I', window))                  # MapWindow
        self.req(42, 0, struct.pack('<II', window, 0))             # SetInputFocus, revert to none, now
        self.sync()

    def atom(self, name):
        self.req(16, 0, struct.pack('<HH', len(name), 0) + name.encode())    # InternAtom
        return struct.unpack('<I', self.reply()[8:12])[0]

    def close_window(self, window):
        """Asks for the end of a window as a window manager does."""
        event = struct.pack('<BBHIIII12x', 33, 32, 0, window, self.atom('WM_PROTOCOLS'), self.atom('WM_DELETE_WINDOW'), 0)
        self.req(25, 0, struct.pack('<II', window, 0) + event)     # SendEvent
        self.sync()

    def cursor(self):
        """A visible two-colour cross as the root window's pointer."""
        src, msk, cur = self.xid(), self.xid(), self.xid()
        for pid, arm in ((src, 1), (msk, 3)):
            self.req(53, 1, struct.pack('<IIHH', pid, self.root, 16, 16))
            gc = self.xid()
            self.req(55, 0, struct.pack('<IIII', gc, pid, 4, 0))
            self.req(70, 0, struct.pack('<IIhhHH', pid, gc, 0, 0, 16, 16))
            self.req(56, 0, struct.pack('<III', gc, 4, 1))
            o = 7 - arm // 2
            self.req(70, 0, struct.pack('<IIhhHHhhHH', pid, gc, o, 0, arm, 16, 0, o, 16, arm))
        self.req(93, 0, struct.pack('<IIIHHHHHHHH', cur, src, msk, 65535, 0, 0, 0, 0, 65535, 7, 7))
        self.req(2, 0, struct.pack('<III', self.root, 1 << 14, cur))
        self.sync()

    def shot(self):
        self.req(14, 0, struct.pack('<I', self.root))              # GetGeometry
        g = self.reply()
        w, h = struct.unpack('<HH', g[16:20])
        bpp = self.bpp[self.depth]
        line = w * bpp // 8
        line += -line % 4
        out, step = [], max(1, (1 << 22) // line)
        for y in range(0, h, step):
            n = min(step, h - y)
            self.req(73, 2, struct.pack('<IhhHHI', self.root, 0, y, w, n, 0xffffffff))
            d = self.reply()[32:]
            for i in range(n):
                d0 = d[i * line:i * line + w * bpp // 8]
                row = bytearray(w * 3)
                if bpp == 32:
                    row[0::3], row[1::3], row[2::3] = d0[2::4], d0[1::4], d0[0::4]
                else:
                    for j, (v,) in enumerate(struct.iter_unpack('<H', d0)):
                        r, gg, b = v >> 11, (v >> 5) & 63, v & 31
                        row[3*j:3*j+3] = bytes((r << 3 | r >> 2, gg << 2 | gg >> 4, b << 3 | b >> 2))
                out.append(bytes(row))
        return w, h, b''.join(out)

# ---------------------------------------------------------------- QMP --------
class Qmp:
    def __init__(self, path):
        import json
        self.json = json
        self.s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.s.settimeout(PATIENCE)
        self.s.connect(path)
        self.f = self.s.makefile('rw')
        self.events = []
        self.f.readline()
        self.cmd('qmp_capabilities')

    def cmd(self, name, **args):
        self.f.write(self.json.dumps({'execute': name, 'arguments': args}) + '\n')
        self.f.flush()
        while True:
            m = self.json.loads(self.f.readline())
            if 'event' in m:
                self.events.append(m)
            elif 'error' in m:
                raise OSError('%s: %s' % (name, m['error'].get('desc')))
            else:
                return m.get('return')

    def hmp(self, line):
        return self.cmd('human-monitor-command', **{'command-line': line})

# ---------------------------------------------------------------- certs ------
def _openssl(d, *args):
    r = subprocess.run(('openssl',) + args, cwd=d, stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if r.returncode:
        raise OSError('openssl %s: %s' % (args[0], r.stdout.decode('utf-8', 'replace')[-400:]))

def make_certs(d, flavour='good'):
    """ca-cert.pem, server-{key,cert}.pem, client-{key,cert}.pem, server-both.pem
    and ca-crl.pem in d.  flavour: good; wronghost (a name and an address that
    are not this server's); expired; unknownca (ca-cert.pem is another CA's);
    noname (good for nothing but its common name, localhost)."""
    def ca(prefix, name):
        _openssl(d, 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', prefix + '-key.pem',
                 '-out', prefix + '-cert.pem', '-days', '30', '-subj', '/O=test/CN=' + name,
                 '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign')
    def leaf(prefix, cn, ext, days, issuer='ca'):
        _openssl(d, 'req', '-newkey', 'rsa:2048', '-nodes', '-keyout', prefix + '-key.pem',
                 '-out', prefix + '.csr', '-subj', '/O=test/CN=' + cn)
        with open(os.path.join(d, prefix + '.ext'), 'w') as f:
            f.write('basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n' + ext)
        _openssl(d, 'x509', '-req', '-in', prefix + '.csr', '-CA', issuer + '-cert.pem', '-CAkey', issuer + '-key.pem',
                 '-CAcreateserial', '-days', str(days), '-extfile', prefix + '.ext', '-out', prefix + '-cert.pem')
    ca('ca', 'test CA')
    san = 'extendedKeyUsage=serverAuth\n'
    if flavour == 'wronghost':
        san += 'subjectAltName=DNS:other.example,IP:192.0.2.1\n'
    elif flavour != 'noname':
        san += 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n'
    leaf('server', 'other.example' if flavour == 'wronghost' else 'localhost', san,
         0 if flavour == 'expired' else 30)
    leaf('client', 'test client', 'extendedKeyUsage=clientAuth\n', 30)
    with open(os.path.join(d, 'server-both.pem'), 'w') as f:
        f.write(open(os.path.join(d, 'server-key.pem')).read() + open(os.path.join(d, 'server-cert.pem')).read())
    if flavour == 'unknownca':
        for n in ('ca-cert.pem', 'ca-key.pem'):
            os.rename(os.path.join(d, n), os.path.join(d, 'real-' + n))
        ca('ca', 'some other CA')
    if flavour == 'expired':
        time.sleep(1.1)
