/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "wire/inflate.h"

#include "wire/error.h"

#include <glib/gi18n-lib.h>
#include <zlib.h>
#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>
#endif

/* What one call of a back-end did. */
typedef enum {
  STEP_MORE,     /* made output or used input, or needs input */
  STEP_ENDED,    /* saw the last block and a right checksum */
  STEP_BROKEN,   /* the bytes are no zlib stream; `why` says more */
} InflateStep;

struct _GvncInflate {
  const guint8 *in;      /* not owned: compressed bytes not yet used */
  gsize         in_len;
  gboolean      ended;   /* the stream's last block was read; more input is an error */
  gboolean      broken;

  /* One of them: */
  z_stream             *zlib;
#ifdef HAVE_ISAL
  struct inflate_state *isal;
  guint                 n_header;  /* bytes of the stream's header seen */
  guint8                header[2];
#endif
};

/* A step moves in, in_len, out and out_len on. */

static InflateStep
inflate_step_zlib (GvncInflate  *self,
                   guint8      **out,
                   gsize        *out_len,
                   const char  **why)
{
  z_stream *z = self->zlib;
  const uInt in_len = (uInt) MIN (self->in_len, G_MAXUINT);
  const uInt room = (uInt) MIN (*out_len, G_MAXUINT);
  gint result;

  z->next_in = (Bytef *) self->in;
  z->avail_in = in_len;
  z->next_out = *out;
  z->avail_out = room;
  result = inflate (z, Z_SYNC_FLUSH);
  self->in += in_len - z->avail_in;
  self->in_len -= in_len - z->avail_in;
  *out += room - z->avail_out;
  *out_len -= room - z->avail_out;

  switch (result) {
  case Z_OK:
  case Z_BUF_ERROR:  /* no progress possible: not an error */
    return STEP_MORE;
  case Z_STREAM_END:
    return STEP_ENDED;
  case Z_NEED_DICT:
    *why = "it needs a preset dictionary";
    return STEP_BROKEN;
  default:
    *why = z->msg != NULL ? z->msg : "unknown error";
    return STEP_BROKEN;
  }
}

#ifdef HAVE_ISAL
/* Reads the stream's header, RFC 1950 section 2.2. ISA-L could, but takes a preset dictionary for granted when the header
 * comes in pieces (2.30). */
static InflateStep
inflate_header_isal (GvncInflate  *self,
                     const char  **why)
{
  for (; self->n_header < 2 && self->in_len > 0; self->in_len--)
    self->header[self->n_header++] = *self->in++;
  if (self->n_header < 2)
    return STEP_MORE;

  if ((self->header[0] << 8 | self->header[1]) % 31 != 0 || (self->header[0] & 15) != 8 || self->header[0] >> 4 > 7) {
    *why = "incorrect header";
    return STEP_BROKEN;
  }
  if ((self->header[1] & 0x20) != 0) {
    *why = "it needs a preset dictionary";
    return STEP_BROKEN;
  }
  self->isal->hist_bits = (self->header[0] >> 4) + 8u;
  return STEP_MORE;
}

static InflateStep
inflate_step_isal (GvncInflate  *self,
                   guint8      **out,
                   gsize        *out_len,
                   const char  **why)
{
  struct inflate_state *isal = self->isal;
  const guint32 room = (guint32) MIN (*out_len, G_MAXINT32);
  guint32 in_len;
  gint result;

  if (self->n_header < 2) {
    const InflateStep step = inflate_header_isal (self, why);

    if (step == STEP_BROKEN || self->n_header < 2)
      return step;
  }

  in_len = (guint32) MIN (self->in_len, G_MAXINT32);
  isal->next_in = (guint8 *) self->in;
  isal->avail_in = in_len;
  isal->next_out = *out;
  isal->avail_out = room;
  result = isal_inflate (isal);
  self->in += in_len - isal->avail_in;
  self->in_len -= in_len - isal->avail_in;
  *out += room - isal->avail_out;
  *out_len -= room - isal->avail_out;

  switch (result) {
  case ISAL_DECOMP_OK:
  case ISAL_END_INPUT:
    if (isal->block_state != ISAL_BLOCK_FINISH)
      return STEP_MORE;
    if (isal->read_in_length < 8)
      return STEP_ENDED;
    *why = "it goes on after its end";  /* whole bytes were read ahead */
    return STEP_BROKEN;
  case ISAL_INVALID_BLOCK:
    *why = "invalid block";
    return STEP_BROKEN;
  case ISAL_INVALID_SYMBOL:
    *why = "invalid symbol";
    return STEP_BROKEN;
  case ISAL_INVALID_LOOKBACK:
    *why = "invalid distance too far back";
    return STEP_BROKEN;
  case ISAL_INCORRECT_CHECKSUM:
    *why = "incorrect checksum";
    return STEP_BROKEN;
  default:
    *why = "unknown error";
    return STEP_BROKEN;
  }
}
#endif

static InflateStep
inflate_step (GvncInflate  *self,
              guint8      **out,
              gsize        *out_len,
              const char  **why)
{
#ifdef HAVE_ISAL
  if (self->isal != NULL)
    return inflate_step_isal (self, out, out_len, why);
#endif
  return inflate_step_zlib (self, out, out_len, why);
}

GvncInflate *
gvnc_inflate_new_zlib (void)
{
  GvncInflate *self = g_new0 (GvncInflate, 1);

  self->zlib = g_new0 (z_stream, 1);
  if (inflateInit (self->zlib) != Z_OK)
    g_error ("zlib could not start a stream");  /* no memory, or a zlib of another version: neither can go on */
  return self;
}

GvncInflate *
gvnc_inflate_new (void)
{
#ifdef HAVE_ISAL
  GvncInflate *self = g_new0 (GvncInflate, 1);

  /* 90 KiB, most of it a window that is written before it is read */
  self->isal = g_malloc (sizeof *self->isal);
  gvnc_inflate_reset (self);
  return self;
#else
  return gvnc_inflate_new_zlib ();
#endif
}

void
gvnc_inflate_free (GvncInflate *self)
{
  if (self == NULL)
    return;
  if (self->zlib != NULL) {
    inflateEnd (self->zlib);
    g_free (self->zlib);
  }
#ifdef HAVE_ISAL
  g_free (self->isal);
#endif
  g_free (self);
}

void
gvnc_inflate_reset (GvncInflate *self)
{
  self->in = NULL;
  self->in_len = 0;
  self->ended = self->broken = FALSE;
  if (self->zlib != NULL)
    inflateReset (self->zlib);
#ifdef HAVE_ISAL
  if (self->isal != NULL) {
    isal_inflate_init (self->isal);
    self->isal->crc_flag = ISAL_ZLIB_NO_HDR_VER;
    self->n_header = 0;
  }
#endif
}

void
gvnc_inflate_give (GvncInflate  *self,
                   const guint8 *compressed,
                   gsize         len)
{
  self->in = compressed;
  self->in_len = len;
}

gsize
gvnc_inflate_left (const GvncInflate *self)
{
  return self->in_len;
}

gsize
gvnc_inflate_take_back (GvncInflate *self)
{
  const gsize back = self->in_len;

  self->in_len = 0;
  return back;
}

gboolean
gvnc_inflate_read (GvncInflate  *self,
                   guint8       *out,
                   gsize         len,
                   gsize        *got,
                   GError      **error)
{
  gsize room = len;

  *got = 0;
  if (self->broken)
    return gvnc_protocol_error (error, _("Compressed data is broken: %s"), "an earlier part was");

  while (room > 0 && !self->ended) {
    const gsize in_before = self->in_len, room_before = room;
    const char *why = NULL;

    /* Also without input: a back-end may hold output back that found no room in the last call. */
    switch (inflate_step (self, &out, &room, &why)) {
    case STEP_MORE:
      break;
    case STEP_ENDED:
      self->ended = TRUE;
      break;
    case STEP_BROKEN:
    default:
      self->broken = TRUE;
      return gvnc_protocol_error (error, _("Compressed data is broken: %s"), why);
    }
    /* room that stays empty means that the input is used up; the other test is against turning for ever */
    if ((room > 0 && self->in_len == 0) || (room == room_before && self->in_len == in_before))
      break;
  }
  *got = len - room;

  if (self->ended && room > 0 && self->in_len > 0) {
    self->broken = TRUE;
    return gvnc_protocol_error (error, _("Compressed data is broken: %s"), "it goes on after its end");
  }
  return TRUE;
}

gboolean
gvnc_inflate_finish (GvncInflate  *self,
                     GError      **error)
{
  guint8 surplus;
  gsize got;

  if (!gvnc_inflate_read (self, &surplus, 1, &got, error))
    return FALSE;
  if (got > 0)
    return gvnc_protocol_error (error, _("Compressed data holds more than its rectangle"));
  return TRUE;
}
