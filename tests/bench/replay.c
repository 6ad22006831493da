/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* replay: serves one recording to any number of clients, one after the
 * other, as fast as each reads. See README.md */
#define _GNU_SOURCE
#include "rfbrec.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int rd(int fd, void *p, size_t n)
{
    uint8_t *q = p;
    while (n) {
        ssize_t k = read(fd, q, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return -1;
        q += k; n -= k;
    }
    return 0;
}
static int wr(int fd, const void *p, size_t n)
{
    const uint8_t *q = p;
    while (n) {
        ssize_t k = write(fd, q, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return -1;
        q += k; n -= k;
    }
    return 0;
}

static void serve(int fd, const RfbRec *r, size_t chunk)
{
    uint8_t b[65536], *p = b;
    if (wr(fd, "RFB 003.008\n", 12) || rd(fd, b, 12)) return;
    if (memcmp(b, "RFB 003.008\n", 12)) { fprintf(stderr, "replay: client is not 3.8\n"); return; }
    if (wr(fd, "\1\1", 2) || rd(fd, b, 1) || b[0] != 1) return;
    if (wr(fd, "\0\0\0\0", 4) || rd(fd, b, 1)) return;
    rr_put(&p, r->width, 2);
    rr_put(&p, r->height, 2);
    memcpy(p, r->pf, 16); p += 16;
    rr_put(&p, 6, 4);
    memcpy(p, "replay", 6); p += 6;
    if (wr(fd, b, p - b)) return;
    /* the first thing a client asks is a FramebufferUpdateRequest or the
     * formats: do not send before it spoke */
    if (read(fd, b, sizeof b) <= 0) return;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    size_t off = 0;
    while (off < r->len) {
        size_t n = r->len - off < chunk ? r->len - off : chunk;
        ssize_t k = write(fd, r->data + off, n);
        if (k > 0) { off += k; }
        else if (k < 0 && errno != EAGAIN && errno != EINTR) return;
        struct pollfd pf = { fd, POLLIN | (k > 0 ? 0 : POLLOUT), 0 };
        if (poll(&pf, 1, k > 0 ? 0 : -1) < 0) continue;
        if (pf.revents & (POLLIN | POLLHUP)) {
            k = read(fd, b, sizeof b);
            if (k == 0 || (k < 0 && errno != EAGAIN)) {
                fprintf(stderr, "replay: client left at byte %zu of %zu\n", off, (size_t)r->len);
                return;
            }
        }
    }
    /* end of stream: the client sees EOF after the last update */
    shutdown(fd, SHUT_WR);
    fcntl(fd, F_SETFL, 0);
    while (read(fd, b, sizeof b) > 0);
}

int main(int argc, char **argv)
{
    int c, port = 0, count = 0, info = 0;
    size_t chunk = 256 << 10;
    const char *upath = NULL;
    while ((c = getopt(argc, argv, "p:u:n:c:i")) != -1)
        switch (c) {
        case 'p': port = atoi(optarg); break;
        case 'u': upath = optarg; break;
        case 'n': count = atoi(optarg); break;
        case 'c': chunk = atoi(optarg); break;
        case 'i': info = 1; break;
        default: return 2;
        }
    if (optind + 1 != argc || (!info && !port && !upath)) {
        fprintf(stderr, "usage: replay (-p port | -u socket path) [-n connections] "
                "[-c bytes per write] file | replay -i file\n");
        return 2;
    }
    RfbRec r;
    if (rfbrec_load(&r, argv[optind])) return 1;
    if (info) {
        printf("name=%s width=%u height=%u bpp=%u updates=%u rects=%u pixels=%llu bytes=%llu\n",
               r.name, r.width, r.height, r.pf[0], r.updates, r.rects,
               (unsigned long long)r.pixels, (unsigned long long)r.len);
        return 0;
    }
    signal(SIGPIPE, SIG_IGN);
    int s;
    if (upath) {
        struct sockaddr_un su = { .sun_family = AF_UNIX };
        snprintf(su.sun_path, sizeof su.sun_path, "%s", upath);
        unlink(upath);
        s = socket(AF_UNIX, SOCK_STREAM, 0);
        if (bind(s, (void *)&su, sizeof su)) { perror("bind"); return 1; }
    } else {
        struct sockaddr_in sa = { .sin_family = AF_INET, .sin_port = htons(port),
            .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        int one = 1;
        s = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(s, (void *)&sa, sizeof sa)) { perror("bind"); return 1; }
    }
    listen(s, 8);
    printf("ready\n");
    fflush(stdout);
    for (int i = 0; !count || i < count; i++) {
        int fd = accept(s, NULL, NULL), one = 1;
        if (fd < 0) continue;
        if (!upath) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        serve(fd, &r, chunk);
        close(fd);
    }
    if (upath) unlink(upath);
    return 0;
}
