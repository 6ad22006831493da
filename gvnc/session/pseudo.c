/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/pseudo.h"

#include "session/cursor.h"
#include "session/limits.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

/* Bits of a keyboard's lights in libvncserver's KeyboardLedState, which gives its modifiers. */
#define MODIFIER_CAPS_LOCK   (1 << 1)
#define MODIFIER_NUM_LOCK    (1 << 7)
#define MODIFIER_SCROLL_LOCK (1 << 8)

#define LED_SCROLL 1
#define LED_NUM    2
#define LED_CAPS   4
#define LED_ALL    7

#define VMWARE_CURSOR_VISIBLE 1

typedef struct {
  gint32      encoding;
  const char *name;
  gboolean    rectangle;   /* it comes as one; others come as messages, or only tell the server something */
  guint       body_len;    /* bytes behind the header, or as many of them as always come */
} PseudoType;

static const PseudoType types[] = {
  { GVNC_RFB_ENCODING_DESKTOP_SIZE, "DesktopSize", TRUE, 0 },
  { GVNC_RFB_ENCODING_LAST_RECT, "LastRect", TRUE, 0 },
  { GVNC_RFB_ENCODING_POINTER_POS, "PointerPos", TRUE, 0 },
  { GVNC_RFB_ENCODING_CURSOR, "Cursor", TRUE, 0 },
  { GVNC_RFB_ENCODING_XCURSOR, "XCursor", TRUE, 0 },
  { GVNC_RFB_ENCODING_POINTER_MOTION_CHANGE, "QEMU Pointer Motion Change", TRUE, 0 },
  { GVNC_RFB_ENCODING_EXTENDED_KEY, "QEMU Extended Key Event", TRUE, 0 },
  { GVNC_RFB_ENCODING_AUDIO, "QEMU Audio", TRUE, 0 },
  { GVNC_RFB_ENCODING_LED_STATE, "QEMU LED State", TRUE, 1 },
  { GVNC_RFB_ENCODING_DESKTOP_NAME, "DesktopName", TRUE, 4 },
  { GVNC_RFB_ENCODING_EXTENDED_DESKTOP_SIZE, "ExtendedDesktopSize", TRUE, 4 },
  { GVNC_RFB_ENCODING_XVP, "xvp", FALSE, 0 },
  { GVNC_RFB_ENCODING_FENCE, "Fence", FALSE, 0 },
  { GVNC_RFB_ENCODING_CONTINUOUS_UPDATES, "ContinuousUpdates", FALSE, 0 },
  { GVNC_RFB_ENCODING_ALPHA_CURSOR, "Cursor With Alpha", TRUE, 4 },
  { GVNC_RFB_ENCODING_EXTENDED_BUTTONS, "ExtendedMouseButtons", TRUE, 0 },
  { GVNC_RFB_ENCODING_TIGHT_WITHOUT_ZLIB, "Tight Without Zlib", FALSE, 0 },
  { GVNC_RFB_ENCODING_VMWARE_CURSOR, "VMware Cursor", TRUE, 2 },
  { GVNC_RFB_ENCODING_VMWARE_CURSOR_STATE, "VMware Cursor State", TRUE, 2 },
  { GVNC_RFB_ENCODING_VMWARE_CURSOR_POS, "VMware Cursor Position", TRUE, 0 },
  { GVNC_RFB_ENCODING_VMWARE_KEY_REPEAT, "VMware Key Repeat", TRUE, 10 },
  { GVNC_RFB_ENCODING_VMWARE_LED_STATE, "VMware LED State", TRUE, 4 },
  { GVNC_RFB_ENCODING_EXTENDED_CLIPBOARD, "Extended Clipboard", FALSE, 0 },
  { GVNC_RFB_ENCODING_WMVI, "VMware Display Mode Change", TRUE, GVNC_PIXEL_FORMAT_WIRE_LEN },
  { GVNC_RFB_ENCODING_VMWARE_VM_STATE, "VMware Virtual Machine State", TRUE, 2 },
  { GVNC_RFB_ENCODING_KEYBOARD_LED_STATE, "KeyboardLedState", TRUE, 0 },
  { GVNC_RFB_ENCODING_SUPPORTED_MESSAGES, "SupportedMessages", TRUE, 0 },
  { GVNC_RFB_ENCODING_SUPPORTED_ENCODINGS, "SupportedEncodings", TRUE, 0 },
  { GVNC_RFB_ENCODING_SERVER_IDENTITY, "ServerIdentity", TRUE, 0 },
};

static const PseudoType *
pseudo_find (gint32 encoding)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].encoding == encoding)
      return &types[i];
  return NULL;
}

const char *
gvnc_encoding_name (gint32 encoding)
{
  const PseudoType *type = pseudo_find (encoding);
  const GvncDecoderType *decoder = gvnc_decoder_find_type (encoding);

  if (type != NULL)
    return type->name;
  return decoder != NULL ? decoder->name : NULL;
}

gboolean
gvnc_pseudo_is_known (gint32 encoding)
{
  const PseudoType *type = pseudo_find (encoding);

  return type != NULL && type->rectangle;
}

/* Shapes whose length the header says. */
static gboolean
pseudo_begin_cursor (GvncUpdates  *self,
                     GvncBatch    *batch,
                     GError      **error)
{
  if (!gvnc_cursor_size_check (&self->rect, error))
    return FALSE;
  if (self->encoding == GVNC_RFB_ENCODING_CURSOR)
    self->body_len = gvnc_cursor_body_len (&self->rect, gvnc_pixel_format_size (&self->desktop.format));
  else if (self->encoding == GVNC_RFB_ENCODING_XCURSOR)
    self->body_len = gvnc_xcursor_body_len (&self->rect);
  if (self->body_len == 0)
    gvnc_cursor_take (&self->rect, &self->desktop.format, NULL, 0, NULL, batch);
  return TRUE;
}

/* libvncserver says in the rectangle's width how many bytes follow. */
static gboolean
pseudo_begin_server_info (GvncUpdates  *self,
                          GError      **error)
{
  self->body_len = self->rect.width;
  return self->body_len <= GVNC_LIMIT_SERVER_INFO_LEN ||
         gvnc_limit_error (error, _("The server sent %u bytes about itself; at most %u are accepted"),
                           self->rect.width, GVNC_LIMIT_SERVER_INFO_LEN);
}

static guint32
pseudo_lights (guint modifiers)
{
  return (modifiers & MODIFIER_SCROLL_LOCK ? LED_SCROLL : 0) |
         (modifiers & MODIFIER_NUM_LOCK ? LED_NUM : 0) |
         (modifiers & MODIFIER_CAPS_LOCK ? LED_CAPS : 0);
}

/* A position outside of the desktop stands for its nearest pixel. */
static void
pseudo_moved (GvncUpdates *self,
              GvncBatch   *batch)
{
  GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_CURSOR_MOVED);

  event->rect.x = MIN (self->rect.x, self->desktop.width - 1);
  event->rect.y = MIN (self->rect.y, self->desktop.height - 1);
}

gboolean
gvnc_pseudo_begin (GvncUpdates  *self,
                   GvncBatch    *batch,
                   GError      **error)
{
  self->body_len = pseudo_find (self->encoding)->body_len;
  self->body_known = FALSE;

  switch (self->encoding) {
  case GVNC_RFB_ENCODING_DESKTOP_SIZE:
    return gvnc_desktop_resize (&self->desktop, &self->rect, batch, error);
  case GVNC_RFB_ENCODING_POINTER_MOTION_CHANGE:
    gvnc_batch_number (batch, GVNC_EVENT_POINTER_MODE, self->rect.x != 0);
    break;
  case GVNC_RFB_ENCODING_EXTENDED_KEY:
    self->extended_key = TRUE;
    gvnc_batch_event (batch, GVNC_EVENT_EXTENDED_KEY);
    break;
  case GVNC_RFB_ENCODING_EXTENDED_BUTTONS:
    self->extended_buttons = TRUE;
    gvnc_batch_event (batch, GVNC_EVENT_EXTENDED_BUTTONS);
    break;
  case GVNC_RFB_ENCODING_AUDIO:
    gvnc_batch_event (batch, GVNC_EVENT_AUDIO_AVAILABLE);
    break;
  case GVNC_RFB_ENCODING_POINTER_POS:
  case GVNC_RFB_ENCODING_VMWARE_CURSOR_POS:
    pseudo_moved (self, batch);
    break;
  case GVNC_RFB_ENCODING_KEYBOARD_LED_STATE:
    gvnc_batch_number (batch, GVNC_EVENT_LED_STATE, pseudo_lights (self->rect.x));
    break;
  case GVNC_RFB_ENCODING_CURSOR:
  case GVNC_RFB_ENCODING_XCURSOR:
    return pseudo_begin_cursor (self, batch, error);
  case GVNC_RFB_ENCODING_VMWARE_CURSOR:
  case GVNC_RFB_ENCODING_ALPHA_CURSOR:
    return gvnc_cursor_size_check (&self->rect, error);
  case GVNC_RFB_ENCODING_SUPPORTED_MESSAGES:
  case GVNC_RFB_ENCODING_SUPPORTED_ENCODINGS:
  case GVNC_RFB_ENCODING_SERVER_IDENTITY:
    return pseudo_begin_server_info (self, error);
  default:
    break;
  }
  return TRUE;
}

/* wire: U32 length | UTF-8 text */
static gboolean
pseudo_take_name (GvncUpdates  *self,
                  GvncReader   *in,
                  GvncBatch    *batch,
                  GError      **error)
{
  if (!self->body_known) {
    guint32 len = gvnc_reader_u32 (in);

    if (len > GVNC_LIMIT_DESKTOP_NAME_LEN)
      return gvnc_limit_error (error, _("The server's desktop has a name of %u bytes; at most %u are accepted"),
                               len, GVNC_LIMIT_DESKTOP_NAME_LEN);
    self->body_len = len;
    self->body_known = TRUE;
    if (len > 0)
      return TRUE;
  }
  gvnc_batch_data (batch, GVNC_EVENT_DESKTOP_NAME, gvnc_reader_bytes (in, self->body_len), self->body_len);
  self->body_len = 0;
  return TRUE;
}

/* wire: U8 count, 3 padding | count * screen */
static gboolean
pseudo_take_screens (GvncUpdates  *self,
                     GvncReader   *in,
                     GvncBatch    *batch,
                     GError      **error)
{
  if (!self->body_known) {
    self->n_screens = gvnc_reader_u8 (in);
    gvnc_reader_bytes (in, 3);
    self->body_known = TRUE;
    self->body_len = self->n_screens * GVNC_SCREEN_LEN;
    if (self->n_screens > 0)
      return TRUE;
  }
  self->body_len = 0;
  return gvnc_desktop_screens (&self->desktop, &self->rect, self->n_screens, in, batch, error);
}

/* wire: U8 kind, padding | the shape */
static gboolean
pseudo_take_vmware_cursor (GvncUpdates  *self,
                           GvncReader   *in,
                           GvncBatch    *batch,
                           GError      **error)
{
  const GvncPixelFormat *format = &self->desktop.format;

  if (!self->body_known) {
    self->cursor_kind = gvnc_reader_u8 (in);
    gvnc_reader_bytes (in, 1);
    if (self->cursor_kind > GVNC_VMWARE_CURSOR_ALPHA)
      return gvnc_protocol_error (error, _("The server sent a VMware cursor of the unknown kind %u"), self->cursor_kind);
    self->body_known = TRUE;
    self->body_len = gvnc_vmware_cursor_body_len (&self->rect, self->cursor_kind, gvnc_pixel_format_size (format));
    if (self->body_len > 0)
      return TRUE;
  }
  gvnc_vmware_cursor_take (&self->rect, self->cursor_kind, format, self->colours, self->n_colours,
                           gvnc_reader_bytes (in, self->body_len), batch);
  self->body_len = 0;
  return TRUE;
}

gboolean
gvnc_pseudo_take (GvncUpdates  *self,
                  GvncReader   *in,
                  GvncBatch    *batch,
                  GError      **error)
{
  switch (self->encoding) {
  case GVNC_RFB_ENCODING_DESKTOP_NAME:
    return pseudo_take_name (self, in, batch, error);
  case GVNC_RFB_ENCODING_EXTENDED_DESKTOP_SIZE:
    return pseudo_take_screens (self, in, batch, error);
  case GVNC_RFB_ENCODING_VMWARE_CURSOR:
    return pseudo_take_vmware_cursor (self, in, batch, error);
  case GVNC_RFB_ENCODING_WMVI:
    self->body_len = 0;
    return gvnc_desktop_reformat (&self->desktop, &self->rect, in, batch, error);
  case GVNC_RFB_ENCODING_CURSOR:
    gvnc_cursor_take (&self->rect, &self->desktop.format, self->colours, self->n_colours,
                      gvnc_reader_bytes (in, self->body_len), batch);
    break;
  case GVNC_RFB_ENCODING_XCURSOR:
    gvnc_xcursor_take (&self->rect, gvnc_reader_bytes (in, self->body_len), batch);
    break;
  case GVNC_RFB_ENCODING_LED_STATE:
    gvnc_batch_number (batch, GVNC_EVENT_LED_STATE, gvnc_reader_u8 (in) & LED_ALL);
    break;
  case GVNC_RFB_ENCODING_VMWARE_LED_STATE:
    gvnc_batch_number (batch, GVNC_EVENT_LED_STATE, gvnc_reader_u32 (in) & LED_ALL);
    break;
  case GVNC_RFB_ENCODING_VMWARE_CURSOR_STATE:
    gvnc_batch_number (batch, GVNC_EVENT_CURSOR_VISIBLE, gvnc_reader_u16 (in) & VMWARE_CURSOR_VISIBLE);
    break;
  default:
    /* How fast keys repeat there, whether somebody sits at the machine, what a libvncserver can do: nothing to us. */
    gvnc_reader_bytes (in, self->body_len);
    break;
  }
  self->body_len = 0;
  return TRUE;
}
