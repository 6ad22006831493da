/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/format.h"
#include "wire/writer.h"
#include "wire/rect.h"

/* Client messages as bytes (RFC 6143 section 7.5 and rfbproto "Client to Server Messages"). */

typedef struct {
  guint32  id;
  GvncRect rect;
  guint32  flags;
} GvncScreen;

void gvnc_output_pixel_format   (GvncWriter *out, const GvncPixelFormat *format);
void gvnc_output_encodings      (GvncWriter *out, const gint32 *encodings, guint n_encodings);
void gvnc_output_update_request (GvncWriter *out, gboolean incremental, const GvncRect *rect);
void gvnc_output_key            (GvncWriter *out, gboolean down, guint32 keysym);
void gvnc_output_extended_key   (GvncWriter *out, gboolean down, guint32 keysym, guint16 scancode);
void gvnc_output_pointer        (GvncWriter *out, guint8 buttons, guint16 x, guint16 y);
/* All 15 buttons, for servers that take ExtendedMouseButtons. */
void gvnc_output_pointer_full   (GvncWriter *out, guint16 buttons, guint16 x, guint16 y);
void gvnc_output_cut_text       (GvncWriter *out, const void *text, gsize len);
/* rfbproto "Extended Clipboard Pseudo-Encoding" */
void gvnc_output_extended_cut_text (GvncWriter *out, guint32 flags, const void *body, gsize len);
void gvnc_output_desktop_size   (GvncWriter *out, guint16 width, guint16 height, const GvncScreen *screens,
                                 guint8 n_screens);
void gvnc_output_power          (GvncWriter *out, guint8 code);
void gvnc_output_audio_enable   (GvncWriter *out, gboolean enable);
void gvnc_output_audio_format   (GvncWriter *out, guint8 sample_format, guint8 n_channels, guint32 frequency_hz);
/* @payload of at most 64 bytes. */
void gvnc_output_fence          (GvncWriter *out, guint32 flags, const void *payload, guint8 payload_len);
void gvnc_output_continuous     (GvncWriter *out, gboolean enable, const GvncRect *area);
