/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* client-null: only reads the socket; the floor of any client. Third
 * argument: bytes per read. Counts nothing, hash is 0 pixels. */
#include "harness.h"

static void rd(int fd, void *p, size_t n)
{
    for (char *q = p; n; ) {
        ssize_t k = read(fd, q, n);
        if (k <= 0) exit(1);
        q += k; n -= k;
    }
}
int main(int argc, char **argv)
{
    size_t n = argc > 3 ? atoi(argv[3]) : 256 << 10;
    char *b = malloc(n < 4096 ? 4096 : n);
    h_start(argc, argv);
    for (int i = 0; i < h_loops; i++) {
        h_pass(i);
        int fd = h_connect();
        uint8_t u[24];
        rd(fd, b, 12);
        if (write(fd, "RFB 003.008\n", 12) != 12) return 1;
        rd(fd, b, 2);
        if (write(fd, "\1", 1) != 1) return 1;
        rd(fd, b, 4);
        if (write(fd, "\1", 1) != 1) return 1;
        rd(fd, u, 24);
        rd(fd, b, u[23]);
        if (write(fd, "\3\0\0\0\0\0\7\200\4\70", 10) != 10) return 1;
        while (read(fd, b, n) > 0);
        close(fd);
    }
    h_report("null", NULL, 0, 0, 0, 0, 0);
    return 0;
}
