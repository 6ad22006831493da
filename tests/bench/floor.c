/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* floor: what the inner libraries alone cost for a recording, in memory:
 * zlib inflate, ISA-L inflate, turbojpeg decode (BGRX), and one memcpy of
 * all pixels of non-JPEG rectangles. CPU seconds for one pass, best of N. */
#include "rfbrec.h"
#include <isa-l/igzip_lib.h>
#include <time.h>
#include <turbojpeg.h>
#include <zlib.h>

typedef struct { int kind; uint8_t *p; size_t n; unsigned w, h; } Seg; /* kind <10 stream, 10+s reset, 20 jpeg */
static Seg *seg;
static size_t nseg, cseg;
static uint8_t *cur, *end;
static int bpp, cpix, tpix;
static uint64_t jpegpx;

static uint8_t *take(size_t n)
{
    if ((size_t)(end - cur) < n) { fprintf(stderr, "floor: overrun\n"); exit(1); }
    cur += n;
    return cur - n;
}
static void add(int kind, uint8_t *p, size_t n, unsigned w, unsigned h)
{
    if (nseg == cseg) seg = realloc(seg, (cseg = cseg * 2 + 1024) * sizeof *seg);
    seg[nseg++] = (Seg){ kind, p, n, w, h };
}
static void on_deflate(int s, uint8_t *p, size_t n) { add(s, p, n, 0, 0); }
static void on_reset(int s) { add(10 + s, NULL, 0, 0, 0); }
static void on_jpeg(uint8_t *p, size_t n, unsigned w, unsigned h)
{
    add(20, p, n, w, h);
    jpegpx += (uint64_t)w * h;
}
#include "rfbwalk.h"

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}
static uint8_t out[1 << 18];
static uint64_t inflated;

static void do_zlib(void)
{
    z_stream z[6];
    memset(z, 0, sizeof z);
    for (int i = 0; i < 6; i++) inflateInit(&z[i]);
    inflated = 0;
    for (size_t i = 0; i < nseg; i++) {
        if (seg[i].kind >= 20) continue;
        if (seg[i].kind >= 10) { inflateReset(&z[seg[i].kind - 10]); continue; }
        z_stream *s = &z[seg[i].kind];
        s->next_in = seg[i].p;
        s->avail_in = seg[i].n;
        do {
            s->next_out = out;
            s->avail_out = sizeof out;
            int e = inflate(s, Z_SYNC_FLUSH);
            if (e != Z_OK && e != Z_BUF_ERROR) { fprintf(stderr, "zlib %d\n", e); exit(1); }
            inflated += sizeof out - s->avail_out;
        } while (!s->avail_out);
    }
    for (int i = 0; i < 6; i++) inflateEnd(&z[i]);
}
static int do_isal(void)
{
    static struct inflate_state z[6];
    for (int i = 0; i < 6; i++) { isal_inflate_init(&z[i]); z[i].crc_flag = ISAL_ZLIB; }
    uint64_t total = 0;
    for (size_t i = 0; i < nseg; i++) {
        if (seg[i].kind >= 20) continue;
        if (seg[i].kind >= 10) {
            struct inflate_state *s = &z[seg[i].kind - 10];
            isal_inflate_reset(s);
            s->crc_flag = ISAL_ZLIB;
            continue;
        }
        struct inflate_state *s = &z[seg[i].kind];
        s->next_in = seg[i].p;
        s->avail_in = seg[i].n;
        do {
            s->next_out = out;
            s->avail_out = sizeof out;
            int e = isal_inflate(s);
            if (e) { fprintf(stderr, "isa-l: error %d at segment %zu\n", e, i); return -1; }
            total += sizeof out - s->avail_out;
        } while (!s->avail_out);
    }
    return total == inflated ? 0 : -1;
}
static void do_jpeg(void)
{
    static uint8_t *buf;
    if (!buf) buf = malloc(64 << 20);
    tjhandle t = tjInitDecompress();
    for (size_t i = 0; i < nseg; i++)
        if (seg[i].kind == 20 &&
            tjDecompress2(t, seg[i].p, seg[i].n, buf, seg[i].w, 0, seg[i].h, TJPF_BGRX, 0))
            fprintf(stderr, "turbojpeg: %s\n", tjGetErrorStr2(t));
    tjDestroy(t);
}
static double best(int n, void (*f)(void))
{
    double b = 1e9;
    while (n--) {
        double t = cpu();
        f();
        t = cpu() - t;
        if (t < b) b = t;
    }
    return b;
}
static uint64_t copypx;
static unsigned fbw, fbh;
static void do_copy(void)
{
    /* rows of a moving 1 MiB source into a frame: not all in cache */
    static uint8_t *src, *dst;
    size_t row = fbw * 4;
    if (!src) { src = malloc(1 << 20); dst = malloc(row * fbh); memset(src, 1, 1 << 20); memset(dst, 1, row * fbh); }
    size_t rows = copypx / fbw + 1;
    for (size_t i = 0; i < rows; i++)
        memcpy(dst + i % fbh * row, src + i % ((1 << 20) / row) * row, row);
}
static int isal_ok = 1;
static void isal_(void) { if (do_isal()) isal_ok = 0; }

int main(int argc, char **argv)
{
    RfbRec r;
    int n = argc > 2 ? atoi(argv[2]) : 5;
    if (argc < 2 || rfbrec_load(&r, argv[1])) return 1;
    bpp = r.pf[0] / 8;
    cpix = tpix = bpp == 4 ? 3 : bpp;
    cur = r.data;
    end = cur + r.len;
    while (cur < end) {
        unsigned t = u8();
        if (t == 0) {
            u8();
            unsigned nr = u16();
            for (unsigned i = 0; i < nr; i++) {
                take(4);
                unsigned w = u16(), h = u16();
                int what = walk_rect((int32_t)u32(), w, h);
                if (what < 0) return 1;
                if (what == 2) break;
            }
        } else if (t == 1) { take(3); take(6 * u16()); }
        else if (t == 3) { take(3); take(u32()); }
    }
    fbw = r.width; fbh = r.height;
    copypx = r.pixels - jpegpx;
    double z = best(n, do_zlib), s = best(n, isal_), j = best(n, do_jpeg), c = best(n, do_copy);
    printf("name=%s inflated_mb=%.2f zlib=%.4f isal=%.4f isal_ok=%d jpeg=%.4f memcpy=%.4f "
           "jpeg_mpixel=%.2f segments=%zu\n", r.name, inflated / 1e6, z, s, isal_ok, j, c,
           jpegpx / 1e6, nseg);
    return 0;
}
