/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recording file: one zstd frame (window up to 2^27) whose content is
 *   8   magic "RFBREC1\n"
 *   2+2 width, height            (all numbers big endian)
 *   16  pixel format, as on the wire in ServerInit
 *   4   number of FramebufferUpdate messages
 *   4   number of rectangles
 *   8   pixels covered by all rectangles
 *   8   length of the stream
 *   4   length of the name, then the name
 *   the stream: everything the server sent after ServerInit, ending on
 *   the boundary of a complete FramebufferUpdate
 */
#ifndef RFBREC_H
#define RFBREC_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define RFBREC_MAGIC "RFBREC1\n"

typedef struct {
    unsigned width, height;
    uint8_t pf[16];
    uint32_t updates, rects;
    uint64_t pixels, len;
    char *name;
    uint8_t *data;          /* the stream */
    uint8_t *base;          /* malloc block */
} RfbRec;

static inline void rr_put(uint8_t **p, uint64_t v, int n)
{
    for (int i = n - 1; i >= 0; i--)
        *(*p)++ = (uint8_t)(v >> (8 * i));
}
static inline uint64_t rr_get(const uint8_t **p, int n)
{
    uint64_t v = 0;
    while (n--)
        v = v << 8 | *(*p)++;
    return v;
}

static inline int rfbrec_load(RfbRec *r, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) { perror(path); return -1; }
    ZSTD_DCtx *d = ZSTD_createDCtx();
    ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, 28);
    size_t cap = 1 << 24, len = 0, ret = 1;
    uint8_t *buf = malloc(cap);
    static uint8_t in[1 << 17];
    ZSTD_inBuffer ib = { in, 0, 0 };
    while (ret) {
        if (ib.pos == ib.size) {
            ib.size = fread(in, 1, sizeof in, f);
            ib.pos = 0;
            if (!ib.size) break;
        }
        if (cap - len < (1 << 20)) buf = realloc(buf, cap *= 2);
        ZSTD_outBuffer ob = { buf + len, cap - len, 0 };
        ret = ZSTD_decompressStream(d, &ob, &ib);
        if (ZSTD_isError(ret)) {
            fprintf(stderr, "%s: %s\n", path, ZSTD_getErrorName(ret));
            return -1;
        }
        len += ob.pos;
    }
    ZSTD_freeDCtx(d);
    fclose(f);
    const uint8_t *p = buf;
    if (ret || len < 56 || memcmp(p, RFBREC_MAGIC, 8)) {
        fprintf(stderr, "%s: not a recording\n", path);
        return -1;
    }
    p += 8;
    r->width = rr_get(&p, 2);
    r->height = rr_get(&p, 2);
    memcpy(r->pf, p, 16); p += 16;
    r->updates = rr_get(&p, 4);
    r->rects = rr_get(&p, 4);
    r->pixels = rr_get(&p, 8);
    r->len = rr_get(&p, 8);
    unsigned n = rr_get(&p, 4);
    r->name = strndup((const char *)p, n);
    p += n;
    if ((size_t)(p - buf) + r->len != len) {
        fprintf(stderr, "%s: truncated\n", path);
        return -1;
    }
    r->base = buf;
    r->data = (uint8_t *)p;
    return 0;
}

static inline int rfbrec_save(const RfbRec *r, const char *path, int level)
{
    size_t nl = strlen(r->name), hl = 8 + 4 + 16 + 8 + 16 + 4 + nl;
    uint8_t *h = malloc(hl), *p = h;
    memcpy(p, RFBREC_MAGIC, 8); p += 8;
    rr_put(&p, r->width, 2);
    rr_put(&p, r->height, 2);
    memcpy(p, r->pf, 16); p += 16;
    rr_put(&p, r->updates, 4);
    rr_put(&p, r->rects, 4);
    rr_put(&p, r->pixels, 8);
    rr_put(&p, r->len, 8);
    rr_put(&p, nl, 4);
    memcpy(p, r->name, nl);

    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(c, ZSTD_c_enableLongDistanceMatching, 1);
    ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 27);
    FILE *f = fopen(path, "wb");
    if (!f) { perror(path); return -1; }
    static uint8_t out[1 << 17];
    ZSTD_inBuffer ins[2] = { { h, hl, 0 }, { r->data, r->len, 0 } };
    for (int i = 0; i < 2; i++) {
        size_t rem;
        do {
            ZSTD_outBuffer ob = { out, sizeof out, 0 };
            rem = ZSTD_compressStream2(c, &ob, &ins[i],
                                       i ? ZSTD_e_end : ZSTD_e_continue);
            if (ZSTD_isError(rem)) return -1;
            fwrite(out, 1, ob.pos, f);
        } while (i ? rem : ins[i].pos < ins[i].size);
    }
    ZSTD_freeCCtx(c);
    free(h);
    return fclose(f);
}
#endif
