/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The ceilings. Nothing a server says makes us allocate, compute or wait beyond one of these; a message that asks for
 * more ends the connection with an error that names the number and the limit. What the protocol itself fixes is no choice of ours
 * and is checked where it is read: 64 bytes of a fence, 125 of a WebSocket's control frame, 250 of a repeater's line, 65536 colours.
 *
 * This header includes nothing and belongs to no place, so every place may include it. */

/* Sides and area of the desktop. 32767 is what X servers can do; 2^27 pixels are 512 MiB of framebuffer, enough for
 * sixteen 4K screens. */
#define GVNC_LIMIT_DESKTOP_SIDE_PX 32767
#define GVNC_LIMIT_DESKTOP_AREA_PX (128 * 1024 * 1024)

/* Sides of a cursor shape. X servers and QEMU send up to 256; 512 leaves room for high-density screens (1 MiB), and is
 * what a toolkit turns into a cursor without being noticed. */
#define GVNC_LIMIT_CURSOR_PX 512

/* Bytes of ServerCutText. gtk-vnc took as many. */
#define GVNC_LIMIT_CUT_TEXT_LEN (32 * 1024 * 1024)

/* Bytes of what the extended clipboard carries, inflated, by format; more is refused and the session goes on. Plain text: what
 * the specification takes for granted. Rich text as much. Pictures: 4K with 32 bits a pixel are 31.7 MiB. */
#define GVNC_LIMIT_CLIPBOARD_TEXT_LEN (20 * 1024 * 1024)
#define GVNC_LIMIT_CLIPBOARD_RICH_LEN (20 * 1024 * 1024)
#define GVNC_LIMIT_CLIPBOARD_DIB_LEN  (32 * 1024 * 1024)

/* Compressed bytes of one message of the extended clipboard. They are inflated as they come and not kept; a picture that
 * does not compress, and a text with it, fit. */
#define GVNC_LIMIT_CLIPBOARD_LEN (64 * 1024 * 1024)

/* Seconds that an application waits for clipboard data it has asked for. A server fetches it from a program on its desktop;
 * half of this is what such programs are given. */
#define GVNC_LIMIT_CLIPBOARD_S 10

/* Bytes of the numbers of Apple's Diffie-Hellman exchange; servers send 128 to 512. */
#define GVNC_LIMIT_DH_LEN 2048

/* Bits that their prime has at least: below the first, a secret is found in hours by anybody, and below the second by
 * those with means; what lies between is refused unless the application allows weak keys. */
#define GVNC_LIMIT_DH_LEAST_BITS  512
#define GVNC_LIMIT_DH_STRONG_BITS 1024

/* Bits of a server's RSA key. Keys below the first number are of no use today; those below the second are refused unless the
 * application allows weak keys. */
#define GVNC_LIMIT_RSA_LEAST_BITS  1024
#define GVNC_LIMIT_RSA_STRONG_BITS 2048
#define GVNC_LIMIT_RSA_BITS        8192

/* Bytes of such a key in DER. */
#define GVNC_LIMIT_RSA_DER_LEN 4096

/* Capabilities in one list of a Tight server; TightVNC's longest has some thirty. */
#define GVNC_LIMIT_TIGHT_CAPABILITIES 256

/* Bytes of the list of SASL mechanisms, and of one message of a mechanism: a Kerberos ticket with many groups has some ten
 * thousand. */
#define GVNC_LIMIT_SASL_MECHANISMS_LEN 300
#define GVNC_LIMIT_SASL_LEN            (1024 * 1024)

/* Messages of a SASL mechanism; those that there are need two to five. */
#define GVNC_LIMIT_SASL_STEPS 64

/* Bytes of one packet of a SASL security layer. */
#define GVNC_LIMIT_SASL_PACKET_LEN 65536

/* Bytes of the desktop's name. */
#define GVNC_LIMIT_DESKTOP_NAME_LEN (64 * 1024)

/* Bytes of a reason for a refused connection; people read a sentence or two. */
#define GVNC_LIMIT_REASON_LEN (64 * 1024)

/* Characters of server text that an error message quotes. */
#define GVNC_LIMIT_QUOTED_CHARS 500

/* Screens of an ExtendedDesktopSize; the count on the wire is a byte. */
#define GVNC_LIMIT_SCREENS 255

/* Bytes in which a libvncserver tells its name, messages or encodings; the name is a line, the others some hundred bytes. */
#define GVNC_LIMIT_SERVER_INFO_LEN (16 * 1024)

/* Requests for a layout that wait for their answers; a server that answers none must not make us keep them all. */
#define GVNC_LIMIT_LAYOUT_REQUESTS 64

/* Subrectangles of one RRE rectangle, per pixel of it. Each may be as large as the rectangle, so their number is what
 * bounds the work; a sane server sends fewer than half a one per pixel, since Raw is smaller beyond that. */
#define GVNC_LIMIT_RRE_SUBRECTS_PER_PX 1

/* Compressed bytes of one ZRLE rectangle, per pixel of the rectangle and beside it: zlib's worst case expands
 * incompressible data by less than one byte in a thousand, and a tile adds one byte. */
#define GVNC_LIMIT_ZRLE_LEN_PER_PX 8
#define GVNC_LIMIT_ZRLE_LEN_EXTRA  65536

/* Compressed bytes of one Zlib rectangle, per pixel of the rectangle and beside it: as for ZRLE. */
#define GVNC_LIMIT_ZLIB_LEN_PER_PX 8
#define GVNC_LIMIT_ZLIB_LEN_EXTRA  65536

/* Bytes of one picture of the encoding JPEG, which does not say its length before. An 8K screen at the best quality takes
 * less; Tight's and TightPNG's length field ends at 4 MiB. */
#define GVNC_LIMIT_JPEG_LEN (64 * 1024 * 1024)

/* Pixels of one JPEG or PNG picture, since it is decoded in one go: an 8K screen, 128 MiB. */
#define GVNC_LIMIT_PICTURE_AREA_PX (32 * 1024 * 1024)

/* Client messages that wait for a server that does not read: 64 MiB hold one greatest cut text and a day of motion. */
#define GVNC_LIMIT_OUTPUT_LEN (64 * 1024 * 1024)

/* Decoded data that waits for the main context before the engine stops reading, so that TCP pushes back. */
#define GVNC_LIMIT_QUEUE_BYTES (4 * 1024 * 1024)

/* A batch is handed to the main context when it holds this much, so that both cores work and the data is still warm. */
#define GVNC_LIMIT_BATCH_BYTES (512 * 1024)

/* Bytes of one message of sound; a second of eight channels at 48 kHz and 32 bits is 1.5 MiB. */
#define GVNC_LIMIT_AUDIO_LEN (2 * 1024 * 1024)

/* Bytes of an address; those of web servers with a ticket in them have some thousand. */
#define GVNC_LIMIT_URI_LEN (64 * 1024)

/* Bytes of a web server's answer to the request for a WebSocket, up to its end: what web servers take themselves. */
#define GVNC_LIMIT_HTTP_HEAD_LEN (16 * 1024)

/* Bytes that a WebSocket frame announces. Frames pass through as they come and are kept nowhere, so this only tells nonsense
 * from a server that sends much at once. */
#define GVNC_LIMIT_WEBSOCKET_FRAME_LEN (1024 * 1024 * 1024)

/* Characters that ssh, or a program in its place, says when it fails. */
#define GVNC_LIMIT_SSH_SAID_LEN 1024

/* Tries in a row to get a lost session back, and the longest wait between two of them, in milliseconds: four minutes of all. */
#define GVNC_LIMIT_RECONNECT_ATTEMPTS 10
#define GVNC_LIMIT_RECONNECT_MS       30000

/* Milliseconds: without a greeting we send "RFB " so that a server of another protocol hangs up. x11vnc with TLS is silent for 1.4 s
 * and must not get bytes before; on a busy machine it needs a second and more to begin with that. Without any progress of the
 * handshake we give up. Waiting for the application or the user does not count. */
#define GVNC_LIMIT_GREETING_HINT_MS 8000
#define GVNC_LIMIT_HANDSHAKE_MS     30000

/* Milliseconds for a greeting that comes through SSH, where somebody may have to type a passphrase, or a repeater, where the
 * server may have to be woken; no hint is sent there. */
#define GVNC_LIMIT_FAR_GREETING_MS 120000

/* Milliseconds that one dispatch on the main context may draw before it lets other sources run. */
#define GVNC_LIMIT_REPLAY_MS 6

/* Bytes of one message of a TLS handshake, which holds the server's chain of certificates; three of RSA 4096 are 6 KiB. */
#define GVNC_LIMIT_TLS_HANDSHAKE_LEN (64 * 1024)

/* Bytes of a file of trusted authorities or of the known hosts; the system's own list of authorities has 220 KiB. */
#define GVNC_LIMIT_TRUST_FILE_LEN  (16 * 1024 * 1024)
#define GVNC_LIMIT_KNOWN_HOSTS_LEN (4 * 1024 * 1024)

/* Bytes of a user name or a password that is sent as it is; servers have shorter ones. */
#define GVNC_LIMIT_CREDENTIAL_LEN 1024

/* Update requests that are sent before the ones before them were answered; at 60 updates a second these fill a way of 250 ms. */
#define GVNC_LIMIT_REQUESTS 16

/* Microseconds: on a link with a longer round trip nothing is asked for ahead, since it could not be stopped either. */
#define GVNC_LIMIT_ROUND_TRIP_US 1000000
