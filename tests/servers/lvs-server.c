/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small VNC server on libvncserver, for tests: shows a picture, writes every
 * input message to a file, and does what it reads from a named pipe.
 *
 * Commands on the pipe, one a line:
 *   fill X Y W H RRGGBB    copy SX SY W H DX DY    resize W H      name TEXT
 *   cuttext TEXT           cuttext8 TEXT           bell            leds N
 *   chat TEXT              cursor colour|mono|none shot            quit
 *   map N RRGGBB (with --map)                      drop (close every client)
 */
#include <rfb/rfb.h>
#include <rfb/keysym.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static FILE *events;
static rfbScreenInfoPtr scr;
static const char *shot_path;
static unsigned char *rgb;             /* the true picture, three bytes a pixel */
static int leds;

static void say(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vfprintf(events, fmt, ap);
	va_end(ap);
	fputc('\n', events);
	fflush(events);
}

static unsigned pack(const unsigned char *p)
{
	if (scr->serverFormat.bitsPerPixel == 32)
		return p[0] << scr->serverFormat.redShift | p[1] << scr->serverFormat.greenShift | p[2] << scr->serverFormat.blueShift;
	if (scr->serverFormat.bitsPerPixel == 16)
		return (p[0] >> 3) << 10 | (p[1] >> 3) << 5 | p[2] >> 3;
	if (!scr->serverFormat.trueColour)
		return (p[0] >> 5) << 5 | (p[1] >> 5) << 2 | p[2] >> 6;
	return (p[0] >> 5) | (p[1] >> 5) << 3 | (p[2] >> 6) << 6;
}

static void put(int x, int y, const unsigned char *p)
{
	char *d = scr->frameBuffer + y * scr->paddedWidthInBytes + x * scr->serverFormat.bitsPerPixel / 8;
	unsigned v = pack(p);
	memcpy(rgb + 3 * (y * scr->width + x), p, 3);
	if (scr->serverFormat.bitsPerPixel == 32)
		memcpy(d, &v, 4);
	else if (scr->serverFormat.bitsPerPixel == 16) {
		unsigned short s = v;
		memcpy(d, &s, 2);
	} else
		*d = v;
}

static void shot(void)
{
	char tmp[4096];
	int i;
	FILE *f;
	if (!shot_path)
		return;
	snprintf(tmp, sizeof tmp, "%s.part", shot_path);
	f = fopen(tmp, "wb");
	if (!f)
		return;
	fprintf(f, "P6\n%d %d\n255\n", scr->width, scr->height);
	for (i = 0; i < scr->width * scr->height; i++) {
		unsigned char *p = rgb + 3 * i, q[3];
		unsigned v = pack(p);
		memcpy(q, p, 3);
		if (scr->serverFormat.bitsPerPixel == 16) {
			q[0] = (v >> 10 & 31) * 255 / 31;
			q[1] = (v >> 5 & 31) * 255 / 31;
			q[2] = (v & 31) * 255 / 31;
		} else if (scr->serverFormat.bitsPerPixel == 8 && scr->serverFormat.trueColour) {
			q[0] = (v & 7) * 255 / 7;
			q[1] = (v >> 3 & 7) * 255 / 7;
			q[2] = (v >> 6 & 3) * 255 / 3;
		} else if (scr->serverFormat.bitsPerPixel == 8) {
			q[0] = scr->colourMap.data.shorts[3 * v] >> 8;
			q[1] = scr->colourMap.data.shorts[3 * v + 1] >> 8;
			q[2] = scr->colourMap.data.shorts[3 * v + 2] >> 8;
		}
		fwrite(q, 1, 3, f);
	}
	fclose(f);
	rename(tmp, shot_path);
}

static void on_key(rfbBool down, rfbKeySym sym, rfbClientPtr cl)
{
	(void)cl;
	say("key %d 0x%x", down ? 1 : 0, (unsigned)sym);
}

static void on_pointer(int mask, int x, int y, rfbClientPtr cl)
{
	say("pointer %d %d %d", mask, x, y);
	rfbDefaultPtrAddEvent(mask, x, y, cl);
}

static void on_text(char *s, int n, rfbClientPtr cl)
{
	int i;
	(void)cl;
	fprintf(events, "cuttext latin1 %d ", n);
	for (i = 0; i < n; i++)
		fprintf(events, "%02x", (unsigned char)s[i]);
	say("");
}

static void on_text8(char *s, int n, rfbClientPtr cl)
{
	int i;
	(void)cl;
	fprintf(events, "cuttext utf8 %d ", n);
	for (i = 0; i < n; i++)
		fprintf(events, "%02x", (unsigned char)s[i]);
	say("");
}

static int on_resize_request(int w, int h, int n, rfbExtDesktopScreen *s, rfbClientPtr cl);

static rfbBool on_xvp(rfbClientPtr cl, uint8_t version, uint8_t code)
{
	(void)cl;
	say("xvp %d %d", version, code);
	return code != 2;                  /* 2, shutdown, is refused: tests XVP_FAIL */
}

static void on_chat(rfbClientPtr cl, int n, char *s)
{
	(void)cl;
	if (n > 0)
		say("chat %.*s", n, s);
	else
		say("chat #%u", (unsigned)n);
}

static int on_led(rfbScreenInfoPtr s)
{
	(void)s;
	return leds;
}

static void on_single_window(rfbClientPtr cl, int x, int y)
{
	(void)cl;
	say("single-window %d %d", x, y);
}

static void on_server_input(rfbClientPtr cl, int on)
{
	(void)cl;
	say("server-input %d", on);
}

static void on_gone(rfbClientPtr cl)
{
	(void)cl;
	say("client gone");
}

static enum rfbNewClientAction on_client(rfbClientPtr cl)
{
	say("client new");
	cl->clientGoneHook = on_gone;
	return RFB_CLIENT_ACCEPT;
}

static void on_display(rfbClientPtr cl)
{
	if (cl->clientData)
		return;
	cl->clientData = cl;
	say("client version 3.%d encoding %d jpeg-quality %d compress %d cursor-shape %d newfb %d extdesktop %d lastrect %d bpp %d shifts %d %d %d big-endian %d",
	    cl->protocolMinorVersion, cl->preferredEncoding, cl->tightQualityLevel, cl->tightCompressLevel, !!cl->enableCursorShapeUpdates,
	    !!cl->useNewFBSize, !!cl->useExtDesktopSize, !!cl->enableLastRectEncoding, cl->format.bitsPerPixel,
	    cl->format.redShift, cl->format.greenShift, cl->format.blueShift, cl->format.bigEndian);
}

static void resize(int w, int h)
{
	unsigned char *old = rgb;
	char *oldfb = scr->frameBuffer, *fb;
	int ow = scr->width, oh = scr->height, x, y, bpp = scr->serverFormat.bitsPerPixel;
	rfbPixelFormat format = scr->serverFormat;
	rfbColourMap cmap = scr->colourMap;
	fb = calloc((size_t)w * h, bpp / 8);
	rgb = calloc((size_t)w * h, 3);
	rfbNewFramebuffer(scr, fb, w, h, bpp == 16 ? 5 : 8, 3, bpp / 8);
	scr->serverFormat = format;        /* the call above has set its own */
	scr->colourMap = cmap;
	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++) {
			static const unsigned char grey[3] = { 0x80, 0x80, 0x80 };
			put(x, y, x < ow && y < oh ? old + 3 * (y * ow + x) : grey);
		}
	free(old);
	free(oldfb);
	rfbMarkRectAsModified(scr, 0, 0, w, h);
}

static int pending_w, pending_h;

static int on_resize_request(int w, int h, int n, rfbExtDesktopScreen *s, rfbClientPtr cl)
{
	(void)s;
	(void)cl;
	say("set-desktop-size %d %d screens %d", w, h, n);
	if (w > 4096 || h > 4096)
		return rfbExtDesktopSize_OutOfResources;
	if (w < 16 || h < 16)
		return rfbExtDesktopSize_InvalidScreenLayout;
	pending_w = w;
	pending_h = h;
	return rfbExtDesktopSize_Success;
}

static void set_cursor(const char *what)
{
	static char src[] =
		"x               " "xx              " "xxx             " "xxxx            "
		"xxxxx           " "xxxxxx          " "xxxxxxx         " "xxxxxxxx        "
		"xxxxx           " "xx xx           " "x   xx          " "    xx          "
		"     xx         " "     xx         " "                " "                ";
	rfbCursorPtr c;
	if (!strcmp(what, "none")) {
		static char blank[] = " ";
		c = rfbMakeXCursor(1, 1, blank, blank);
	} else
		c = rfbMakeXCursor(16, 16, src, src);
	c->xhot = !strcmp(what, "none") ? 0 : 1;
	c->yhot = c->xhot;
	c->cleanup = TRUE;
	if (!strcmp(what, "colour")) {
		int x, y, n = scr->serverFormat.bitsPerPixel / 8;
		c->richSource = calloc(16 * 16, n);
		c->cleanupRichSource = TRUE;
		for (y = 0; y < 16; y++)
			for (x = 0; x < 16; x++) {
				unsigned char p[3] = { x * 16, y * 16, 255 - x * 8 };
				unsigned v = pack(p);
				memcpy(c->richSource + (y * 16 + x) * n, &v, n);
			}
	} else {
		c->foreRed = 0xffff;
		c->foreGreen = 0x8000;
		c->foreBlue = 0;
	}
	rfbSetCursor(scr, c);
}

static void command(char *l)
{
	int a, b, c, d, e, f;
	unsigned col;
	rfbClientPtr cl;
	rfbClientIteratorPtr it;
	if (sscanf(l, "fill %d %d %d %d %x", &a, &b, &c, &d, &col) == 5) {
		unsigned char p[3] = { col >> 16, col >> 8, col };
		int x, y;
		for (y = b; y < b + d && y < scr->height; y++)
			for (x = a; x < a + c && x < scr->width; x++)
				put(x, y, p);
		rfbMarkRectAsModified(scr, a, b, a + c, b + d);
	} else if (sscanf(l, "copy %d %d %d %d %d %d", &a, &b, &c, &d, &e, &f) == 6) {
		unsigned char *t = malloc((size_t)c * d * 3);
		int x, y;
		for (y = 0; y < d; y++)
			memcpy(t + 3 * y * c, rgb + 3 * ((b + y) * scr->width + a), 3 * c);
		for (y = 0; y < d; y++)
			for (x = 0; x < c; x++)
				memcpy(rgb + 3 * ((f + y) * scr->width + e + x), t + 3 * (y * c + x), 3);
		free(t);
		rfbDoCopyRect(scr, e, f, e + c, f + d, e - a, f - b);
	} else if (sscanf(l, "resize %d %d", &a, &b) == 2)
		resize(a, b);
	else if (sscanf(l, "leds %d", &a) == 1)
		leds = a;
	else if (!strncmp(l, "cuttext ", 8))
		rfbSendServerCutText(scr, l + 8, strlen(l + 8));
	else if (!strncmp(l, "cuttext8 ", 9)) {
#ifdef LIBVNCSERVER_HAVE_LIBZ
		static char fallback[] = "?";
		rfbSendServerCutTextUTF8(scr, l + 9, strlen(l + 9), fallback, 1);
#endif
	} else if (!strcmp(l, "bell"))
		rfbSendBell(scr);
	else if (!strncmp(l, "cursor ", 7))
		set_cursor(l + 7);
	else if (!strncmp(l, "chat ", 5)) {
		it = rfbGetClientIterator(scr);
		while ((cl = rfbClientIteratorNext(it)))
			rfbSendTextChatMessage(cl, strlen(l + 5), l + 5);
		rfbReleaseClientIterator(it);
	} else if (sscanf(l, "map %d %x", &a, &col) == 2 && !scr->serverFormat.trueColour && a >= 0 && a < 256) {
		scr->colourMap.data.shorts[3 * a] = (col >> 16 & 255) * 257;
		scr->colourMap.data.shorts[3 * a + 1] = (col >> 8 & 255) * 257;
		scr->colourMap.data.shorts[3 * a + 2] = (col & 255) * 257;
		rfbSetClientColourMaps(scr, 0, 256); /* asked for a part, it sends the first entries under the part's numbers */
	} else if (!strcmp(l, "shot"))
		shot();
	else if (!strcmp(l, "drop")) {
		it = rfbGetClientIterator(scr);
		while ((cl = rfbClientIteratorNext(it)))
			rfbCloseClient(cl);
		rfbReleaseClientIterator(it);
	} else if (!strcmp(l, "quit"))
		exit(0);
	else
		say("unknown command %s", l);
}

int main(int argc, char **argv)
{
	const char *card = NULL, *unixp = NULL, *control = NULL, *cert = NULL, *key = NULL;
	static char *pws[3];
	int port = 0, minor = 8, bpp = 32, map = 0, w = 640, h = 480, i, x, y, fd = -1, n = 0, usock = -1;
	unsigned char *pic = NULL;
	char line[4096];
	events = stdout;
	for (i = 1; i < argc; i++) {
#define OPT(s) (!strcmp(argv[i], s) && i + 1 < argc)
		if (OPT("--card")) card = argv[++i];
		else if (OPT("--unix")) unixp = argv[++i];
		else if (OPT("--control")) control = argv[++i];
		else if (OPT("--shot")) shot_path = argv[++i];
		else if (OPT("--cert")) cert = argv[++i];
		else if (OPT("--key")) key = argv[++i];
		else if (OPT("--password")) pws[0] = argv[++i];
		else if (OPT("--viewonly")) pws[1] = argv[++i];
		else if (OPT("--port")) port = atoi(argv[++i]);
		else if (OPT("--minor")) minor = atoi(argv[++i]);
		else if (OPT("--bpp")) bpp = atoi(argv[++i]);
		else if (!strcmp(argv[i], "--map")) map = 1;
		else if (OPT("--events")) events = fopen(argv[++i], "a");
		else { fprintf(stderr, "what is %s?\n", argv[i]); return 2; }
	}
	if (card) {
		FILE *f = fopen(card, "rb");
		if (!f || fscanf(f, "P6 %d %d 255", &w, &h) != 2 || fgetc(f) == EOF || !(pic = malloc((size_t)w * h * 3)) ||
		    fread(pic, 1, (size_t)w * h * 3, f) != (size_t)w * h * 3) {
			fprintf(stderr, "bad picture %s\n", card);
			return 1;
		}
		fclose(f);
	}
	i = 0;
	scr = rfbGetScreen(&i, NULL, w, h, bpp == 16 ? 5 : 8, 3, bpp / 8);
	scr->desktopName = "test desktop";
	scr->frameBuffer = calloc((size_t)w * h, bpp / 8);
	rgb = calloc((size_t)w * h, 3);
	if (bpp == 8 && !map) {
		scr->serverFormat.redMax = scr->serverFormat.greenMax = 7;
		scr->serverFormat.blueMax = 3;
		scr->serverFormat.redShift = 0;
		scr->serverFormat.greenShift = 3;
		scr->serverFormat.blueShift = 6;
	} else if (bpp == 16) {
		scr->serverFormat.redShift = 10;
		scr->serverFormat.greenShift = 5;
		scr->serverFormat.blueShift = 0;
		scr->serverFormat.redMax = scr->serverFormat.greenMax = scr->serverFormat.blueMax = 31;
	} else if (map) {
		scr->serverFormat.trueColour = FALSE;
		scr->colourMap.count = 256;
		scr->colourMap.is16 = TRUE;        /* a map of bytes is sent as it is: all but black */
		scr->colourMap.data.shorts = malloc(768 * sizeof(uint16_t));
		for (i = 0; i < 256; i++) {
			scr->colourMap.data.shorts[3 * i] = (i >> 5) * 255 / 7 * 257;
			scr->colourMap.data.shorts[3 * i + 1] = (i >> 2 & 7) * 255 / 7 * 257;
			scr->colourMap.data.shorts[3 * i + 2] = (i & 3) * 255 / 3 * 257;
		}
	}
	if (pic)
		for (y = 0; y < h; y++)
			for (x = 0; x < w; x++)
				put(x, y, pic + 3 * (y * w + x));
	scr->autoPort = FALSE;
	scr->port = scr->ipv6port = 0;
	scr->listenInterface = htonl(INADDR_LOOPBACK);
	scr->ipv6port = -1;
	if (unixp)
		scr->port = -1;
	else
		scr->port = port;
	scr->alwaysShared = TRUE;
	scr->deferUpdateTime = 5;
	scr->kbdAddEvent = on_key;
	scr->ptrAddEvent = on_pointer;
	scr->setXCutText = on_text;
#ifdef LIBVNCSERVER_HAVE_LIBZ
	scr->setXCutTextUTF8 = on_text8;
#else
	(void)on_text8;
#endif
	scr->setTextChat = on_chat;
	scr->xvpHook = on_xvp;
	scr->getKeyboardLedStateHook = on_led;
	scr->setSingleWindow = on_single_window;
	scr->setServerInput = on_server_input;
	scr->setDesktopSizeHook = on_resize_request;
	scr->newClientHook = on_client;
	scr->displayHook = on_display;
	if (cert) {
		scr->sslcertfile = (char *)cert;
		scr->sslkeyfile = (char *)key;
	}
	if (pws[0]) {
		scr->authPasswdData = pws;
		scr->passwordCheck = rfbCheckPasswordByList;
		if (pws[1])
			scr->authPasswdFirstViewOnly = 1;
	}
	scr->protocolMinorVersion = minor;
	set_cursor("none");
	rfbInitServer(scr);
	if (unixp) {                       /* libvncserver has no Unix listener of its own */
		struct sockaddr_un sa = { .sun_family = AF_UNIX };
		snprintf(sa.sun_path, sizeof sa.sun_path, "%s", unixp);
		usock = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
		if (bind(usock, (struct sockaddr *)&sa, sizeof sa) || listen(usock, 5)) {
			perror(unixp);
			return 1;
		}
	} else if (scr->listenSock < 0)
		return 1;
	if (control)
		fd = open(control, O_RDWR | O_NONBLOCK);
	while (rfbIsActive(scr)) {
		if (usock >= 0) {
			int c = accept(usock, NULL, NULL);
			if (c >= 0)
				rfbNewClient(scr, c);
		}
		rfbProcessEvents(scr, 10000);
		if (pending_w) {
			resize(pending_w, pending_h);
			pending_w = 0;
		}
		if (fd >= 0) {
			ssize_t got = read(fd, line + n, sizeof line - 1 - n);
			char *nl;
			if (got > 0)
				n += got;
			line[n] = 0;
			while ((nl = strchr(line, '\n'))) {
				*nl = 0;
				command(line);
				n -= nl + 1 - line;
				memmove(line, nl + 1, n + 1);
			}
		}
	}
	return 0;
}
