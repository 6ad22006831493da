/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/websocket.h"

#include "session/limits.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* Frames (RFC 6455 section 5):
 *
 *   U8 FIN 0x80, opcode 0x0f | U8 MASK 0x80, length | 126: U16 length, 127: U64 length | MASK: 4 bytes | payload
 *
 * Payload of the server passes through; only what was read beyond a header waits in `in`. */

enum {
  OP_CONTINUATION = 0x0,
  OP_TEXT = 0x1,
  OP_BINARY = 0x2,
  OP_CLOSE = 0x8,
  OP_PING = 0x9,
  OP_PONG = 0xa,
};

#define HEADER_LEN  14                    /* at most */
#define CONTROL_LEN 125                   /* payload of a control frame, at most */
#define IN_LEN      (16 * 1024 + HEADER_LEN)   /* a TLS record and what was left of a header: nothing is stuck below */
#define CHUNK_LEN   (16 * 1024)           /* payload of a frame of ours, at most */

G_STATIC_ASSERT (GVNC_LIMIT_HTTP_HEAD_LEN <= IN_LEN);

typedef struct {
  guint8  bytes[HEADER_LEN + CHUNK_LEN];
  gsize   len;          /* 0: nothing waits */
  gsize   sent;
  gsize   payload;      /* of the caller's bytes in it */
} Frame;

typedef struct {
  GvncLayer  layer;
  GvncLayer *lower;
  char       key[GVNC_WEBSOCKET_KEY_LEN];
  char      *protocol;
  GString   *request;           /* NULL once it is sent */
  gsize      n_requested;       /* bytes of it that are sent */
  gboolean   open;

  guint8     in[IN_LEN];
  gsize      start, end;        /* what waits in there */
  guint64    left;              /* payload of the data frame that is to come */
  gboolean   in_message;        /* more frames of a message will follow */

  Frame      out;               /* data; stays until all of it is sent, and only then is its payload said to be written */
  guint8     control[HEADER_LEN + CONTROL_LEN];   /* an answer to a ping or a close; a newer one replaces it */
  gsize      control_len;       /* 0: nothing waits */
  gsize      control_sent;
  gboolean   closed;            /* the server has said so */
} WebSocket;

/* ---- writing ---- */

/* The header and the masked payload; gives the length of both. */
static gsize
websocket_frame (guint8       *frame,
                 guint8        opcode,
                 const guint8 *payload,
                 gsize         len)
{
  guint8 *p = frame, *mask;

  *p++ = 0x80 | opcode;
  if (len <= 125) {
    *p++ = 0x80 | (guint8) len;
  } else {
    *p++ = 0x80 | 126;
    *p++ = (guint8) (len >> 8);
    *p++ = (guint8) len;
  }
  mask = p;
  p += 4;
  gnutls_rnd (GNUTLS_RND_NONCE, mask, 4);
  for (gsize i = 0; i < len; i++)
    p[i] = payload[i] ^ mask[i & 3];
  return (gsize) (p - frame) + len;
}

/* Writes what is left; 0 when it is all gone. */
static gssize
websocket_send (WebSocket     *self,
                const guint8  *bytes,
                gsize          len,
                gsize         *sent,
                GError       **error)
{
  while (*sent < len) {
    gssize n = gvnc_layer_write (self->lower, bytes + *sent, len - *sent, error);

    if (n == 0)
      return GVNC_LAYER_AGAIN;
    if (n < 0)
      return n;
    *sent += (gsize) n;
  }
  return 0;
}

/* Never in the middle of a data frame. */
static gssize
websocket_send_control (WebSocket  *self,
                        GError    **error)
{
  gssize n;

  if (self->control_len == 0 || self->out.len > 0)
    return 0;
  n = websocket_send (self, self->control, self->control_len, &self->control_sent, error);
  if (n == 0)
    self->control_len = self->control_sent = 0;
  return n;
}

static void
websocket_answer (WebSocket    *self,
                  guint8        opcode,
                  const guint8 *payload,
                  gsize         len)
{
  if (self->control_sent > 0)
    return;             /* the one before is half on its way; servers wait for no particular answer */
  self->control_len = websocket_frame (self->control, opcode, payload, len);
}

static gssize
websocket_write (GvncLayer     *layer,
                 const guint8  *bytes,
                 gsize          len,
                 GError       **error)
{
  WebSocket *self = (WebSocket *) layer;
  gssize n;

  if (self->closed)
    return GVNC_LAYER_END;
  if (self->out.len == 0) {
    n = websocket_send_control (self, error);
    if (n < 0)
      return n;
    self->out.payload = MIN (len, CHUNK_LEN);
    self->out.len = websocket_frame (self->out.bytes, OP_BINARY, bytes, self->out.payload);
    self->out.sent = 0;
  }
  n = websocket_send (self, self->out.bytes, self->out.len, &self->out.sent, error);
  if (n < 0)
    return n;
  self->out.len = 0;
  return (gssize) self->out.payload;
}

/* ---- reading ---- */

static gssize
websocket_broken (GError     **error,
                  const char  *what)
{
  gvnc_protocol_error (error, _("The web server sent a wrong WebSocket frame: %s"), what);
  return GVNC_LAYER_ERROR;
}

static gssize
websocket_closed (WebSocket     *self,
                  const guint8  *payload,
                  gsize          len,
                  GError       **error)
{
  guint code = len >= 2 ? (guint) payload[0] << 8 | payload[1] : 1000;
  g_autofree char *reason = NULL;

  self->closed = TRUE;
  websocket_answer (self, OP_CLOSE, payload, MIN (len, 2));
  websocket_send_control (self, NULL);
  if (code == 1000 || code == 1001)
    return GVNC_LAYER_END;
  reason = gvnc_quote_peer_text (payload + 2, len - 2, GVNC_LIMIT_QUOTED_CHARS);
  gvnc_set_error (error, GVNC_ERROR_IO, _("The web server closed the WebSocket with code %u: “%s”"), code, reason);
  return GVNC_LAYER_ERROR;
}

static gssize
websocket_take_control (WebSocket     *self,
                        guint8         opcode,
                        const guint8  *payload,
                        gsize          len,
                        GError       **error)
{
  gssize n;

  if (opcode == OP_CLOSE)
    return websocket_closed (self, payload, len, error);
  if (opcode != OP_PING)
    return 0;
  websocket_answer (self, OP_PONG, payload, len);
  n = websocket_send_control (self, error);
  /* A peer that takes nothing more may still have something to say. */
  return n == GVNC_LAYER_ERROR ? n : 0;
}

/* One frame's header, and all of a control frame, if they are there: 0, or what read() shall give. @more: they are not. */
static gssize
websocket_take_header (WebSocket  *self,
                       gboolean   *more,
                       GError    **error)
{
  const guint8 *in = self->in + self->start;
  const gsize have = self->end - self->start;
  gsize header_len = 2;
  guint64 len;
  guint8 opcode;

  *more = TRUE;
  if (have < header_len)
    return 0;
  opcode = in[0] & 0x0f;
  len = in[1] & 0x7f;
  if ((in[0] & 0x70) != 0)
    return websocket_broken (error, _("it uses an extension"));
  if ((in[1] & 0x80) != 0)
    return websocket_broken (error, _("it is masked"));
  if (len >= 126)
    header_len += len == 126 ? 2 : 8;
  if (have < header_len)
    return 0;
  if (header_len > 2) {
    len = 0;
    for (gsize i = 2; i < header_len; i++)
      len = len << 8 | in[i];
  }

  if ((opcode & 0x8) != 0) {
    if ((in[0] & 0x80) == 0 || len > CONTROL_LEN)
      return websocket_broken (error, _("a control frame is too long or in pieces"));
    if (have < header_len + len)
      return 0;
    *more = FALSE;
    self->start += header_len + (gsize) len;
    return websocket_take_control (self, opcode, in + header_len, (gsize) len, error);
  }
  if (opcode == OP_TEXT)
    return websocket_broken (error, _("it is text, where binary data was agreed on"));
  if (opcode != (self->in_message ? OP_CONTINUATION : OP_BINARY))
    return websocket_broken (error, _("it is out of order or of an unknown kind"));
  if (len > GVNC_LIMIT_WEBSOCKET_FRAME_LEN) {
    gvnc_limit_error (error, _("The web server announces a WebSocket frame of %llu bytes; at most %d are accepted"),
                      (unsigned long long) len, GVNC_LIMIT_WEBSOCKET_FRAME_LEN);
    return GVNC_LAYER_ERROR;
  }
  *more = FALSE;
  self->in_message = (in[0] & 0x80) == 0;
  self->left = len;
  self->start += header_len;
  return 0;
}

/* Reads from below to the free end of `in`. */
static gssize
websocket_fill (WebSocket  *self,
                GError    **error)
{
  gssize n;

  memmove (self->in, self->in + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;
  n = gvnc_layer_read (self->lower, self->in + self->end, IN_LEN - self->end, error);
  if (n > 0)
    self->end += (gsize) n;
  return n;
}

static gssize
websocket_read (GvncLayer  *layer,
                guint8     *buffer,
                gsize       len,
                GError    **error)
{
  WebSocket *self = (WebSocket *) layer;
  guint rounds = 0;
  gssize n;

  layer->paused = FALSE;
  if (self->closed)
    return GVNC_LAYER_END;
  n = websocket_send_control (self, error);
  if (n == GVNC_LAYER_ERROR)
    return n;
  for (;;) {
    gsize have = self->end - self->start;
    gboolean more = have == 0;

    if (self->left > 0) {
      n = (gssize) MIN (MIN (have, len), self->left);
      if (n > 0) {
        memcpy (buffer, self->in + self->start, (gsize) n);
        self->start += (gsize) n;
      } else {
        n = gvnc_layer_read (self->lower, buffer, (gsize) MIN (len, self->left), error);
      }
      if (n > 0)
        self->left -= (guint64) n;
      return n;
    }
    if (!more) {
      n = websocket_take_header (self, &more, error);
      if (n < 0)
        return n;
    }
    if (!more)
      continue;
    layer->paused = rounds++ == GVNC_LAYER_ROUNDS;
    if (layer->paused)
      return GVNC_LAYER_AGAIN;
    n = websocket_fill (self, error);
    if (n <= 0)
      return n;
  }
}

/* ---- establishing ---- */

static gssize
websocket_read_answer (WebSocket  *self,
                       GError    **error)
{
  for (;;) {
    const char *end = g_strstr_len ((const char *) self->in, (gssize) self->end, "\r\n\r\n");
    gssize n;

    if (end != NULL) {
      gsize len = (gsize) (end + 4 - (const char *) self->in);

      if (!gvnc_websocket_check_answer ((const char *) self->in, len, self->key, self->protocol, error))
        return GVNC_LAYER_ERROR;
      self->start = len;
      self->open = TRUE;
      return 0;
    }
    /* A VNC server without the web speaks first; it would wait for us as we for it. */
    if (self->end >= 4 && memcmp (self->in, "HTTP", 4) != 0) {
      gvnc_websocket_check_answer ((const char *) self->in, self->end, self->key, self->protocol, error);
      return GVNC_LAYER_ERROR;
    }
    if (self->end >= GVNC_LIMIT_HTTP_HEAD_LEN) {
      gvnc_limit_error (error, _("The web server's answer has more than %d bytes"), GVNC_LIMIT_HTTP_HEAD_LEN);
      return GVNC_LAYER_ERROR;
    }
    n = websocket_fill (self, error);
    if (n == GVNC_LAYER_END) {
      gvnc_set_error (error, GVNC_ERROR_IO, _("The web server closed the connection when it was asked for a WebSocket"));
      return GVNC_LAYER_ERROR;
    }
    if (n <= 0)
      return n;
  }
}

static gssize
websocket_handshake (GvncLayer  *layer,
                     GError    **error)
{
  WebSocket *self = (WebSocket *) layer;
  gssize n;

  if (self->open)
    return 0;
  if (self->request != NULL) {
    n = websocket_send (self, (const guint8 *) self->request->str, self->request->len, &self->n_requested, error);
    if (n < 0)
      return n;
    g_string_free (g_steal_pointer (&self->request), TRUE);
  }
  return websocket_read_answer (self, error);
}

static gint
websocket_poll (GvncLayer    *layer,
                GIOCondition  wanted,
                GIOCondition *condition)
{
  WebSocket *self = (WebSocket *) layer;

  if (self->request != NULL)
    wanted |= G_IO_OUT;
  /* read() sends it. */
  if (self->control_len > 0 && self->out.len == 0 && (wanted & G_IO_IN) != 0)
    wanted |= G_IO_OUT;
  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
websocket_free (GvncLayer *layer)
{
  WebSocket *self = (WebSocket *) layer;

  /* A word of farewell, if it goes without waiting. */
  if (self->open && !self->closed && self->out.len == 0 && self->control_sent == 0) {
    static const guint8 normal[] = { 1000 >> 8, 1000 & 0xff };

    websocket_answer (self, OP_CLOSE, normal, sizeof normal);
    websocket_send_control (self, NULL);
  }
  gvnc_layer_free (self->lower);
  g_free (self->protocol);
  if (self->request != NULL)
    g_string_free (self->request, TRUE);
  g_free (self);
}

static const GvncLayerType websocket_layer_type = {
  .name = "websocket",
  .handshake = websocket_handshake,
  .read = websocket_read,
  .write = websocket_write,
  .poll = websocket_poll,
  .free = websocket_free,
};

GvncLayer *
gvnc_websocket_layer_new (GvncLayer         *lower,
                          const GvncTarget  *target,
                          GError           **error)
{
  WebSocket *self = g_new0 (WebSocket, 1);
  guint8 nonce[GVNC_WEBSOCKET_NONCE_LEN];
  g_autofree char *key = NULL;

  gnutls_rnd (GNUTLS_RND_NONCE, nonce, sizeof nonce);
  key = g_base64_encode (nonce, sizeof nonce);
  self->layer.type = &websocket_layer_type;
  self->layer.encrypted = lower->encrypted;
  self->lower = lower;
  g_strlcpy (self->key, key, sizeof self->key);
  self->protocol = g_strdup (target->web_protocol != NULL ? target->web_protocol : "binary");
  self->request = gvnc_websocket_request (target, self->key, error);
  if (self->request == NULL) {
    websocket_free (&self->layer);
    return NULL;
  }
  return &self->layer;
}
