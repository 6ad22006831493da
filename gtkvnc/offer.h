/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vncconnection.h>

/* What a widget asks of a server: encodings and pixel format. No toolkit is needed here. */

/* How many colours; the numbers of VncDisplayDepthColor. */
typedef enum {
  GVNC_DEPTH_SERVER,
  GVNC_DEPTH_24,
  GVNC_DEPTH_15,
  GVNC_DEPTH_8,
  GVNC_DEPTH_3,
} GvncDepth;

/* Sends the list of encodings, best first; with @positions of the server's pointer too. */
void gvnc_offer_encodings    (VncConnection        *conn,
                              gboolean              lossy,
                              gboolean              positions);
/* The format to ask for, given the one that the server offers. */
void gvnc_offer_pixel_format (GvncDepth             depth,
                              const VncPixelFormat *server,
                              VncPixelFormat       *format);
