/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "offer.h"

/* Only with lossy encoding, in front of the others: lets Tight use JPEG of middle quality. */
static const gint32 offer_lossy = VNC_CONNECTION_ENCODING_TIGHT_JPEG5;

/* Behind the others, when the server's pointer is to be shown: where it is. */
static const gint32 offer_positions[] = {
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR_POSITION,
  VNC_CONNECTION_ENCODING_CURSOR_POS,
};

static const gint32 offer_encodings[] = {
  VNC_CONNECTION_ENCODING_TIGHT,
  VNC_CONNECTION_ENCODING_XVP,
  VNC_CONNECTION_ENCODING_EXT_KEY_EVENT,
  VNC_CONNECTION_ENCODING_LED_STATE,
  VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE,
  VNC_CONNECTION_ENCODING_DESKTOP_RESIZE,
  VNC_CONNECTION_ENCODING_DESKTOP_NAME,
  VNC_CONNECTION_ENCODING_LAST_RECT,
  VNC_CONNECTION_ENCODING_WMVi,
  VNC_CONNECTION_ENCODING_AUDIO,
  VNC_CONNECTION_ENCODING_ALPHA_CURSOR,
  VNC_CONNECTION_ENCODING_RICH_CURSOR,
  VNC_CONNECTION_ENCODING_XCURSOR,
  VNC_CONNECTION_ENCODING_POINTER_CHANGE,
  VNC_CONNECTION_ENCODING_ZRLE,
  VNC_CONNECTION_ENCODING_HEXTILE,
  VNC_CONNECTION_ENCODING_RRE,
  VNC_CONNECTION_ENCODING_COPY_RECT,
  VNC_CONNECTION_ENCODING_RAW,

  /* What gtk-vnc did not know. */
  VNC_CONNECTION_ENCODING_FENCE,
  VNC_CONNECTION_ENCODING_CONTINUOUS_UPDATES,
  VNC_CONNECTION_ENCODING_EXTENDED_MOUSE_BUTTONS,
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR,
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR_STATE,
  VNC_CONNECTION_ENCODING_VMWARE_LED_STATE,
  VNC_CONNECTION_ENCODING_KEYBOARD_LED_STATE,
};

/* The formats of a fixed depth. */
static const VncPixelFormat offer_formats[] = {
  [GVNC_DEPTH_24] = { .bits_per_pixel = 32, .depth = 24, .red_max = 255, .green_max = 255, .blue_max = 255,
                      .red_shift = 16, .green_shift = 8, .blue_shift = 0 },
  [GVNC_DEPTH_15] = { .bits_per_pixel = 16, .depth = 15, .red_max = 31, .green_max = 31, .blue_max = 31,
                      .red_shift = 11, .green_shift = 6, .blue_shift = 1 },
  [GVNC_DEPTH_8]  = { .bits_per_pixel = 8, .depth = 8, .red_max = 7, .green_max = 7, .blue_max = 3,
                      .red_shift = 5, .green_shift = 2, .blue_shift = 0 },
  [GVNC_DEPTH_3]  = { .bits_per_pixel = 8, .depth = 3, .red_max = 1, .green_max = 1, .blue_max = 1,
                      .red_shift = 7, .green_shift = 6, .blue_shift = 5 },
};

void
gvnc_offer_encodings (VncConnection *conn, gboolean lossy, gboolean positions)
{
  gint32 encodings[1 + G_N_ELEMENTS (offer_encodings) + G_N_ELEMENTS (offer_positions)];
  int n_encodings = 0;

  if (lossy)
    encodings[n_encodings++] = offer_lossy;
  for (gsize i = 0; i < G_N_ELEMENTS (offer_encodings); i++)
    encodings[n_encodings++] = offer_encodings[i];
  for (gsize i = 0; positions && i < G_N_ELEMENTS (offer_positions); i++)
    encodings[n_encodings++] = offer_positions[i];
  vnc_connection_set_encodings (conn, n_encodings, encodings);
}

void
gvnc_offer_pixel_format (GvncDepth depth, const VncPixelFormat *server, VncPixelFormat *format)
{
  if (depth > GVNC_DEPTH_SERVER && depth <= GVNC_DEPTH_3) {
    *format = offer_formats[depth];
    format->true_color_flag = 1;
  } else {
    *format = *server;
  }
  format->byte_order = G_BYTE_ORDER;
}
