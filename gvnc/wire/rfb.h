/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Numbers of the RFB protocol. "7.5.1" is a section of RFC 6143; "rfbproto" is the community's specification. */

#define GVNC_RFB_VERSION_LEN 12            /* 7.1.1: "RFB xxx.yyy\n" */
#define GVNC_RFB_REPEATER_LEN 250   /* UltraVNC's repeater: where to, with zeros behind it */

/* Security types, 7.1.2 and rfbproto "Security Types" */
#define GVNC_RFB_SECURITY_INVALID 0
#define GVNC_RFB_SECURITY_NONE    1
#define GVNC_RFB_SECURITY_VNC     2
#define GVNC_RFB_SECURITY_RA2     5             /* rfbproto "RSA-AES" */
#define GVNC_RFB_SECURITY_RA2NE   6
#define GVNC_RFB_SECURITY_TIGHT   16            /* rfbproto "Tight Security Type" */
#define GVNC_RFB_SECURITY_TLS     18            /* rfbproto "TLS" */
#define GVNC_RFB_SECURITY_VENCRYPT 19           /* rfbproto "VeNCrypt" */
#define GVNC_RFB_SECURITY_SASL    20            /* rfbproto "SASL" */
#define GVNC_RFB_SECURITY_XVP     22            /* rfbproto "xvp Authentication" */
#define GVNC_RFB_SECURITY_ARD     30            /* Apple */
#define GVNC_RFB_SECURITY_APPLE_RSA 33
#define GVNC_RFB_SECURITY_MSLOGON2 113          /* UltraVNC */
#define GVNC_RFB_SECURITY_RA2_256 129           /* rfbproto "RSA-AES-256" */
#define GVNC_RFB_SECURITY_RA2NE_256 130
#define GVNC_RFB_SECURITY_MSLOGON 0xfffffffau   /* UltraVNC, with 3.3 only */

/* Subtypes of VeNCrypt. The text of rfbproto has the last two the other way round than every program that speaks them. */
#define GVNC_RFB_VENCRYPT_PLAIN     256
#define GVNC_RFB_VENCRYPT_TLSNONE   257
#define GVNC_RFB_VENCRYPT_TLSVNC    258
#define GVNC_RFB_VENCRYPT_TLSPLAIN  259
#define GVNC_RFB_VENCRYPT_X509NONE  260
#define GVNC_RFB_VENCRYPT_X509VNC   261
#define GVNC_RFB_VENCRYPT_X509PLAIN 262
#define GVNC_RFB_VENCRYPT_X509SASL  263
#define GVNC_RFB_VENCRYPT_TLSSASL   264

/* Within Tight */
#define GVNC_RFB_TIGHT_UNIX_LOGIN     129
#define GVNC_RFB_TIGHT_CAPABILITY_LEN 16

/* SecurityResult, 7.1.3 */
#define GVNC_RFB_RESULT_OK       0
#define GVNC_RFB_RESULT_FAILED   1
#define GVNC_RFB_RESULT_TOO_MANY 2         /* rfbproto, Tight */

/* Client to server messages, 7.5 */
#define GVNC_RFB_SET_PIXEL_FORMAT           0
#define GVNC_RFB_SET_ENCODINGS              2
#define GVNC_RFB_FRAMEBUFFER_UPDATE_REQUEST 3
#define GVNC_RFB_KEY_EVENT                  4
#define GVNC_RFB_POINTER_EVENT              5
#define GVNC_RFB_CLIENT_CUT_TEXT            6
#define GVNC_RFB_ENABLE_CONTINUOUS_UPDATES  150  /* rfbproto; the server's EndOfContinuousUpdates has the same number */
#define GVNC_RFB_END_OF_CONTINUOUS_UPDATES  150
#define GVNC_RFB_FENCE                      248  /* rfbproto "ClientFence", "ServerFence" */
#define GVNC_RFB_XVP                        250  /* rfbproto "xvp Client Message" */
#define GVNC_RFB_SET_DESKTOP_SIZE           251  /* rfbproto "SetDesktopSize" */
#define GVNC_RFB_QEMU                       255  /* rfbproto "QEMU Client Message" */
#define GVNC_RFB_QEMU_EXTENDED_KEY          0
#define GVNC_RFB_QEMU_AUDIO                 1

/* Server to client messages, 7.6 */
#define GVNC_RFB_FRAMEBUFFER_UPDATE    0
#define GVNC_RFB_SET_COLOUR_MAP_ENTRIES 1
#define GVNC_RFB_BELL                  2
#define GVNC_RFB_SERVER_CUT_TEXT       3

/* Encodings, 7.7 and rfbproto "Encodings" */
#define GVNC_RFB_ENCODING_RAW      0
#define GVNC_RFB_ENCODING_COPYRECT 1
#define GVNC_RFB_ENCODING_RRE      2
#define GVNC_RFB_ENCODING_CORRE    4
#define GVNC_RFB_ENCODING_HEXTILE  5
#define GVNC_RFB_ENCODING_ZLIB     6
#define GVNC_RFB_ENCODING_TIGHT    7
#define GVNC_RFB_ENCODING_ZLIBHEX  8
#define GVNC_RFB_ENCODING_TRLE     15
#define GVNC_RFB_ENCODING_ZRLE     16
#define GVNC_RFB_ENCODING_ZYWRLE   17
#define GVNC_RFB_ENCODING_JPEG     21
#define GVNC_RFB_ENCODING_TIGHT_PNG -260

/* Pseudo-encodings, 7.8 and rfbproto "Pseudo-encodings" */
#define GVNC_RFB_ENCODING_JPEG_QUALITY_LOWEST   -32   /* ten steps; Tight's JPEG and ZYWRLE look at it */
#define GVNC_RFB_ENCODING_JPEG_QUALITY_HIGHEST  -23
#define GVNC_RFB_ENCODING_COMPRESSION_LOWEST    -256  /* ten steps of work for the server */
#define GVNC_RFB_ENCODING_COMPRESSION_HIGHEST   -247
#define GVNC_RFB_ENCODING_FINE_QUALITY_LOWEST   -512  /* TurboVNC: 101 steps */
#define GVNC_RFB_ENCODING_FINE_QUALITY_HIGHEST  -412
#define GVNC_RFB_ENCODING_SUBSAMPLING_FIRST     -768  /* TurboVNC */
#define GVNC_RFB_ENCODING_SUBSAMPLING_LAST      -763
#define GVNC_RFB_ENCODING_DESKTOP_SIZE          -223
#define GVNC_RFB_ENCODING_LAST_RECT             -224
#define GVNC_RFB_ENCODING_POINTER_POS           -232  /* TightVNC and libvncserver: where the pointer is */
#define GVNC_RFB_ENCODING_CURSOR                -239
#define GVNC_RFB_ENCODING_XCURSOR               -240
#define GVNC_RFB_ENCODING_POINTER_MOTION_CHANGE -257  /* QEMU */
#define GVNC_RFB_ENCODING_EXTENDED_KEY          -258  /* QEMU */
#define GVNC_RFB_ENCODING_AUDIO                 -259  /* QEMU */
#define GVNC_RFB_ENCODING_LED_STATE             -261  /* QEMU */
#define GVNC_RFB_ENCODING_DESKTOP_NAME          -307
#define GVNC_RFB_ENCODING_EXTENDED_DESKTOP_SIZE -308
#define GVNC_RFB_ENCODING_XVP                   -309
#define GVNC_RFB_ENCODING_FENCE                 -312
#define GVNC_RFB_ENCODING_CONTINUOUS_UPDATES    -313
#define GVNC_RFB_ENCODING_ALPHA_CURSOR          -314
#define GVNC_RFB_ENCODING_EXTENDED_BUTTONS      -316
#define GVNC_RFB_ENCODING_TIGHT_WITHOUT_ZLIB    -317
#define GVNC_RFB_ENCODING_VMWARE_CURSOR         0x574d5664
#define GVNC_RFB_ENCODING_VMWARE_CURSOR_STATE   0x574d5665
#define GVNC_RFB_ENCODING_VMWARE_CURSOR_POS     0x574d5666
#define GVNC_RFB_ENCODING_VMWARE_KEY_REPEAT     0x574d5667
#define GVNC_RFB_ENCODING_VMWARE_LED_STATE      0x574d5668
#define GVNC_RFB_ENCODING_EXTENDED_CLIPBOARD    ((gint32) 0xc0a1e5ce)
#define GVNC_RFB_ENCODING_WMVI                  0x574d5669
#define GVNC_RFB_ENCODING_VMWARE_VM_STATE       0x574d566a
/* libvncserver's; the numbers are negative on the wire. */
#define GVNC_RFB_ENCODING_KEYBOARD_LED_STATE    (-0x20000)
#define GVNC_RFB_ENCODING_SUPPORTED_MESSAGES    (-0x1ffff)
#define GVNC_RFB_ENCODING_SUPPORTED_ENCODINGS   (-0x1fffe)
#define GVNC_RFB_ENCODING_SERVER_IDENTITY       (-0x1fffd)

/* A rectangle count of 65535 means: until LastRect. */
#define GVNC_RFB_RECTS_UNTIL_LAST 0xffff

/* Hextile sub-encoding bits, 7.7.4 */
#define GVNC_RFB_HEXTILE_RAW               1
#define GVNC_RFB_HEXTILE_BACKGROUND        2
#define GVNC_RFB_HEXTILE_FOREGROUND        4
#define GVNC_RFB_HEXTILE_ANY_SUBRECTS      8
#define GVNC_RFB_HEXTILE_SUBRECTS_COLOURED 16
#define GVNC_RFB_HEXTILE_ZLIB_RAW          32  /* rfbproto "zlibhex Encoding" */
#define GVNC_RFB_HEXTILE_ZLIB              64
