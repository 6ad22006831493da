/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/output.h"

#include "wire/rfb.h"

/* 7.5.1 */
void
gvnc_output_pixel_format (GvncWriter            *out,
                          const GvncPixelFormat *format)
{
  gvnc_writer_u8 (out, GVNC_RFB_SET_PIXEL_FORMAT);
  gvnc_writer_zeros (out, 3);
  gvnc_pixel_format_write (out, format);
}

/* 7.5.2 */
void
gvnc_output_encodings (GvncWriter   *out,
                       const gint32 *encodings,
                       guint         n_encodings)
{
  gvnc_writer_u8 (out, GVNC_RFB_SET_ENCODINGS);
  gvnc_writer_zeros (out, 1);
  gvnc_writer_u16 (out, (guint16) n_encodings);
  for (guint i = 0; i < n_encodings; i++)
    gvnc_writer_u32 (out, (guint32) encodings[i]);
}

/* 7.5.3 */
void
gvnc_output_update_request (GvncWriter     *out,
                            gboolean        incremental,
                            const GvncRect *rect)
{
  gvnc_writer_u8 (out, GVNC_RFB_FRAMEBUFFER_UPDATE_REQUEST);
  gvnc_writer_u8 (out, incremental ? 1 : 0);
  gvnc_writer_u16 (out, rect->x);
  gvnc_writer_u16 (out, rect->y);
  gvnc_writer_u16 (out, rect->width);
  gvnc_writer_u16 (out, rect->height);
}

/* 7.5.4 */
void
gvnc_output_key (GvncWriter *out,
                 gboolean    down,
                 guint32     keysym)
{
  gvnc_writer_u8 (out, GVNC_RFB_KEY_EVENT);
  gvnc_writer_u8 (out, down ? 1 : 0);
  gvnc_writer_zeros (out, 2);
  gvnc_writer_u32 (out, keysym);
}

/* rfbproto "QEMU Extended Key Event Message" */
void
gvnc_output_extended_key (GvncWriter *out,
                          gboolean    down,
                          guint32     keysym,
                          guint16     scancode)
{
  gvnc_writer_u8 (out, GVNC_RFB_QEMU);
  gvnc_writer_u8 (out, GVNC_RFB_QEMU_EXTENDED_KEY);
  gvnc_writer_u16 (out, down ? 1 : 0);
  gvnc_writer_u32 (out, keysym);
  gvnc_writer_u32 (out, scancode);
}

/* 7.5.5 */
void
gvnc_output_pointer (GvncWriter *out,
                     guint8      buttons,
                     guint16     x,
                     guint16     y)
{
  gvnc_writer_u8 (out, GVNC_RFB_POINTER_EVENT);
  gvnc_writer_u8 (out, buttons);
  gvnc_writer_u16 (out, x);
  gvnc_writer_u16 (out, y);
}

/* rfbproto "PointerEvent": with the highest bit set, an eighth byte follows with button 8 and those beyond it. */
void
gvnc_output_pointer_full (GvncWriter *out,
                          guint16     buttons,
                          guint16     x,
                          guint16     y)
{
  if (buttons < 0x80) {
    gvnc_output_pointer (out, (guint8) buttons, x, y);
    return;
  }
  gvnc_output_pointer (out, (buttons & 0x7f) | 0x80, x, y);
  gvnc_writer_u8 (out, (guint8) (buttons >> 7));
}

/* 7.5.6 */
void
gvnc_output_cut_text (GvncWriter *out,
                      const void *text,
                      gsize       len)
{
  gvnc_writer_u8 (out, GVNC_RFB_CLIENT_CUT_TEXT);
  gvnc_writer_zeros (out, 3);
  gvnc_writer_u32 (out, (guint32) len);
  gvnc_writer_bytes (out, text, len);
}

/* rfbproto "Extended Clipboard Pseudo-Encoding": the length is negative */
void
gvnc_output_extended_cut_text (GvncWriter *out,
                               guint32     flags,
                               const void *body,
                               gsize       len)
{
  gvnc_writer_u8 (out, GVNC_RFB_CLIENT_CUT_TEXT);
  gvnc_writer_zeros (out, 3);
  gvnc_writer_u32 (out, 0u - (guint32) (4 + len));
  gvnc_writer_u32 (out, flags);
  gvnc_writer_bytes (out, body, len);
}

/* rfbproto "SetDesktopSize" */
void
gvnc_output_desktop_size (GvncWriter       *out,
                          guint16           width,
                          guint16           height,
                          const GvncScreen *screens,
                          guint8            n_screens)
{
  gvnc_writer_u8 (out, GVNC_RFB_SET_DESKTOP_SIZE);
  gvnc_writer_zeros (out, 1);
  gvnc_writer_u16 (out, width);
  gvnc_writer_u16 (out, height);
  gvnc_writer_u8 (out, n_screens);
  gvnc_writer_zeros (out, 1);
  for (const GvncScreen *screen = screens; screen < screens + n_screens; screen++) {
    gvnc_writer_u32 (out, screen->id);
    gvnc_writer_u16 (out, screen->rect.x);
    gvnc_writer_u16 (out, screen->rect.y);
    gvnc_writer_u16 (out, screen->rect.width);
    gvnc_writer_u16 (out, screen->rect.height);
    gvnc_writer_u32 (out, screen->flags);
  }
}

/* rfbproto "xvp Client Message" */
void
gvnc_output_power (GvncWriter *out,
                   guint8      code)
{
  gvnc_writer_u8 (out, GVNC_RFB_XVP);
  gvnc_writer_zeros (out, 1);
  gvnc_writer_u8 (out, 1);
  gvnc_writer_u8 (out, code);
}

/* rfbproto "QEMU Audio Client Message" */
void
gvnc_output_audio_enable (GvncWriter *out,
                          gboolean    enable)
{
  gvnc_writer_u8 (out, GVNC_RFB_QEMU);
  gvnc_writer_u8 (out, GVNC_RFB_QEMU_AUDIO);
  gvnc_writer_u16 (out, enable ? 0 : 1);
}

void
gvnc_output_audio_format (GvncWriter *out,
                          guint8      sample_format,
                          guint8      n_channels,
                          guint32     frequency_hz)
{
  gvnc_writer_u8 (out, GVNC_RFB_QEMU);
  gvnc_writer_u8 (out, GVNC_RFB_QEMU_AUDIO);
  gvnc_writer_u16 (out, 2);
  gvnc_writer_u8 (out, sample_format);
  gvnc_writer_u8 (out, n_channels);
  gvnc_writer_u32 (out, frequency_hz);
}

/* rfbproto "ClientFence" */
void
gvnc_output_fence (GvncWriter *out,
                   guint32     flags,
                   const void *payload,
                   guint8      payload_len)
{
  gvnc_writer_u8 (out, GVNC_RFB_FENCE);
  gvnc_writer_zeros (out, 3);
  gvnc_writer_u32 (out, flags);
  gvnc_writer_u8 (out, payload_len);
  gvnc_writer_bytes (out, payload, payload_len);
}

/* rfbproto "EnableContinuousUpdates" */
void
gvnc_output_continuous (GvncWriter     *out,
                        gboolean        enable,
                        const GvncRect *area)
{
  gvnc_writer_u8 (out, GVNC_RFB_ENABLE_CONTINUOUS_UPDATES);
  gvnc_writer_u8 (out, enable ? 1 : 0);
  gvnc_writer_u16 (out, area->x);
  gvnc_writer_u16 (out, area->y);
  gvnc_writer_u16 (out, area->width);
  gvnc_writer_u16 (out, area->height);
}
