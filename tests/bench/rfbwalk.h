/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Walks the rectangle bodies of an RFB stream. The includer provides
 *   static uint8_t *take(size_t n);       advance, return the bytes
 *   int bpp, cpix, tpix;                  bytes per PIXEL, CPIXEL, TPIXEL
 *   void on_deflate(int stream, uint8_t *p, size_t n);   0-3 tight, 4 zrle, 5 zlib
 *   void on_reset(int stream);
 *   void on_jpeg(uint8_t *p, size_t n, unsigned w, unsigned h);
 */
static unsigned u8(void) { return *take(1); }
static unsigned u16(void) { uint8_t *p = take(2); return p[0] << 8 | p[1]; }
static uint32_t u32(void)
{
    uint8_t *p = take(4);
    return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}
static size_t compact(void)
{
    unsigned b = u8();
    size_t n = b & 127;
    if (b & 128) {
        b = u8();
        n |= (b & 127) << 7;
        if (b & 128) n |= (size_t)u8() << 14;
    }
    return n;
}
static void walk_hextile(unsigned w, unsigned h)
{
    for (unsigned y = 0; y < h; y += 16)
        for (unsigned x = 0; x < w; x += 16) {
            unsigned tw = w - x < 16 ? w - x : 16, th = h - y < 16 ? h - y : 16;
            unsigned f = u8();
            if (f & 1) { take(tw * th * bpp); continue; }
            if (f & 2) take(bpp);
            if (f & 4) take(bpp);
            if (f & 8) {
                unsigned n = u8();
                take(n * (2 + (f & 16 ? bpp : 0)));
            }
        }
}
static int walk_tight(unsigned w, unsigned h, int png)
{
    unsigned b = u8(), c = b >> 4;
    size_t row, n;
    for (int i = 0; i < 4; i++)
        if (b >> i & 1) on_reset(i);
    if (c == 8) { take(tpix); return 0; }
    if (c == 9 || (c == 10 && png)) {
        n = compact();
        on_jpeg(take(n), n, w, h);
        return 0;
    }
    if (c & 8) return -1;
    unsigned filter = c & 4 ? u8() : 0;
    if (filter == 1) {
        unsigned k = u8() + 1;
        take(k * tpix);
        row = k <= 2 ? (w + 7) / 8 : w;
    } else
        row = (size_t)w * tpix;
    if (row * h < 12) { take(row * h); return 0; }
    n = compact();
    on_deflate(c & 3, take(n), n);
    return 0;
}
static void walk_trle(unsigned w, unsigned h)
{
    unsigned last = 0;
    for (unsigned y = 0; y < h; y += 16)
        for (unsigned x = 0; x < w; x += 16) {
            unsigned tw = w - x < 16 ? w - x : 16, th = h - y < 16 ? h - y : 16;
            unsigned s = u8(), n = tw * th;
            if (s == 0) take(n * cpix);
            else if (s == 1) take(cpix);
            else if (s <= 16 || s == 127) {
                unsigned np = s == 127 ? last : s;
                if (s != 127) { take(np * cpix); last = np; }
                unsigned bits = np == 2 ? 1 : np <= 4 ? 2 : 4;
                take(th * ((tw * bits + 7) / 8));
            } else if (s == 128) {
                for (unsigned i = 0; i < n; ) {
                    take(cpix);
                    unsigned r = 1, b;
                    do r += b = u8(); while (b == 255);
                    i += r;
                }
            } else {
                unsigned np = s == 129 ? last : s - 128;
                if (s != 129) { take(np * cpix); last = np; }
                for (unsigned i = 0; i < n; ) {
                    unsigned r = 1, b;
                    if (u8() & 128) do r += b = u8(); while (b == 255);
                    i += r;
                }
            }
        }
}
/* body of one rectangle; -1: unknown, 1: pseudo-encoding, 2: last rectangle */
static int walk_rect(int32_t e, unsigned w, unsigned h)
{
    uint32_t n;
    switch (e) {
    case 0: take((size_t)w * h * bpp); return 0;
    case 1: take(4); return 0;
    case 2: n = u32(); take(bpp + (size_t)n * (bpp + 8)); return 0;
    case 4: n = u32(); take(bpp + (size_t)n * (bpp + 4)); return 0;
    case 5: walk_hextile(w, h); return 0;
    case 6: n = u32(); on_deflate(5, take(n), n); return 0;
    case 16: n = u32(); on_deflate(4, take(n), n); return 0;
    case 7: return walk_tight(w, h, 0);
    case -260: return walk_tight(w, h, 1);
    case 15: walk_trle(w, h); return 0;
    case -223: return 1;
    case -224: return 2;
    case -239: take((size_t)w * h * bpp + (w + 7) / 8 * h); return 1;
    }
    return -1;
}
