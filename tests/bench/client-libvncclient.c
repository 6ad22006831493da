/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* client-libvncclient: needs HARNESS_BPP=16 for a 565 recording */
#include "harness.h"
#include <rfb/rfbclient.h>

static void on_update(rfbClient *c, int x, int y, int w, int h)
{
    int w16 = c->format.bitsPerPixel == 16;
    h_rects++;
    h_rect(c->frameBuffer, (size_t)c->width * (w16 ? 2 : 4), x, y, w, h, w16, w16);
}
static void on_finished(rfbClient *c) { (void)c; h_updates++; }
static void quiet(const char *f, ...) { (void)f; }

int main(int argc, char **argv)
{
    int w16 = getenv("HARNESS_BPP") && atoi(getenv("HARNESS_BPP")) == 16;
    unsigned char *fb = NULL;
    unsigned w = 0, h = 0;
    if (!getenv("HARNESS_DEBUG")) rfbClientLog = rfbClientErr = quiet;
    h_start(argc, argv);
    for (int i = 0; i < h_loops; i++) {
        h_pass(i);
        rfbClient *c = rfbGetClient(8, 3, w16 ? 2 : 4);
        c->format.bigEndian = 0;
        c->format.trueColour = 1;
        if (w16) {
            c->format.depth = 16;
            c->format.redShift = 11; c->format.greenShift = 5; c->format.blueShift = 0;
            c->format.redMax = 31; c->format.greenMax = 63; c->format.blueMax = 31;
        } else {
            c->format.depth = 24;
            c->format.redShift = 16; c->format.greenShift = 8; c->format.blueShift = 0;
            c->format.redMax = c->format.greenMax = c->format.blueMax = 255;
        }
        c->appData.encodingsString = "tight zrle zlib hextile corre rre copyrect raw";
        c->appData.qualityLevel = 8;
        c->appData.useRemoteCursor = FALSE;
        c->canHandleNewFBSize = TRUE;
        c->GotFrameBufferUpdate = on_update;
        c->FinishedFrameBufferUpdate = on_finished;
        if (strchr(h_addr, '/')) {
            c->serverHost = strdup(h_addr);
        } else {
            c->serverHost = strdup("127.0.0.1");
            c->serverPort = atoi(h_addr);
        }
        if (!rfbInitClient(c, NULL, NULL)) { fprintf(stderr, "cannot connect\n"); return 1; }
        for (;;) {
            int n = WaitForMessage(c, 5000000);
            if (n < 0) break;
            if (n == 0) continue;
            if (!HandleRFBServerMessage(c)) break;
        }
        free(fb);
        fb = c->frameBuffer;
        w = c->width;
        h = c->height;
        c->frameBuffer = NULL;
        rfbClientCleanup(c);
    }
    h_report("libvncclient", fb, w, h, (size_t)w * (w16 ? 2 : 4), w16, w16);
    return 0;
}
