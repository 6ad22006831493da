/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Common to all client harnesses. Usage of each: client-X ADDR LOOPS
 * ADDR is a port on 127.0.0.1, or a UNIX socket path when it has a '/'.
 * Prints one line of key=value. */
#ifndef HARNESS_H
#define HARNESS_H
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static const char *h_addr;
static int h_loops = 1;
static unsigned long h_updates, h_rects;
static struct rusage h_ru0;
static struct timespec h_t0;

static inline int h_connect(void)
{
    int fd;
    if (strchr(h_addr, '/')) {
        struct sockaddr_un su;
        memset(&su, 0, sizeof su);
        su.sun_family = AF_UNIX;
        snprintf(su.sun_path, sizeof su.sun_path, "%s", h_addr);
        fd = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(fd, (struct sockaddr *)&su, sizeof su)) { perror("connect"); exit(1); }
    } else {
        struct sockaddr_in sa;
        memset(&sa, 0, sizeof sa);
        sa.sin_family = AF_INET;
        sa.sin_port = htons(atoi(h_addr));
        sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, (struct sockaddr *)&sa, sizeof sa)) { perror("connect"); exit(1); }
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    }
    return fd;
}
/* first thing in each pass. HARNESS_WARM=1: one more pass, before the clock
 * starts, so that one-time costs (upstream gvnc generates random DH
 * parameters on the first connection, 5 to 80 ms) are left out */
static inline void h_pass(int i)
{
    if (i != 1 || !getenv("HARNESS_WARM")) return;
    h_updates = h_rects = 0;
    getrusage(RUSAGE_SELF, &h_ru0);
    clock_gettime(CLOCK_MONOTONIC, &h_t0);
}
static inline void h_start(int argc, char **argv)
{
    if (argc < 3) { fprintf(stderr, "usage: %s port|path loops\n", argv[0]); exit(2); }
    h_addr = argv[1];
    h_loops = atoi(argv[2]) + (getenv("HARNESS_WARM") != NULL);
    getrusage(RUSAGE_SELF, &h_ru0);
    clock_gettime(CLOCK_MONOTONIC, &h_t0);
}
/* peak RSS of this program; ru_maxrss would include the parent's before exec */
static inline long h_hwm(void)
{
    char l[256];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(l, sizeof l, f))
        if (sscanf(l, "VmHWM: %ld", &kb) == 1) break;
    if (f) fclose(f);
    return kb;
}
static int h_cum_on = -1;
static uint64_t h_cum = 0xcbf29ce484222325ull;
/* HARNESS_CUM=1: hash of what each rectangle left in the framebuffer, at
 * the moment its callback runs; for correctness runs only */
static inline void h_rect(const uint8_t *fb, size_t stride, unsigned x, unsigned y,
                          unsigned w, unsigned h, int fb16, int wire16)
{
    if (h_cum_on < 0) h_cum_on = getenv("HARNESS_CUM") != NULL;
    if (!h_cum_on) return;
    for (unsigned i = y; i < y + h; i++)
        for (unsigned j = x; j < x + w; j++) {
            uint32_t v, k;
            if (fb16) {
                uint16_t u;
                memcpy(&u, fb + i * stride + 2 * j, 2);
                k = u;
            } else {
                memcpy(&v, fb + i * stride + 4 * j, 4);
                k = wire16 ? (v >> 8 & 0xf800) | (v >> 5 & 0x7e0) | (v >> 3 & 31) : v & 0xffffff;
            }
            h_cum = (h_cum ^ k) * 0x100000001b3ull;
        }
}
/* fnv-1a over R,G,B of each pixel; fb16: framebuffer pixels are 565;
 * wire16: only 5/6/5 bits are significant */
static inline void h_report(const char *client, const uint8_t *fb, unsigned w,
                            unsigned h, size_t stride, int fb16, int wire16)
{
    struct rusage ru;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    getrusage(RUSAGE_SELF, &ru);
    uint64_t x = 0xcbf29ce484222325ull;
    const char *dump = getenv("HARNESS_DUMP");
    FILE *f = dump && fb ? fopen(dump, "wb") : NULL;
    if (f) fprintf(f, "P6 %u %u 255\n", w, h);
    for (unsigned i = 0; fb && i < h; i++)
        for (unsigned j = 0; j < w; j++) {
            uint8_t c[3];
            if (fb16) {
                uint16_t v;
                memcpy(&v, fb + i * stride + 2 * j, 2);
                c[0] = v >> 11; c[1] = v >> 5 & 63; c[2] = v & 31;
            } else {
                uint32_t v;
                memcpy(&v, fb + i * stride + 4 * j, 4);
                c[0] = v >> 16; c[1] = v >> 8; c[2] = v;
                if (wire16) { c[0] >>= 3; c[1] >>= 2; c[2] >>= 3; }
            }
            for (int k = 0; k < 3; k++)
                x = (x ^ c[k]) * 0x100000001b3ull;
            if (f) fwrite(c, 1, 3, f);
        }
    if (f) fclose(f);
    double us = ru.ru_utime.tv_sec - h_ru0.ru_utime.tv_sec +
        (ru.ru_utime.tv_usec - h_ru0.ru_utime.tv_usec) / 1e6;
    double sy = ru.ru_stime.tv_sec - h_ru0.ru_stime.tv_sec +
        (ru.ru_stime.tv_usec - h_ru0.ru_stime.tv_usec) / 1e6;
    double wl = t.tv_sec - h_t0.tv_sec + (t.tv_nsec - h_t0.tv_nsec) / 1e9;
    printf("client=%s loops=%d wall=%.4f cpu=%.4f user=%.4f sys=%.4f rss_kb=%ld "
           "cbs=%lu updates=%lu w=%u h=%u hash=%016llx cum=%016llx\n", client, h_loops - (getenv("HARNESS_WARM") != NULL), wl, us + sy, us,
           sy, h_hwm(), h_rects, h_updates, w, h, (unsigned long long)x,
           (unsigned long long)(h_cum_on > 0 ? h_cum : 0));
}
#endif
