#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ask an RFB server what it can do.

  rfb-probe.py [--host H] [--port N] [--unix PATH] [--ws URL] [--tls-first] [--password P] [--user U]
               [--security N[/N]] [--json] [--quick] [--shot OUT.ppm] [--encoding N]
Without options it takes the server from the environment that vnc-server gives (VNC_PORT, VNC_SOCKET, ...).

Prints the version, the security types and sub-types offered, ServerInit, the encodings that the server
answers with when asked for them alone, the pseudo-encodings and messages it shows, and the sub-encodings
of Tight and ZRLE seen in one picture.  --quick: no encodings.  --shot: the picture, in Raw.
"""
import base64, hashlib, hmac, json, os, re, socket, ssl, struct, sys, time, zlib
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import vnclib

SEC = {0: 'Invalid', 1: 'None', 2: 'VncAuth', 5: 'RA2', 6: 'RA2ne', 16: 'Tight', 17: 'Ultra', 18: 'TLS', 19: 'VeNCrypt',
       20: 'SASL', 21: 'MD5', 22: 'xvp', 30: 'AppleDH', 35: 'AppleDH-35', 36: 'AppleDH-36', 113: 'MSLogonII',
       129: 'RA2_256', 130: 'RA2ne_256', 256: 'Plain', 257: 'TLSNone', 258: 'TLSVnc', 259: 'TLSPlain', 260: 'X509None',
       261: 'X509Vnc', 262: 'X509Plain', 263: 'X509Sasl', 264: 'TLSSasl'}
ENC = [('Raw', 0), ('CopyRect', 1), ('RRE', 2), ('CoRRE', 4), ('Hextile', 5), ('Zlib', 6), ('Tight', 7), ('ZlibHex', 8),
       ('Ultra', 9), ('TRLE', 15), ('ZRLE', 16), ('ZYWRLE', 17), ('H.264', 20), ('JPEG', 21), ('JRLE', 22), ('OpenH264', 50),
       ('TightPNG', -260), ('TightWithoutZlib', -317)]
PSEUDO = [('DesktopSize', -223), ('LastRect', -224), ('PointerPos', -232), ('Cursor', -239), ('XCursor', -240),
          ('QEMU pointer motion', -257), ('QEMU ext key', -258), ('QEMU audio', -259), ('QEMU LED state', -261),
          ('GII', -305), ('DesktopName', -307), ('ExtendedDesktopSize', -308), ('xvp', -309), ('Fence', -312),
          ('ContinuousUpdates', -313), ('CursorWithAlpha', -314), ('ExtendedMouseButtons', -316), ('TightEncodingWithoutZlib', -317),
          ('VMware cursor', 0x574d5664), ('VMware cursor state', 0x574d5665), ('VMware cursor position', 0x574d5666),
          ('VMware LED state', 0x574d5668), ('VMware display mode', 0x574d5669), ('VMware virtual machine state', 0x574d566a),
          ('ExtendedClipboard', -0x3f5e1a32), ('KeyboardLedState', -0x20000), ('SupportedMessages', -0x1ffff),
          ('SupportedEncodings', -0x1fffe), ('ServerIdentity', -0x1fffd)]
CURSORS = {-239, -240, -314, 0x574d5664}
NAME = {n: s for s, n in ENC + PSEUDO}
MSG = {0: 'FramebufferUpdate', 1: 'SetColourMapEntries', 2: 'Bell', 3: 'ServerCutText', 4: 'ResizeFrameBuffer', 11: 'TextChat',
       13: 'KeepAlive', 150: 'EndOfContinuousUpdates', 173: 'ServerState', 248: 'Fence', 250: 'xvp', 252: 'Tight', 253: 'GII', 255: 'QEMU'}

class Refused(Exception):
    pass

class Conn:
    def __init__(self, o):
        self.o, self.pend = o, b''
        self.said = {}
        if o['unix']:
            self.s = socket.socket(socket.AF_UNIX)
            self.s.settimeout(o['timeout'])
            self.s.connect(o['unix'])
        else:
            self.s = socket.create_connection((o['host'], o['port']), o['timeout'])
        self.s.settimeout(o['timeout'])
        if o['tls-first']:
            self.tls(True)
        self.ws = False
        if o['ws']:
            m = re.match(r'(wss?)://([^:/]+):(\d+)(/.*)', o['ws'])
            self.s.close()
            self.s = socket.create_connection((m.group(2), int(m.group(3))), o['timeout'])
            if m.group(1) == 'wss':
                self.tls(True)
            key = base64.b64encode(os.urandom(16)).decode()
            self.s.sendall(('GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: %s\r\n'
                            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: binary\r\nOrigin: http://%s\r\n\r\n' % (m.group(4), m.group(2), key, m.group(2))).encode())
            head = b''
            while b'\r\n\r\n' not in head:
                got = self.s.recv(1)
                if not got:
                    raise Refused('WebSocket: %r' % head)
                head += got
            self.said['websocket'] = head.split(b'\r\n')[0].decode()
            if b' 101 ' not in head:
                raise Refused(self.said['websocket'])
            self.ws = True

    def tls(self, x509):
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        c.check_hostname = False
        c.verify_mode = ssl.CERT_NONE
        if x509:
            if self.o['ca']:
                c.load_verify_locations(self.o['ca'])
                c.verify_mode = ssl.CERT_REQUIRED
                c.check_hostname = True
            if self.o['cert']:
                c.load_cert_chain(self.o['cert'], self.o['key'])
        else:
            c.maximum_version = ssl.TLSVersion.TLSv1_2
            c.set_ciphers('aNULL:@SECLEVEL=0')
        self.s = c.wrap_socket(self.s, server_hostname='127.0.0.1')
        self.said['tls'] = '%s %s' % (self.s.version(), self.s.cipher()[0])

    def raw_read(self, n):
        out = b''
        while len(out) < n:
            got = self.s.recv(min(1 << 20, n - len(out)))
            if not got:
                raise EOFError('the server closed the connection')
            out += got
        return out

    def read(self, n):
        while self.ws and len(self.pend) < n:
            h = self.raw_read(2)
            size = h[1] & 127
            if size == 126:
                size, = struct.unpack('>H', self.raw_read(2))
            elif size == 127:
                size, = struct.unpack('>Q', self.raw_read(8))
            body = self.raw_read(size)
            if h[0] & 15 == 8:
                raise EOFError('WebSocket close')
            self.said['ws opcode'] = h[0] & 15
            self.pend += body
        if self.ws:
            out, self.pend = self.pend[:n], self.pend[n:]
            return out
        return self.raw_read(n)

    def u(self, f):
        return struct.unpack('>' + f, self.read(struct.calcsize('>' + f)))

    def send(self, b):
        if self.ws:
            mask = os.urandom(4)
            head = bytes([0x82, 0x80 | len(b)]) if len(b) < 126 else bytes([0x82, 0xfe]) + struct.pack('>H', len(b))
            b = head + mask + bytes(c ^ mask[i & 3] for i, c in enumerate(b))
        self.s.sendall(b)

    # ---- handshake
    def reason(self):
        n, = self.u('I')
        return self.read(min(n, 4096)).decode('utf-8', 'replace')

    def handshake(self):
        v = self.read(12)
        self.said['version'] = v.decode('latin-1').strip()
        m = re.match(rb'RFB (\d{3})\.(\d{3})\n', v)
        if not m:
            raise Refused('not RFB: %r' % v)
        minor = int(m.group(2)) if int(m.group(1)) == 3 else 8
        self.minor = 8 if minor >= 8 else 7 if minor == 7 else 3
        self.send(b'RFB 003.%03d\n' % self.minor)
        if self.minor == 3:
            t, = self.u('I')
            self.said['security'] = [t]
            if t == 0:
                raise Refused(self.reason())
        else:
            n, = self.u('B')
            if n == 0:
                raise Refused(self.reason())
            types = list(self.read(n))
            self.said['security'] = types
            want = self.o['security'][0] if self.o['security'] else None
            t = want if want in types else next((x for x in (19, 18, 20, 2, 16, 1) if x in types), None)
            if t is None:
                raise Refused('no security type that this probe speaks')
            self.send(bytes([t]))
        self.tight = False
        self.auth(t)
        if self.minor == 8 or not self.none:      # before 3.8 None has no result, inside TLS (18) too
            self.result()

    def result(self):
        r, = self.u('I')
        if r:
            raise Refused('authentication failed' + (': ' + self.reason() if self.minor == 8 else ' (%d)' % r))

    def auth(self, t):
        self.none = t in (1,)
        if t == 1:
            return
        if t == 2:
            ch = self.read(16)
            self.send(vnclib.vnc_response(self.o['password'] or '', ch))
        elif t == 16:
            self.tight = True
            n, = self.u('I')
            self.said['tight tunnels'] = [self.cap() for _ in range(n)]
            if n:
                self.send(struct.pack('>I', 0))
            n, = self.u('I')
            caps = [self.cap() for _ in range(n)]
            self.said['tight auth'] = caps
            if not n:
                self.none = True
                return
            code = 2 if any(c[0] == 2 for c in caps) else 1
            self.send(struct.pack('>I', code))
            self.auth(code)
        elif t == 18:
            self.tls(False)
            n, = self.u('B')
            inner = list(self.read(n))
            self.said['TLS (18) inner'] = inner
            x = 2 if 2 in inner else inner[0]
            self.send(bytes([x]))
            self.auth(x)
        elif t == 19:
            major, minor = self.u('BB')
            self.said['vencrypt'] = '%d.%d' % (major, minor)
            self.send(bytes([0, 2]))
            ok, = self.u('B')
            if ok:
                raise Refused('VeNCrypt version refused')
            n, = self.u('B')
            subs = list(self.u('%dI' % n))
            self.said['vencrypt sub-types'] = subs
            want = self.o['security'][1] if len(self.o['security']) > 1 else None
            s = want if want in subs else next((x for x in subs if 256 <= x <= 264), None)
            if s is None:
                raise Refused('no VeNCrypt sub-type that this probe speaks')
            self.send(struct.pack('>I', s))
            if s != 256:
                ok, = self.u('B')
                if ok != 1:
                    raise Refused('VeNCrypt sub-type refused')
                self.tls(s in (260, 261, 262, 263))
            self.none = s in (257, 260)
            if s in (258, 261):
                self.auth(2)
            elif s in (256, 259, 262):
                u, p = (self.o['user'] or '').encode(), (self.o['password'] or '').encode()
                self.send(struct.pack('>II', len(u), len(p)) + u + p)
            elif s in (263, 264):
                self.auth(20)
        elif t == 20:
            n, = self.u('I')
            mechs = self.read(n).decode()
            self.said['SASL mechanisms'] = mechs
            self.sasl(re.split(r'[ ,]+', mechs))
        else:
            raise Refused('security type %d: not spoken by this probe' % t)

    def sasl(self, mechs):
        user, pw = (self.o['user'] or '').encode(), (self.o['password'] or '').encode()
        def step_out(mech, data):
            if mech is not None:
                self.send(struct.pack('>I', len(mech)) + mech.encode())
            self.send(struct.pack('>I', len(data) + 1) + data + b'\0' if data is not None else struct.pack('>I', 0))
        def step_in():
            n, = self.u('I')
            d = self.read(n)
            done, = self.u('B')
            return d[:-1] if d.endswith(b'\0') else d, done
        if 'PLAIN' in mechs:
            step_out('PLAIN', b'\0' + user + b'\0' + pw)
            return step_in()
        if 'ANONYMOUS' in mechs:
            step_out('ANONYMOUS', b'probe')
            return step_in()
        m = next((x for x in mechs if x in ('SCRAM-SHA-256', 'SCRAM-SHA-1')), None)
        if not m:
            raise Refused('no SASL mechanism that this probe speaks')
        h = {'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-1': 'sha1'}[m]
        nonce = base64.b64encode(os.urandom(12)).decode()
        first = 'n=%s,r=%s' % (user.decode(), nonce)
        step_out(m, ('n,,' + first).encode())
        srv, done = step_in()
        f = dict(x.split('=', 1) for x in srv.decode().split(','))
        salted = hashlib.pbkdf2_hmac(h, pw, base64.b64decode(f['s']), int(f['i']))
        ck = hmac.new(salted, b'Client Key', h).digest()
        last = 'c=biws,r=' + f['r']
        msg = ','.join((first, srv.decode(), last)).encode()
        sig = hmac.new(hashlib.new(h, ck).digest(), msg, h).digest()
        proof = base64.b64encode(bytes(a ^ b for a, b in zip(ck, sig))).decode()
        step_out(None, (last + ',p=' + proof).encode())
        srv, done = step_in()
        if not done:
            step_out(None, b'')
            step_in()

    def cap(self):
        code, vendor, name = self.u('i4s8s')
        return [code, vendor.decode('latin-1'), name.decode('latin-1').rstrip('\0')]

    def init(self, shared=1):
        self.send(bytes([shared]))
        self.w, self.h = self.u('HH')
        f = self.u('BBBBHHHBBB3x')
        n, = self.u('I')
        self.name = self.read(n).decode('utf-8', 'replace')
        self.said['size'] = '%dx%d' % (self.w, self.h)
        self.said['name'] = self.name
        self.said['format'] = dict(zip(('bpp', 'depth', 'big-endian', 'true-colour', 'rmax', 'gmax', 'bmax', 'rshift', 'gshift', 'bshift'), f))
        self.bpp = f[0]
        if self.tight:
            a, b, c = self.u('HHH2x')
            self.said['tight server messages'] = [self.cap() for _ in range(a)]
            self.said['tight client messages'] = [self.cap() for _ in range(b)]
            self.said['tight encodings'] = [self.cap() for _ in range(c)]
        # 32 bits, depth 24: what every other test asks for
        self.send(struct.pack('>BxxxBBBBHHHBBBxxx', 0, 32, 24, 0, 1, 255, 255, 255, 16, 8, 0))
        self.bpp = 32

    def encodings(self, *list_):
        self.send(struct.pack('>BxH%di' % len(list_), 2, len(list_), *list_))

    def request(self, incremental=0, w=None, h=None):
        self.send(struct.pack('>BBHHHH', 3, incremental, 0, 0, w or self.w, h or self.h))

    # ---- server messages; returns the list of rectangles (encoding, ...) of one update
    def compact(self):
        n = b = self.u('B')[0]
        n &= 127
        if b & 128:
            b, = self.u('B')
            n |= (b & 127) << 7
            if b & 128:
                n |= self.u('B')[0] << 14
        return n

    def message(self, seen, sub, picture=None):
        t, = self.u('B')
        seen.append(MSG.get(t, 'message %d' % t))
        if t == 0:
            n, = self.u('xH')
            rects = []
            if n == 65535:
                sub['LastRect used'] = sub.get('LastRect used', 0) + 1
            while n:
                n -= 1
                x, y, w, h, e = self.u('HHHHi')
                rects.append((e, x, y, w, h))
                if e == -224:
                    break
                if not self.skip(e, x, y, w, h, sub, picture):
                    rects.append(('unreadable', e))
                    return rects
            return rects
        if t == 1:
            a, n = self.u('xHH')
            self.read(6 * n)
            sub['colours'] = n
        elif t == 3:
            n, = self.u('xxxi')
            if n < 0:
                d = self.read(-n)
                flags, = struct.unpack('>I', d[:4])
                sub['extended clipboard flags'] = '0x%08x' % flags
                seen[-1] = 'ServerCutText extended'
            else:
                self.read(n)
        elif t == 150:
            pass
        elif t == 248:
            f, n = self.u('xxxIB')
            d = self.read(n)
            sub['fence flags'] = '0x%08x' % f
            self.send(struct.pack('>BxxxIB', 248, f & 0x7fffffff & 7, n) + d)
        elif t == 250:
            sub['xvp'] = 'version %d code %d' % self.u('xBB')
        elif t == 253:
            e, n = self.u('BH')
            self.read(n if e & 0x80 else n)
        elif t == 255:
            s, = self.u('B')
            if s == 1:
                op, = self.u('H')
                seen[-1] = 'QEMU audio op %d' % op
                if op == 2:
                    n, = self.u('I')
                    self.read(n)
        elif t == 2:
            pass
        else:
            return None
        return []

    def skip(self, e, x, y, w, h, sub, picture):
        px = self.bpp // 8
        if e == 0:
            d = self.read(w * h * px)
            if picture is not None:
                picture.append((x, y, w, h, d))
        elif e == 1:
            self.read(4)
        elif e in (2, 4):
            n, = self.u('I')
            self.read(px + n * (px + (8 if e == 2 else 4)))
        elif e == 5:
            for ty in range(0, h, 16):
                for tx in range(0, w, 16):
                    tw, th = min(16, w - tx), min(16, h - ty)
                    f, = self.u('B')
                    if f & 1:
                        self.read(tw * th * px)
                        continue
                    self.read(px * (bool(f & 2) + bool(f & 4)))
                    if f & 8:
                        n, = self.u('B')
                        self.read(n * (2 + (px if f & 16 else 0)))
        elif e in (6, 9, 16, 17, 8):
            if e == 8:
                return False
            n, = self.u('I')
            d = self.read(n)
            if e == 16:
                self.zrle(d, w, h, sub)
        elif e in (7, -260):
            self.tight_rect(w, h, sub, e)
        elif e in (-223, -232, -257, -258, -259, -224):
            pass
        elif e == -239:
            self.read(w * h * px + (w + 7) // 8 * h)
        elif e == -240:
            if w * h:
                self.read(6 + 2 * ((w + 7) // 8 * h))
        elif e == -314:
            enc, = self.u('i')
            self.read(w * h * 4)
            sub['alpha cursor inner encoding'] = enc
        elif e == -261:
            sub['QEMU LED state'] = self.u('B')[0]
        elif e == -307:
            n, = self.u('I')
            sub['desktop name'] = self.read(n).decode('utf-8', 'replace')
        elif e == -308:
            n, = self.u('Bxxx')
            sub['screens'] = n
            sub['desktop size reason/result'] = [x, y]
            self.read(16 * n)
        elif e == 0x574d5664:
            t, = self.u('Bx')
            sub['VMware cursor type'] = t
            self.read(w * h * px * 2 if t == 0 else w * h * 4)
        elif e == 0x574d5668:
            sub['VMware LED state'] = self.u('I')[0]
        elif e == -0x20000:
            sub['LED state'] = x
        elif e == -0x1ffff:
            self.read(w)
        elif e == -0x1fffe:
            d = self.read(w)
            sub['says it supports'] = list(struct.unpack('>%di' % (w // 4), d[:w // 4 * 4]))
        elif e == -0x1fffd:
            sub['says it is'] = self.read(w).decode('latin-1').rstrip('\0')
        else:
            return False
        return True

    def tight_rect(self, w, h, sub, e):
        def count(s):
            k = ('TightPNG ' if e == -260 else 'Tight ') + s
            sub[k] = sub.get(k, 0) + 1
        c, = self.u('B')
        if c & 15:
            count('stream reset')
        c >>= 4
        if c == 8:
            self.read(3)
            return count('fill')
        if c in (9, 10):
            self.read(self.compact())
            return count('JPEG' if c == 9 else 'PNG')
        noz = e == -317 or c in (10, 14)
        f = 0
        if c & 4:
            f, = self.u('B')
        size, label = w * h * 3, ('copy', 'palette', 'gradient')[f] if f < 3 else 'filter %d' % f
        if f == 1:
            n = self.u('B')[0] + 1
            self.read(3 * n)
            label = 'palette of 2' if n == 2 else 'palette'
            size = (w + 7) // 8 * h if n == 2 else w * h
        if size < 12:
            self.read(size)
        else:
            self.read(self.compact())
        count(label)

    def zrle(self, d, w, h, sub):
        if not hasattr(self, 'z'):
            self.z = zlib.decompressobj()
        d = self.z.decompress(d)
        p = 0
        for ty in range(0, h, 64):
            for tx in range(0, w, 64):
                tw, th = min(64, w - tx), min(64, h - ty)
                t = d[p]
                p += 1
                n = tw * th
                label = 'raw' if t == 0 else 'solid' if t == 1 else 'palette' if t < 17 else 'RLE' if t == 128 else 'palette RLE' if t > 129 else 'reserved %d' % t
                sub['ZRLE ' + label] = sub.get('ZRLE ' + label, 0) + 1
                if t == 0:
                    p += 3 * n
                elif t == 1:
                    p += 3
                elif t < 17:
                    bits = 1 if t == 2 else 2 if t <= 4 else 4
                    p += 3 * t + (tw * bits + 7) // 8 * th
                elif t == 128 or t > 129:
                    pal = t - 128 if t > 129 else 0
                    p += 3 * pal
                    while n > 0:
                        run = 1
                        if not pal:
                            p += 3
                        else:
                            c = d[p]
                            p += 1
                            if not c & 128:
                                n -= 1
                                continue
                        while True:
                            run += d[p]
                            p += 1
                            if d[p - 1] != 255:
                                break
                        n -= run
                else:
                    return

def probe(o):
    out = {}
    c = Conn(o)
    try:
        c.handshake()
        c.init()
        out['connects'] = True
    except (Refused, EOFError, OSError, ssl.SSLError, struct.error) as e:
        out['connects'] = False
        out['error'] = '%s: %s' % (type(e).__name__, e)
    out.update(c.said)
    if not out['connects']:
        return out
    if o['shot']:
        c.encodings(0)
        c.request()
        pic, rgb, area = [], bytearray(c.w * c.h * 3), 0
        end = time.time() + 10
        while area < c.w * c.h and time.time() < end:
            c.message([], {}, pic)
            area = sum(w * h for _, _, w, h, _ in pic)
        for x, y, w, h, d in pic:
            for j in range(h):
                row = d[j * w * 4:(j + 1) * w * 4]
                line = bytearray(w * 3)
                line[0::3], line[1::3], line[2::3] = row[2::4], row[1::4], row[0::4]
                at = ((y + j) * c.w + x) * 3
                rgb[at:at + 3 * w] = line
        vnclib.write_ppm(o['shot'], c.w, c.h, bytes(rgb))
    c.s.close()
    if o['quick']:
        return out
    answers, sub = {}, {}
    def session(wanted, seconds):
        seen, got, s2 = [], [], {}
        try:
            k = Conn(o)
            k.handshake()
            k.init()
            k.encodings(*wanted)
            k.request()
            k.s.settimeout(seconds)
            end = time.time() + seconds
            first = True
            while time.time() < end:
                r = k.message(seen, s2)
                if r is None or (r and r[-1][0] == 'unreadable'):
                    got += r or []
                    break
                got += r
                if r and first:
                    first = False
                    k.request(1)
                if not o['pseudo-wait'] and r:
                    break
        except (OSError, EOFError, Refused, struct.error, zlib.error, IndexError) as e:
            if not isinstance(e, socket.timeout):
                s2['ended'] = '%s: %s' % (type(e).__name__, e)
        finally:
            try:
                k.s.close()
            except (OSError, UnboundLocalError):
                pass
        return seen, got, s2
    for name, num in ENC:
        if o['encoding'] is not None and num != o['encoding']:
            continue
        o['pseudo-wait'] = False
        extra = (-24,) if num in (7, -260) else ()
        seen, got, s2 = session((num, 0) + extra if num else (0,), 3)
        used = {NAME.get(r[1] if r[0] == 'unreadable' else r[0], r[0]) for r in got}
        answers[name] = 'yes' if name in used or any(r[0] == num for r in got) else 'no: ' + (', '.join(map(str, used)) or s2.get('ended', 'nothing'))
        if num == 1:
            answers[name] = 'only on moves'
        sub.update({k: v for k, v in s2.items() if k.startswith(('Tight', 'ZRLE', 'LastRect'))})
    out['encodings'] = answers
    o['pseudo-wait'] = True
    allp = tuple(n for _, n in PSEUDO)
    seen, got, s2 = session((0,) + allp, 2)
    shown = {r[0] for r in got if r[0] != 0 and not isinstance(r[0], str)}
    cur = {}
    for n in CURSORS:
        _, g, s3 = session((0, n), 1)
        cur[n] = n in {r[0] for r in g}
        if cur[n]:
            shown.add(n)
    o['pseudo-wait'] = False
    _, g, s4 = session((7, 0, -224), 2)
    if s4.get('LastRect used'):
        s2['LastRect used'] = s4['LastRect used']
        shown.add(-224)
    if 'Fence' in seen:
        shown.add(-312)
    if 'EndOfContinuousUpdates' in seen:
        shown.add(-313)
    if 'xvp' in seen:
        shown.add(-309)
    if 'ServerCutText extended' in seen:
        shown.add(-0x3f5e1a32)
    if 'GII' in seen:
        shown.add(-305)
    out['pseudo-encodings'] = sorted(NAME.get(n, str(n)) for n in shown)
    out['messages'] = sorted(set(seen))
    sub.update(s2)
    out['details'] = sub
    return out

def main(argv):
    e = os.environ
    o = dict(host=e.get('VNC_HOST', '127.0.0.1'), port=int(e.get('VNC_PORT', '5900')), unix=e.get('VNC_SOCKET') if not e.get('VNC_PORT') else None,
             ws=None, password=e.get('VNC_PASSWORD'), user=e.get('VNC_USERNAME'), security=[], json=False, quick=False, shot=None,
             encoding=None, timeout=10.0, ca=e.get('VNC_CA'), cert=e.get('VNC_CLIENT_CERT'), key=e.get('VNC_CLIENT_KEY'))
    o['tls-first'] = False
    o['pseudo-wait'] = False
    while argv:
        a = argv.pop(0)
        if a in ('-h', '--help'):
            print(__doc__)
            return 0
        n = a[2:]
        if n not in o or not a.startswith('--'):
            sys.stderr.write('what is %r?\n' % a)
            return 2
        if isinstance(o[n], bool):
            o[n] = True
            continue
        v = argv.pop(0)
        o[n] = int(v) if n in ('port', 'encoding') else [int(x) for x in v.split('/')] if n == 'security' else float(v) if n == 'timeout' else v
    try:
        r = probe(o)
    except (OSError, EOFError, Refused) as x:
        r = {'connects': False, 'error': '%s: %s' % (type(x).__name__, x)}
    if o['json']:
        print(json.dumps(r))
        return 0 if r['connects'] else 1
    for k, v in r.items():
        if k == 'security' or k.endswith('sub-types') or k.endswith('inner'):
            v = ', '.join('%d %s' % (t, SEC.get(t, '?')) for t in v)
        elif isinstance(v, dict):
            v = '; '.join('%s %s' % kv for kv in v.items())
        elif isinstance(v, list):
            v = ', '.join(' '.join(map(str, x)) if isinstance(x, list) else str(x) for x in v)
        print('%-22s %s' % (k, v))
    return 0 if r['connects'] else 1

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
