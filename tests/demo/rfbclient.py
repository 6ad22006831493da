# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small RFB client in pure Python for tests of the demo server, written from the specifications.

The screen is a list of pixel values in the client's own format, so that a test can compare it value by value."""
import collections
import os
import socket
import struct
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'servers'))
import vnclib  # noqa: E402: DES

RAW, COPYRECT, RRE, CORRE, HEXTILE, ZLIB, TIGHT, ZLIBHEX = 0, 1, 2, 4, 5, 6, 7, 8
TRLE, ZRLE, ZYWRLE, JPEG, TIGHT_PNG, TIGHT_PLAIN = 15, 16, 17, 21, -260, -317
DESKTOP_SIZE, LAST_RECT, CURSOR, XCURSOR = -223, -224, -239, -240
POINTER_MOTION, QEMU_KEY, LED_STATE = -257, -258, -261
DESKTOP_NAME, EXTENDED_SIZE, ALPHA_CURSOR, WMVI = -307, -308, -314, 0x574d5669

Format = collections.namedtuple('Format', 'bpp depth big_endian true_colour max shift')

FORMATS = {
    'rgb888': Format(32, 24, 0, 1, (255, 255, 255), (16, 8, 0)),
    'bgr888': Format(32, 24, 0, 1, (255, 255, 255), (0, 8, 16)),
    'rgb888x': Format(32, 24, 0, 1, (255, 255, 255), (24, 16, 8)),
    'rgb101010': Format(32, 30, 0, 1, (1023, 1023, 1023), (20, 10, 0)),
    'rgb666': Format(32, 18, 0, 1, (63, 63, 63), (12, 6, 0)),
    'rgb565': Format(16, 16, 0, 1, (31, 63, 31), (11, 5, 0)),
    'rgb555': Format(16, 15, 0, 1, (31, 31, 31), (10, 5, 0)),
    'rgb332': Format(8, 8, 0, 1, (7, 7, 3), (5, 2, 0)),
    'map8': Format(8, 8, 0, 0, (0, 0, 0), (0, 0, 0)),
}


def format_named(name):
    big = name.endswith('-be')
    return FORMATS[name[:-3] if big else name]._replace(big_endian=int(big))


class ProtocolError(Exception):
    pass


class Refused(Exception):
    pass



def quantise(rgb, fmt):
    """The value that a server should send for one colour (r, g, b)."""
    if not fmt.true_colour:
        r, g, b = ((c * 5 + 127) // 255 for c in rgb)
        return 20 + r * 36 + g * 6 + b
    return sum((c * m + 127) // 255 << s for c, m, s in zip(rgb, fmt.max, fmt.shift))


def read_ppm(path):
    """width, height and a list of (r, g, b)."""
    with open(path, 'rb') as file:
        head = [file.readline() for _ in range(3)]
        data = file.read()
    width, height = map(int, head[1].split())
    return width, height, [tuple(data[i:i + 3]) for i in range(0, len(data), 3)]


class Client:
    def __init__(self, address, version=b'RFB 003.008\n', password=None, shared=1, start=True):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.settimeout(10)
        self.socket.connect(address)
        self.buffer = b''
        self.pos = 0
        self.seen = collections.Counter()       # what kinds of things the server sent
        self.zrle = zlib.decompressobj()
        self.zlib = zlib.decompressobj()
        self.zlibhex = [zlib.decompressobj() for _ in range(2)]
        self.levels = 1                         # of ZYWRLE's wavelet, by the JPEG quality asked for
        self.tight = [zlib.decompressobj() for _ in range(4)]
        self.palette = [None] * 256
        self.cursor = None
        self.size_replies = []
        self.cut_texts = []
        self.bells = 0
        self.leds = None
        self.pointer_absolute = None
        self.qemu_key = False
        self.jpegs = []
        if start:
            try:
                self.handshake(version, password, shared)
            except BaseException:
                self.close()
                raise

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def read(self, n):
        while len(self.buffer) - self.pos < n:
            chunk = self.socket.recv(262144)
            if not chunk:
                raise EOFError('the server closed')
            self.buffer = self.buffer[self.pos:] + chunk
            self.pos = 0
        self.pos += n
        return self.buffer[self.pos - n:self.pos]

    def number(self, form):
        return struct.unpack(form, self.read(struct.calcsize(form)))

    def string(self):
        return self.read(self.number('>I')[0])

    # -- handshake

    def handshake(self, version, password, shared):
        self.server_version = self.read(12)
        self.send(version)
        minor = min(int(version[8:11]), int(self.server_version[8:11]))
        if minor < 7:
            kind = self.number('>I')[0]
            if kind == 0:
                raise Refused(self.string().decode())
        else:
            kinds = self.read(self.number('>B')[0])
            if not kinds:
                raise Refused(self.string().decode())
            kind = kinds[0]
            self.send(bytes([kind]))
        self.security = kind
        if kind == 2:
            self.send(vnclib.vnc_response(password or '', self.read(16)))
        if kind == 2 or minor >= 8:
            if self.number('>I')[0] != 0:
                raise Refused(self.string().decode() if minor >= 8 else 'no reason')
        self.send(bytes([shared]))
        self.width, self.height = self.number('>HH')
        self.set_format(self.read_format())
        self.server_format = self.format
        self.name = self.string().decode()
        self.screen = [None] * (self.width * self.height)

    def read_format(self):
        f = self.number('>BBBBHHHBBB3x')
        return Format(f[0], f[1], int(f[2] != 0), int(f[3] != 0), tuple(f[4:7]), tuple(f[7:10]))

    def set_format(self, fmt):
        self.format = fmt
        self.bytes = fmt.bpp // 8
        self.order = 'big' if fmt.big_endian else 'little'
        self.tpixel = (fmt.true_colour and fmt.bpp == 32 and fmt.depth == 24 and fmt.max == (255, 255, 255))
        self.cbytes, self.cshift = self.bytes, 0
        if fmt.true_colour and fmt.bpp == 32 and fmt.depth <= 24:
            used = sum(m << s for m, s in zip(fmt.max, fmt.shift))
            if used < 1 << 24:
                self.cbytes = 3
            elif used & 255 == 0:
                self.cbytes, self.cshift = 3, 8

    # -- messages to the server

    def ask_format(self, fmt):
        self.send(struct.pack('>B3xBBBBHHHBBB3x', 0, fmt.bpp, fmt.depth, fmt.big_endian, fmt.true_colour,
                              *fmt.max, *fmt.shift))
        self.set_format(fmt)

    def ask_encodings(self, *encodings):
        self.send(struct.pack('>BxH%di' % len(encodings), 2, len(encodings), *encodings))

    def ask_update(self, incremental=0, rect=None):
        self.send(struct.pack('>BBHHHH', 3, incremental, *(rect or (0, 0, self.width, self.height))))

    def key(self, down, keysym):
        self.send(struct.pack('>BBxxI', 4, down, keysym))

    def pointer(self, mask, x, y):
        self.send(struct.pack('>BBHH', 5, mask, x, y))

    def cut_text(self, data):
        self.send(struct.pack('>B3xI', 6, len(data)) + data)

    def ask_size(self, width, height, screens=None):
        screens = screens if screens is not None else [(1, 0, 0, width, height, 0)]
        self.send(struct.pack('>BxHHBx', 251, width, height, len(screens)) +
                  b''.join(struct.pack('>IHHHHI', *s) for s in screens))

    # -- messages from the server

    def message(self):
        """Takes one message and returns its type."""
        kind = self.number('>B')[0]
        if kind == 0:
            self.update()
        elif kind == 1:
            first, n = self.number('>xHH')
            for i in range(first, first + n):
                self.palette[i] = tuple(c >> 8 for c in self.number('>HHH'))
            self.seen['palette'] += 1
        elif kind == 2:
            self.bells += 1
        elif kind == 3:
            self.cut_texts.append(self.read(self.number('>3xI')[0]))
        else:
            raise ProtocolError('message %d' % kind)
        return kind

    def wait_update(self):
        while self.message() != 0:
            pass

    def update(self):
        n = self.number('>xH')[0]
        while n > 0:
            x, y, width, height, encoding = self.number('>HHHHi')
            self.seen[encoding] += 1
            if encoding == LAST_RECT:
                return
            if n != 0xffff:
                n -= 1
            self.rectangle(x, y, width, height, encoding)

    def rectangle(self, x, y, width, height, encoding):
        decode = {RAW: self.raw, COPYRECT: self.copyrect, RRE: self.rre, HEXTILE: self.hextile,
                  TIGHT: self.tight_rect, ZRLE: self.zrle_rect, CORRE: self.corre, ZLIB: self.zlib_rect,
                  ZLIBHEX: self.zlibhex_rect, TRLE: self.trle_rect, ZYWRLE: self.zywrle_rect, JPEG: self.jpeg_rect,
                  TIGHT_PNG: self.tight_png_rect}.get(encoding)
        if decode:
            if width == 0 or height == 0 or x + width > self.width or y + height > self.height:
                raise ProtocolError('rectangle %r leaves the screen' % ((x, y, width, height),))
            decode(x, y, width, height)
        elif encoding == DESKTOP_SIZE:
            self.resized(width, height)
        elif encoding == EXTENDED_SIZE:
            n = self.number('>B3x')[0]
            screens = [self.number('>IHHHHI') for _ in range(n)]
            self.size_replies.append((x, y, width, height, screens))
            self.resized(width, height)
        elif encoding == DESKTOP_NAME:
            self.name = self.string().decode()
        elif encoding == CURSOR:
            pixels = self.pixels(width * height)
            self.cursor = ('colour', x, y, width, height, pixels, self.read((width + 7) // 8 * height))
        elif encoding == XCURSOR:
            bits = (width + 7) // 8 * height
            self.cursor = ('mono', x, y, width, height,
                           self.read(6 + 2 * bits) if width and height else b'', None)
        elif encoding == ALPHA_CURSOR:
            if self.number('>i')[0] != RAW:
                raise ProtocolError('inner encoding of the cursor')
            self.cursor = ('alpha', x, y, width, height, self.read(4 * width * height), None)
        elif encoding == WMVI:
            self.set_format(self.read_format())
        elif encoding == LED_STATE:
            self.leds = self.number('>B')[0]
        elif encoding == POINTER_MOTION:
            self.pointer_absolute = bool(x)
        elif encoding == QEMU_KEY:
            self.qemu_key = True
        else:
            raise ProtocolError('encoding %d' % encoding)

    def resized(self, width, height):
        if (width, height) != (self.width, self.height):
            self.width, self.height = width, height
            self.screen = [None] * (width * height)

    # -- pixels

    def pixel(self):
        return int.from_bytes(self.read(self.bytes), self.order)

    def pixels(self, n):
        data = self.read(n * self.bytes)
        return self.unpack(data, self.bytes)

    def unpack(self, data, size, shift=0):
        return [int.from_bytes(data[i:i + size], self.order) << shift for i in range(0, len(data), size)]

    def blit(self, x, y, width, height, values):
        if len(values) != width * height:
            raise ProtocolError('%d pixels for %d by %d' % (len(values), width, height))
        for row in range(height):
            at = (y + row) * self.width + x
            self.screen[at:at + width] = values[row * width:(row + 1) * width]

    def fill(self, x, y, width, height, value):
        self.blit(x, y, width, height, [value] * (width * height))

    def raw(self, x, y, width, height):
        self.blit(x, y, width, height, self.pixels(width * height))

    def copyrect(self, x, y, width, height):
        from_x, from_y = self.number('>HH')
        if from_x + width > self.width or from_y + height > self.height:
            raise ProtocolError('source leaves the screen')
        values = []
        for row in range(height):
            at = (from_y + row) * self.width + from_x
            values += self.screen[at:at + width]
        self.blit(x, y, width, height, values)

    def zlib_rect(self, x, y, width, height):
        self.blit(x, y, width, height, self.unpack(self.zlib.decompress(self.string()), self.bytes))

    def corre(self, x, y, width, height):
        self.rre(x, y, width, height, '>BBBB')

    def rre(self, x, y, width, height, place='>HHHH'):
        n = self.number('>I')[0]
        self.fill(x, y, width, height, self.pixel())
        for _ in range(n):
            value = self.pixel()
            sx, sy, w, h = self.number(place)
            if w == 0 or h == 0 or sx + w > width or sy + h > height:
                raise ProtocolError('RRE: subrectangle')
            self.fill(x + sx, y + sy, w, h, value)

    def zlibhex_rect(self, x, y, width, height):
        self.hextile(x, y, width, height, True)

    def hextile(self, x, y, width, height, zipped=False):
        background = foreground = None
        for ty in range(y, y + height, 16):
            for tx in range(x, x + width, 16):
                w, h = min(16, x + width - tx), min(16, y + height - ty)
                flags = self.number('>B')[0]
                if zipped and flags & 96:
                    data = self.zlibhex[0 if flags & 32 else 1].decompress(self.read(self.number('>H')[0]))
                    self.buffer = self.buffer[:self.pos] + data + self.buffer[self.pos:]
                    self.seen['zlibhex raw' if flags & 32 else 'zlibhex'] += 1
                    flags = 1 if flags & 32 else flags & 31
                self.seen['hextile raw' if flags & 1 else 'hextile coloured' if flags & 16 else 'hextile'] += 1
                if flags & 1:
                    self.raw(tx, ty, w, h)
                    background = foreground = None
                    continue
                if flags & 2:
                    background = self.pixel()
                if flags & 4:
                    foreground = self.pixel()
                if flags >> 5 or (flags & 20) == 20 or background is None:
                    raise ProtocolError('Hextile: flags %d' % flags)
                self.fill(tx, ty, w, h, background)
                for _ in range(self.number('>B')[0] if flags & 8 else 0):
                    value = self.pixel() if flags & 16 else foreground
                    xy, wh = self.number('>BB')
                    sx, sy, sw, sh = xy >> 4, xy & 15, (wh >> 4) + 1, (wh & 15) + 1
                    if value is None or sx + sw > w or sy + sh > h:
                        raise ProtocolError('Hextile: subrectangle')
                    self.fill(tx + sx, ty + sy, sw, sh, value)

    def zrle_rect(self, x, y, width, height, name='zrle', wavelet=None):
        data = self.zrle.decompress(self.string())
        pos = 0

        def take(n):
            nonlocal pos
            if pos + n > len(data):
                raise ProtocolError('ZRLE: data ends')
            pos += n
            return data[pos - n:pos]

        for ty in range(y, y + height, 64):
            for tx in range(x, x + width, 64):
                w, h = min(64, x + width - tx), min(64, y + height - ty)
                kind = take(1)[0]
                if wavelet and kind == 0:
                    self.seen[name + ' wavelet'] += 1
                    values = wavelet(w, h, self.tile(take, take(1)[0], w, h, name))
                else:
                    values = self.tile(take, kind, w, h, name)
                self.blit(tx, ty, w, h, values)
        if pos != len(data):
            raise ProtocolError('ZRLE: data left over')

    def trle_rect(self, x, y, width, height):
        last = []
        for ty in range(y, y + height, 16):
            for tx in range(x, x + width, 16):
                w, h = min(16, x + width - tx), min(16, y + height - ty)
                self.blit(tx, ty, w, h, self.tile(self.read, self.read(1)[0], w, h, 'trle', last))

    def tile(self, take, kind, w, h, encoding, last=None):
        """The pixels of a tile of ZRLE or TRLE; of TRLE, last is the palette that was sent last."""
        def cpixels(n):
            return self.unpack(take(n * self.cbytes), self.cbytes, self.cshift)

        def run_length():
            run = 1
            while True:
                byte = take(1)[0]
                run += byte
                if byte != 255:
                    return run

        values = []
        if last is None and kind in (127, 129):
            raise ProtocolError('tile of kind %d' % kind)
        if kind == 0:
            values = cpixels(w * h)
            name = 'raw'
        elif kind == 1:
            values = cpixels(1) * (w * h)
            name = 'solid'
        elif kind <= 16 or kind == 127:
            palette = list(last) if kind == 127 else cpixels(kind)
            bits = 1 if len(palette) == 2 else 2 if len(palette) <= 4 else 4
            for _ in range(h):
                row = []
                for byte in take((w * bits + 7) // 8):
                    row += [byte >> s & (1 << bits) - 1 for s in range(8 - bits, -1, -bits)]
                values += [palette[i] for i in row[:w]]
            name = 'palette again' if kind == 127 else 'palette'
        elif kind == 128:
            while len(values) < w * h:
                value = cpixels(1)
                values += value * run_length()
            name = 'rle'
        elif kind >= 129:
            palette = list(last) if kind == 129 else cpixels(kind - 128)
            while len(values) < w * h:
                index = take(1)[0]
                values += [palette[index & 127]] * (run_length() if index & 128 else 1)
            name = 'palette rle again' if kind == 129 else 'palette rle'
        else:
            raise ProtocolError('tile of kind %d' % kind)
        if last is not None and kind not in (0, 1, 128):
            last[:] = palette
        self.seen[encoding + ' ' + name] += 1
        return values

    def zywrle_rect(self, x, y, width, height):
        self.zrle_rect(x, y, width, height, 'zywrle', self.wavelet if self.bytes > 1 else None)

    def wavelet(self, width, height, coded):
        """Pixels from the coefficients of ZYWRLE, which stand plane by plane, the finest first."""
        fmt = self.format
        if self.bytes == 2:
            six = fmt.max[1] > 31
            bits, shifts = ((5, 6, 5), (11, 5, 0)) if six else ((5, 5, 5), (10, 5, 0))
        else:
            bits, shifts = (8, 8, 8), tuple(s + self.cshift for s in (16, 8, 0))
        w, h = width >> self.levels << self.levels, height >> self.levels << self.levels
        if not w or not h:
            return coded
        coded = iter(coded)
        grid = {}
        for level in range(self.levels):
            half = 1 << level
            for plane in (3, 2, 1, 0) if level + 1 == self.levels else (3, 2, 1):
                for j in range(half if plane & 2 else 0, h, 2 * half):
                    for i in range(half if plane & 1 else 0, w, 2 * half):
                        value = next(coded)
                        parts = [(value >> s & (1 << b) - 1) << 8 - b for s, b in zip(shifts, bits)]
                        grid[i, j] = [p - 256 if p > 127 else p for p in parts]
        for level in reversed(range(self.levels)):
            step = 1 << level
            for j in range(0, h, 2 * step):
                for i in range(0, w, step):
                    self.haar(grid[i, j], grid[i, j + step])
            for j in range(0, h, step):
                for i in range(0, w, 2 * step):
                    self.haar(grid[i, j], grid[i + step, j])
        pixels = {}
        for at, (v, luma, u) in grid.items():
            green = luma + 128 - (2 * u + 2 * v >> 2)
            colours = (2 * v + green, green, 2 * u + green)
            pixels[at] = sum(max(0, min(255, c)) >> 8 - b << s for c, b, s in zip(colours, bits, shifts))
        for left, top, right, bottom in (w, 0, width, h), (0, h, w, height), (w, h, width, height):
            for j in range(top, bottom):
                for i in range(left, right):
                    pixels[i, j] = next(coded)
        return [pixels[i, j] for j in range(height) for i in range(width)]

    @staticmethod
    def haar(low, high):
        for i, (a, b) in enumerate(zip(low, high)):
            if (a < 0) == (b < 0):
                high[i] = a - b
                low[i] = a if (a - b < 0) == (a < 0) else b
            else:
                low[i] = a + b
                high[i] = -b if (a + b < 0) == (b < 0) else a

    def jpeg_rect(self, x, y, width, height):
        """A JPEG file without a length: kept, not decoded."""
        data = self.read(2)
        kinds = set()
        while True:
            marker = self.read(2)
            data += marker
            if marker == b'\xff\xd9':
                break
            size = self.read(2)
            data += size + self.read(int.from_bytes(size, 'big') - 2)
            kinds.add(marker[1])
            while marker == b'\xff\xda':
                byte = self.read(1)
                if byte == b'\xff':
                    byte += self.read(1)
                    if byte[1] != 0 and not 0xd0 <= byte[1] <= 0xd7:
                        self.pos -= 2
                        break
                data += byte
        self.seen['jpeg with tables' if 0xdb in kinds else 'jpeg without tables'] += 1
        self.jpegs.append((x, y, width, height, data))

    def png(self, data, width, height):
        """The colours in a PNG file of eight bits a channel, red, green, blue."""
        pos, packed = 8, b''
        while pos < len(data):
            size, kind = struct.unpack('>I4s', data[pos:pos + 8])
            body = data[pos + 8:pos + 8 + size]
            if kind == b'IHDR' and body != struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0):
                raise ProtocolError('PNG: header')
            packed += body if kind == b'IDAT' else b''
            pos += 12 + size
        data = zlib.decompress(packed)
        above, colours = bytes(3 * width), []
        for j in range(height):
            kind, row = data[j * (3 * width + 1)], bytearray(data[j * (3 * width + 1) + 1:(j + 1) * (3 * width + 1)])
            for i, byte in enumerate(row):
                a, b, c = row[i - 3] if i > 2 else 0, above[i], above[i - 3] if i > 2 else 0
                nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
                row[i] = byte + (0, a, b, (a + b) // 2, nearest)[kind] & 255
            above = bytes(row)
            colours += [tuple(row[i:i + 3]) for i in range(0, 3 * width, 3)]
        return colours

    def tight_png_rect(self, x, y, width, height):
        self.tight_rect(x, y, width, height, True)

    def compact(self):
        value = shift = 0
        for i in range(3):
            byte = self.number('>B')[0]
            value |= (byte & (255 if i == 2 else 127)) << shift
            shift += 7
            if i < 2 and not byte & 128:
                break
        return value

    def tunpack(self, data):
        if not self.tpixel:
            return self.unpack(data, self.bytes)
        r, g, b = self.format.shift
        return [data[i] << r | data[i + 1] << g | data[i + 2] << b for i in range(0, len(data), 3)]

    def tight_rect(self, x, y, width, height, png=False):
        size = 3 if self.tpixel else self.bytes
        control = self.number('>B')[0]
        for i in range(4):
            if control >> i & 1:
                self.tight[i] = zlib.decompressobj()
                self.seen['tight reset'] += 1
        control >>= 4
        if control == 8:
            self.seen['tight fill'] += 1
            return self.fill(x, y, width, height, self.tunpack(self.read(size))[0])
        if control == 9:
            self.seen['tight jpeg'] += 1
            self.jpegs.append((x, y, width, height, self.read(self.compact())))
            return None
        if control == 10 and png:
            self.seen['tight png'] += 1
            colours = self.png(self.read(self.compact()), width, height)
            return self.blit(x, y, width, height, [quantise(colour, self.format) for colour in colours])
        plain = control in (10, 14)
        if png or control > 9 and not plain:
            raise ProtocolError('Tight: control %d' % control)
        stream = control & 3
        kind = self.number('>B')[0] if control & 4 else 0
        palette = None
        n = width * height * size
        if kind == 1:
            palette = self.tunpack(self.read((self.number('>B')[0] + 1) * size))
            n = (width + 7) // 8 * height if len(palette) == 2 else width * height
        if n < 12:
            data = self.read(n)
        elif plain:
            self.seen['tight plain'] += 1
            data = self.read(self.compact())
        else:
            data = self.tight[stream].decompress(self.read(self.compact()))
        if len(data) != n:
            raise ProtocolError('Tight: %d bytes in place of %d' % (len(data), n))
        if kind == 0:
            self.seen['tight copy'] += 1
            values = self.tunpack(data)
        elif kind == 1 and len(palette) == 2:
            self.seen['tight mono'] += 1
            row = (width + 7) // 8
            values = [palette[data[j * row + i // 8] >> (7 - i % 8) & 1] for j in range(height) for i in range(width)]
        elif kind == 1:
            self.seen['tight palette'] += 1
            values = [palette[i] for i in data]
        elif kind == 2:
            self.seen['tight gradient'] += 1
            values = self.gradient(width, height, self.tunpack(data))
        else:
            raise ProtocolError('Tight: filter %d' % kind)
        return self.blit(x, y, width, height, values)

    def gradient(self, width, height, values):
        planes = []
        for top, shift in zip(self.format.max, self.format.shift):
            plane = [0] * len(values)
            for j in range(height):
                for i in range(width):
                    at = j * width + i
                    left = plane[at - 1] if i else 0
                    above = plane[at - width] if j else 0
                    corner = plane[at - width - 1] if i and j else 0
                    guess = max(0, min(top, left + above - corner))
                    plane[at] = (values[at] >> shift) + guess & top
            planes.append(plane)
        r, g, b = self.format.shift
        return [p << r | q << g | s << b for p, q, s in zip(*planes)]
