/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* record: RFB 3.8 client that stores the server's stream. See README.md */
#define _GNU_SOURCE
#include "rfbrec.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int fd;
static uint8_t *buf;               /* all received, since connect */
static size_t have, cap, pos;      /* pos: parse position */
static volatile sig_atomic_t stop;
static double tstop;
static int bpp, cpix, tpix;        /* bytes */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}
static void on_sig(int s) { (void)s; stop = 1; }
static void die(const char *m) { fprintf(stderr, "record: %s\n", m); exit(1); }

/* returns 0 if the time is over while waiting at a message boundary */
static int fill(size_t n, int boundary)
{
    while (have - pos < n) {
        if (boundary && have == pos) {
            struct pollfd pf = { fd, POLLIN, 0 };
            double left = tstop - now();
            if (stop || left <= 0) return 0;
            if (left > 0.2) left = 0.2;
            if (poll(&pf, 1, left * 1000 + 1) <= 0) continue;
        }
        if (cap - have < (1 << 20)) {
            cap = cap ? cap * 2 : 1 << 24;
            buf = realloc(buf, cap);
            if (!buf) die("no memory");
        }
        ssize_t k = read(fd, buf + have, cap - have);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) die("connection lost");
        have += k;
    }
    return 1;
}
static uint8_t *take(size_t n)
{
    fill(n, 0);
    pos += n;
    return buf + pos - n;
}
static void put(const void *p, size_t n)
{
    const uint8_t *q = p;
    while (n) {
        ssize_t k = write(fd, q, n);
        if (k <= 0) die("write failed");
        q += k; n -= k;
    }
}
#define on_reset(i) ((void)(i))
#define on_jpeg(p, n, w, h) ((void)(p), (void)(n), (void)(w), (void)(h))
#define on_deflate(s, p, n) ((void)(s), (void)(p), (void)(n))
#include "rfbwalk.h"

static const struct { const char *n; int32_t v; } encs[] = {
    { "raw", 0 }, { "copyrect", 1 }, { "rre", 2 }, { "corre", 4 },
    { "hextile", 5 }, { "zlib", 6 }, { "tight", 7 }, { "trle", 15 },
    { "zrle", 16 }, { "tightpng", -260 },
    { "desktopsize", -223 }, { "lastrect", -224 }, { "cursor", -239 },
};
static struct { int32_t enc; uint64_t n, bytes, px; } st[32];
static int nst;

int main(int argc, char **argv)
{
    double secs = 10, fps = 25;
    size_t maxb = (size_t)200 << 20;
    int depth = 32, level = 12, c;
    const char *list = "raw", *name = "recording";
    while ((c = getopt(argc, argv, "t:f:e:b:d:n:z:")) != -1)
        switch (c) {
        case 't': secs = atof(optarg); break;
        case 'f': fps = atof(optarg); break;
        case 'e': list = optarg; break;
        case 'b': maxb = (size_t)(atof(optarg) * 1e6); break;
        case 'd': depth = atoi(optarg); break;
        case 'n': name = optarg; break;
        case 'z': level = atoi(optarg); break;
        default: return 2;
        }
    if (argc - optind != 3) {
        fprintf(stderr, "usage: record [-t secs] [-f max fps] [-e enc,enc,quality8,"
                "compress2] [-b max MB] [-d 32|16] [-n name] [-z level] host port file\n");
        return 2;
    }
    signal(SIGINT, on_sig);
    signal(SIGTERM, on_sig);
    struct sockaddr_in sa = { .sin_family = AF_INET,
        .sin_port = htons(atoi(argv[optind + 1])) };
    if (!inet_aton(argv[optind], &sa.sin_addr)) die("host must be an IPv4 address");
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (void *)&sa, sizeof sa)) die("cannot connect");
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);

    tstop = now() + secs;
    take(12);
    put("RFB 003.008\n", 12);
    unsigned n = u8(), ok = 0;
    if (!n) die("server refused");
    while (n--) ok |= u8() == 1;
    if (!ok) die("no security type None");
    put("\1", 1);
    if (u32()) die("security failed");
    put("\1", 1);
    RfbRec r = { 0 };
    r.width = u16(); r.height = u16();
    take(16);
    take(u32());
    static const uint8_t pf32[16] = { 32, 24, 0, 1, 0,255, 0,255, 0,255, 16, 8, 0 };
    static const uint8_t pf16[16] = { 16, 16, 0, 1, 0,31, 0,63, 0,31, 11, 5, 0 };
    memcpy(r.pf, depth == 16 ? pf16 : pf32, 16);
    bpp = depth == 16 ? 2 : 4;
    cpix = tpix = depth == 16 ? 2 : 3;
    r.name = (char *)name;

    uint8_t msg[512] = { 0, 0, 0, 0 };
    memcpy(msg + 4, r.pf, 16);
    put(msg, 20);
    msg[0] = 2; msg[1] = 0;
    unsigned ne = 0;
    char *dup = strdup(list);
    for (char *t = strtok(dup, ","); t; t = strtok(NULL, ",")) {
        int32_t v = 0, found = 0;
        for (unsigned i = 0; i < sizeof encs / sizeof *encs; i++)
            if (!strcmp(t, encs[i].n)) { v = encs[i].v; found = 1; }
        if (!strncmp(t, "quality", 7)) { v = -32 + atoi(t + 7); found = 1; }
        if (!strncmp(t, "compress", 8)) { v = -256 + atoi(t + 8); found = 1; }
        if (!found) die("unknown encoding name");
        uint8_t *p = msg + 4 + 4 * ne++;
        rr_put(&p, (uint32_t)v, 4);
    }
    msg[2] = 0; msg[3] = ne;
    put(msg, 4 + 4 * ne);

    size_t start = pos, good = pos;
    double next = now();
    uint8_t req[10] = { 3, 0, 0, 0, 0, 0, r.width >> 8, r.width,
                        r.height >> 8, r.height };
    put(req, 10);
    req[1] = 1;
    for (;;) {
        if (!fill(1, 1)) break;
        unsigned type = u8();
        if (type == 0) {
            u8();
            unsigned nr = u16();
            for (unsigned i = 0; i < nr; i++) {
                size_t p0 = pos;
                u16(); u16();
                unsigned w = u16(), h = u16();
                int32_t e = (int32_t)u32();
                int what = walk_rect(e, w, h), pseudo = what > 0;
                if (what < 0) die("unexpected encoding");
                if (what == 2) i = nr;
                int k;
                for (k = 0; k < nst && st[k].enc != e; k++);
                if (k == nst) { st[nst++].enc = e; if (nst == 32) die("too many"); }
                st[k].n++;
                st[k].bytes += pos - p0;
                if (!pseudo) { st[k].px += (uint64_t)w * h; r.pixels += (uint64_t)w * h; }
                r.rects++;
            }
            r.updates++;
            good = pos;
            if (good - start > maxb || now() > tstop || stop) break;
            next += 1 / fps;
            double d = next - now();
            if (d > 0) usleep(d * 1e6);
            else next = now();
            put(req, 10);
        } else if (type == 1) { take(3); take(6 * (size_t)u16()); }
        else if (type == 2) ;
        else if (type == 3) { take(3); take(u32()); }
        else die("unknown message type");
    }
    r.data = buf + start;
    r.len = good - start;
    if (!r.updates) die("nothing received");
    if (rfbrec_save(&r, argv[optind + 2], level)) die("cannot write");
    printf("%s: %u updates, %u rects, %.1f Mpixel, %.2f MB\n", name, r.updates,
           r.rects, r.pixels / 1e6, r.len / 1e6);
    for (int k = 0; k < nst; k++)
        printf("  enc %4d: %7llu rects %9.2f MB %9.2f Mpixel\n", st[k].enc,
               (unsigned long long)st[k].n, st[k].bytes / 1e6, st[k].px / 1e6);
    return 0;
}
