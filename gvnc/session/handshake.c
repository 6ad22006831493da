/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/handshake.h"

#include "session/desktop.h"
#include "session/limits.h"
#include "session/output.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

#define GREETING     "RFB "
#define GREETING_LEN 4

void
gvnc_handshake_init (GvncHandshake *self)
{
  *self = (GvncHandshake) { .step = GVNC_HANDSHAKE_GREETING };
  self->types = g_array_new (FALSE, FALSE, sizeof (guint32));
}

void
gvnc_handshake_clear (GvncHandshake *self)
{
  g_clear_pointer (&self->types, g_array_unref);
  g_clear_pointer (&self->security, gvnc_security_free);
  g_clear_pointer (&self->identity, gvnc_identity_unref);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->name, g_bytes_unref);
  g_clear_pointer (&self->link.hostname, g_free);
  g_clear_pointer (&self->link.local_address, g_free);
  g_clear_pointer (&self->link.remote_address, g_free);
}

void
gvnc_handshake_hint (GvncHandshake *self,
                     GvncWriter    *out)
{
  if (self->step != GVNC_HANDSHAKE_GREETING || self->hinted)
    return;
  gvnc_writer_bytes (out, GREETING, GREETING_LEN);
  self->hinted = TRUE;
}

gsize
gvnc_handshake_want (const GvncHandshake *self)
{
  switch (self->step) {
  case GVNC_HANDSHAKE_GREETING:
    return GREETING_LEN;
  case GVNC_HANDSHAKE_VERSION:
    return GVNC_RFB_VERSION_LEN - GREETING_LEN;
  case GVNC_HANDSHAKE_TYPE_33:
  case GVNC_HANDSHAKE_RESULT:
  case GVNC_HANDSHAKE_REASON_LEN:
    return 4;
  case GVNC_HANDSHAKE_N_TYPES:
    return 1;
  case GVNC_HANDSHAKE_TYPES:
    return self->n_types;
  case GVNC_HANDSHAKE_SECURITY:
    return self->security->type->want != NULL ? self->security->type->want (self->security) : 0;
  case GVNC_HANDSHAKE_REASON:
    return self->reason_len;
  case GVNC_HANDSHAKE_INIT:
    return 4 + GVNC_PIXEL_FORMAT_WIRE_LEN + 4;
  case GVNC_HANDSHAKE_NAME:
    return self->name_len;
  case GVNC_HANDSHAKE_N_CAPABILITIES:
    return 8;
  case GVNC_HANDSHAKE_CAPABILITIES:
    return (gsize) self->n_capabilities * GVNC_RFB_TIGHT_CAPABILITY_LEN;
  case GVNC_HANDSHAKE_CHOICE:
  case GVNC_HANDSHAKE_CREDENTIALS:
  case GVNC_HANDSHAKE_SUBTYPE:
  case GVNC_HANDSHAKE_LAYER:
  case GVNC_HANDSHAKE_IDENTITY:
  case GVNC_HANDSHAKE_TRUST:
  case GVNC_HANDSHAKE_DONE:
    break;
  }
  return 0;
}

static gboolean
handshake_greeting (GvncReader  *in,
                    GError     **error)
{
  const guint8 *greeting = gvnc_reader_bytes (in, GREETING_LEN);
  g_autofree char *quoted = NULL;

  if (memcmp (greeting, GREETING, GREETING_LEN) == 0)
    return TRUE;
  quoted = gvnc_quote_peer_text (greeting, GREETING_LEN, GREETING_LEN);
  return gvnc_protocol_error (error, _("This is no VNC server: its first bytes are “%s”, not “RFB ”"), quoted);
}

/* Three digits, or -1. */
static gint
handshake_number (const guint8 *digits)
{
  gint number = 0;

  for (guint i = 0; i < 3; i++) {
    if (!g_ascii_isdigit ((gchar) digits[i]))
      return -1;
    number = number * 10 + (digits[i] - '0');
  }
  return number;
}

/* UltraVNC's repeater says version 0.0 and waits for 250 bytes, filled up with zeros, that name a server: "ID:" and a number
 * that the server has given itself (mode II), or its address (mode I). The server's own version comes next. */
static gboolean
handshake_repeater (GvncHandshake  *self,
                    GvncWriter     *out,
                    GError        **error)
{
  char block[GVNC_RFB_REPEATER_LEN] = { 0 };
  gsize len;

  if (self->repeater == NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("This is an UltraVNC repeater, which needs to be told the server to pass on to"));
  if (self->repeated)
    return gvnc_protocol_error (error, _("The repeater passes on to another repeater"));
  len = strlen (self->repeater);
  if (len == 0 || len >= sizeof block)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The name of the server for the repeater has %zu bytes; there is room for 1 to %d"),
                           len, GVNC_RFB_REPEATER_LEN - 1);
  memcpy (block, self->repeater, len);
  gvnc_writer_bytes (out, block, sizeof block);
  self->repeated = TRUE;
  self->hinted = FALSE;
  self->step = GVNC_HANDSHAKE_GREETING;
  return TRUE;
}

/* 7.1.1 knows 3.3, 3.7 and 3.8. Others are in the field: 3.4 and 3.6 (UltraVNC), 3.5, 3.14 and 3.16 (UltraVNC's single
 * click) are 3.3 in all that matters; 3.889 (Apple), 4.0 (Intel AMT), 4.1 and 5.0 (RealVNC) take 3.8. */
static gboolean
handshake_version (GvncHandshake  *self,
                   GvncReader     *in,
                   GvncWriter     *out,
                   GError        **error)
{
  const guint8 *rest = gvnc_reader_bytes (in, GVNC_RFB_VERSION_LEN - GREETING_LEN);
  gint major = handshake_number (rest);
  gint minor = handshake_number (rest + 4);
  char answer[GVNC_RFB_VERSION_LEN + 1];

  if (major < 0 || minor < 0 || rest[3] != '.' || rest[7] != '\n') {
    g_autofree char *quoted = gvnc_quote_peer_text (rest, GVNC_RFB_VERSION_LEN - GREETING_LEN, 8);

    return gvnc_protocol_error (error, _("The server's version “RFB %s” makes no sense"), quoted);
  }
  if (major == 0 && minor == 0)
    return handshake_repeater (self, out, error);
  if (major < 3 || (major == 3 && minor < 3))
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server speaks RFB version %d.%d; 3.3 or later is needed"), major, minor);

  if (major > 3)
    self->link.minor = 8;
  else if (minor < 7 || minor == 14 || minor == 16)
    self->link.minor = 3;
  else
    self->link.minor = (guint) MIN (minor, 8);

  g_snprintf (answer, sizeof answer, "RFB 003.%03u\n", self->link.minor);
  if (self->hinted)
    gvnc_writer_bytes (out, answer + GREETING_LEN, GVNC_RFB_VERSION_LEN - GREETING_LEN);
  else
    gvnc_writer_bytes (out, answer, GVNC_RFB_VERSION_LEN);
  self->step = self->link.minor == 3 ? GVNC_HANDSHAKE_TYPE_33 : GVNC_HANDSHAKE_N_TYPES;
  return TRUE;
}

/* The list is complete: the application chooses from what we can do. */
static gboolean
handshake_offer (GvncHandshake  *self,
                 const guint32  *offered,
                 guint           n_offered,
                 GvncBatch      *batch,
                 GError        **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GvncEvent *event;

  for (guint i = 0; i < n_offered; i++) {
    if (gvnc_security_find_type (offered[i]) != NULL)
      g_array_append_val (self->types, offered[i]);
    if (i < 16)
      g_string_append_printf (names, i == 0 ? "%u" : ", %u", offered[i]);
  }

  if (self->types->len == 0) {
    gvnc_batch_number (batch, GVNC_EVENT_AUTH_UNSUPPORTED, offered[0]);
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server offers only security types that this client does not speak: %s"), names->str);
  }
  event = gvnc_batch_event (batch, GVNC_EVENT_AUTH_TYPES);
  event->numbers = g_array_copy (self->types);
  self->step = GVNC_HANDSHAKE_CHOICE;
  return TRUE;
}

/* 7.1.2, version 3.3: the server has decided; 0 means that it refuses us. */
static gboolean
handshake_type_33 (GvncHandshake  *self,
                   GvncReader     *in,
                   GvncBatch      *batch,
                   GError        **error)
{
  guint32 type = gvnc_reader_u32 (in);

  if (type != GVNC_RFB_SECURITY_INVALID)
    return handshake_offer (self, &type, 1, batch, error);
  self->step = GVNC_HANDSHAKE_REASON_LEN;
  return TRUE;
}

static gboolean
handshake_types (GvncHandshake  *self,
                 GvncReader     *in,
                 GvncBatch      *batch,
                 GError        **error)
{
  guint32 offered[255];

  for (guint i = 0; i < self->n_types; i++)
    offered[i] = gvnc_reader_u8 (in);
  return handshake_offer (self, offered, self->n_types, batch, error);
}

static void
handshake_client_init (GvncHandshake *self,
                       GvncWriter    *out)
{
  gvnc_writer_u8 (out, self->shared ? 1 : 0);
  self->step = GVNC_HANDSHAKE_INIT;
}

/* What follows when the handler has done its part (7.1.3): before 3.8 the type None has no result, inside of another
 * type neither. */
static void
handshake_secured (GvncHandshake *self,
                   GvncWriter    *out)
{
  if (self->link.minor >= 8 || self->security->type->number != GVNC_RFB_SECURITY_NONE) {
    self->step = GVNC_HANDSHAKE_RESULT;
  } else {
    handshake_client_init (self, out);
  }
}

static GArray *
handshake_numbers (const guint8 *numbers,
                   guint         n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < n; i++) {
    guint32 number = numbers[i];

    g_array_append_val (array, number);
  }
  return array;
}

/* A type that neither shows a key nor leads on to another type will not show what the address wants to see. */
static gboolean
handshake_start (GvncHandshake  *self,
                 GvncWriter     *out,
                 GError        **error)
{
  const GvncSecurityType *type = self->security->type;

  if (self->link.pinned && type->choose == NULL && type->trusted == NULL)
    return gvnc_set_error (error, GVNC_ERROR_TLS,
                           _("The address says which certificate or key the server must have, but with the security type “%s” "
                             "it shows none"), type->name);
  return type->start (self->security, out, error);
}

/* After every call into the handler: what does it wait for? */
static gboolean
handshake_after_security (GvncHandshake  *self,
                          GvncBatch      *batch,
                          GvncWriter     *out,
                          GError        **error)
{
  GvncSecurity *security = self->security;

  self->step = GVNC_HANDSHAKE_SECURITY;
  if (security->weakness != NULL) {
    gvnc_batch_text (batch, GVNC_EVENT_WEAK, security->weakness);
    g_clear_pointer (&security->weakness, g_free);
  }
  if (security->next != NULL) {
    self->security = gvnc_security_new (security->next, &self->link);
    gvnc_security_free (security);
    return handshake_start (self, out, error) && handshake_after_security (self, batch, out, error);
  }
  if (security->done) {
    handshake_secured (self, out);
  } else if (security->layer != NULL) {
    self->step = GVNC_HANDSHAKE_LAYER;
  } else if (security->identity != NULL) {
    self->step = GVNC_HANDSHAKE_IDENTITY;
  } else if (security->asks != NULL) {
    gvnc_batch_event (batch, GVNC_EVENT_AUTH_CREDENTIALS)->numbers = handshake_numbers (security->asks, security->n_asks);
    self->step = GVNC_HANDSHAKE_CREDENTIALS;
  } else if (security->choices != NULL) {
    GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_AUTH_SUBTYPES);

    event->number = security->type->number;
    event->numbers = g_array_copy (security->choices);
    self->step = GVNC_HANDSHAKE_SUBTYPE;
  }
  return TRUE;
}

GvncSecureRequest *
gvnc_handshake_take_layer (GvncHandshake *self)
{
  return self->step == GVNC_HANDSHAKE_LAYER ? g_steal_pointer (&self->security->layer) : NULL;
}

gboolean
gvnc_handshake_layered (GvncHandshake  *self,
                        GvncBatch      *batch,
                        GvncWriter     *out,
                        GError        **error)
{
  self->proved |= self->security->proving;
  if (self->security->done) {
    handshake_client_init (self, out);
    return TRUE;
  }
  return self->security->type->layered (self->security, out, error) &&
         handshake_after_security (self, batch, out, error);
}

GvncIdentity *
gvnc_handshake_take_identity (GvncHandshake *self)
{
  return self->step == GVNC_HANDSHAKE_IDENTITY ? g_steal_pointer (&self->security->identity) : NULL;
}

void
gvnc_handshake_ask_trust (GvncHandshake *self,
                          GvncIdentity  *identity,
                          GvncBatch     *batch)
{
  GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_CERTIFICATE);

  event->number = TRUE;
  event->identity = gvnc_identity_ref (identity);
  self->identity = identity;
  self->asked_in = self->step;
  self->step = GVNC_HANDSHAKE_TRUST;
}

gboolean
gvnc_handshake_trusted (GvncHandshake  *self,
                        GvncBatch      *batch,
                        GvncWriter     *out,
                        GError        **error)
{
  return self->security->type->trusted (self->security, out, error) &&
         handshake_after_security (self, batch, out, error);
}

static gboolean
handshake_trust (GvncHandshake  *self,
                 guint32         trust,
                 GvncBatch      *batch,
                 GvncWriter     *out,
                 GError        **error)
{
  g_autoptr (GvncIdentity) identity = g_steal_pointer (&self->identity);

  if (trust != GVNC_TRUST_ONCE && trust != GVNC_TRUST_REMEMBER)
    return gvnc_identity_refuse (identity, error);
  if (self->asked_in == GVNC_HANDSHAKE_IDENTITY)
    return gvnc_handshake_trusted (self, batch, out, error);
  self->step = self->asked_in;   /* the owner goes on */
  return TRUE;
}

static gboolean
handshake_choose (GvncHandshake  *self,
                  guint32         number,
                  GvncBatch      *batch,
                  GvncWriter     *out,
                  GError        **error)
{
  self->tight = number == GVNC_RFB_SECURITY_TIGHT;
  self->security = gvnc_security_new (gvnc_security_find_type (number), &self->link);
  if (self->link.minor > 3)
    gvnc_writer_u8 (out, (guint8) number);
  return handshake_start (self, out, error) && handshake_after_security (self, batch, out, error);
}

/* Ends the session: authentication failed. */
static gboolean
handshake_fail (GvncHandshake  *self,
                const char     *reason,
                GError        **error)
{
  self->failure = g_strdup (reason);
  return gvnc_set_error (error, GVNC_ERROR_AUTH, _("Authentication failed: %s"), reason);
}

/* neatvnc before 0.7 (wayvnc 0.5 and 0.6) refuses a user with one byte of a result in place of four, the length of a reason, and as many
 * bytes of anything: this reads as success, and a desktop whose width begins with the last byte of the length. */
static gboolean
handshake_is_garbled_refusal (const GvncHandshake *self)
{
  static const char reason[] = "Invalid username or password";

  return (self->step == GVNC_HANDSHAKE_INIT || self->step == GVNC_HANDSHAKE_NAME) && self->security != NULL &&
         self->security->type == &gvnc_security_plain && self->width >> 8 == strlen (reason);
}

GError *
gvnc_handshake_suspect (GvncHandshake *self,
                        const GError  *error)
{
  GError *suspicion = NULL;

  if (handshake_is_garbled_refusal (self)) {
    handshake_fail (self, _("the server does not accept these credentials"), &suspicion);
    return suspicion;
  }
  if (!self->answered || self->failure != NULL || !g_error_matches (error, GVNC_ERROR, GVNC_ERROR_IO))
    return NULL;
  handshake_fail (self, _("the server closed the connection when it had the credentials"), &suspicion);
  return suspicion;
}

gboolean
gvnc_handshake_may_try_next (const GvncHandshake *self,
                             const GError        *error)
{
  if (self->security == NULL || self->step > GVNC_HANDSHAKE_REASON || self->secret || self->security->secret)
    return FALSE;
  /* The application's choice was none of the server's. */
  if (self->step == GVNC_HANDSHAKE_SUBTYPE)
    return FALSE;
  /* A proof that is refused, or cut off, or messages that were changed on their way, are no reason to go on with less. */
  if (self->security->proving && !self->proved)
    return FALSE;
  return !g_error_matches (error, GVNC_ERROR, GVNC_ERROR_TLS) || !(self->proved || self->link.encrypted);
}

/* 7.1.3 */
static gboolean
handshake_result (GvncHandshake  *self,
                  GvncReader     *in,
                  GvncWriter     *out,
                  GError        **error)
{
  guint32 result = gvnc_reader_u32 (in);

  self->answered = FALSE;
  if (result == GVNC_RFB_RESULT_OK && self->security->layer != NULL) {
    self->step = GVNC_HANDSHAKE_LAYER;
    return TRUE;
  }
  if (result == GVNC_RFB_RESULT_OK) {
    handshake_client_init (self, out);
    return TRUE;
  }
  /* x11vnc refuses a plain password with the reason alone, so this is its length. */
  if (self->security->type == &gvnc_security_plain && result > GVNC_RFB_RESULT_TOO_MANY && result <= GVNC_LIMIT_QUOTED_CHARS) {
    self->refused = TRUE;
    self->reason_len = result;
    self->step = GVNC_HANDSHAKE_REASON;
    return TRUE;
  }
  if (result != GVNC_RFB_RESULT_FAILED && result != GVNC_RFB_RESULT_TOO_MANY)
    return gvnc_protocol_error (error, _("The server sent the unknown security result %u"), result);
  self->refused = TRUE;
  if (self->link.minor >= 8) {
    self->step = GVNC_HANDSHAKE_REASON_LEN;
    return TRUE;
  }
  return handshake_fail (self,
                         result == GVNC_RFB_RESULT_TOO_MANY
                           ? _("the server has seen too many wrong attempts; try again later")
                           : _("the server does not accept these credentials"),
                         error);
}

static gboolean
handshake_reason (GvncHandshake  *self,
                  GvncReader     *in,
                  GError        **error)
{
  const guint8 *text = gvnc_reader_bytes (in, self->reason_len);
  g_autofree char *reason = gvnc_quote_peer_text (text, self->reason_len, GVNC_LIMIT_QUOTED_CHARS);

  if (*reason == '\0') {
    g_free (reason);
    reason = g_strdup (_("the server gives no reason"));
  }
  if (self->refused)
    return handshake_fail (self, reason, error);
  self->failure = g_strdup (reason);
  return gvnc_set_error (error, GVNC_ERROR_AUTH, _("The server refuses the connection: %s"), reason);
}

static gboolean
handshake_reason_len (GvncHandshake  *self,
                      GvncReader     *in,
                      GError        **error)
{
  self->reason_len = gvnc_reader_u32 (in);
  if (self->reason_len > GVNC_LIMIT_REASON_LEN)
    return gvnc_limit_error (error,
                             _("The server refuses the connection with a reason of %u bytes; at most %u are accepted"),
                             self->reason_len, GVNC_LIMIT_REASON_LEN);
  self->step = GVNC_HANDSHAKE_REASON;
  return self->reason_len > 0 || handshake_reason (self, in, error);
}

static void
handshake_finish (GvncHandshake *self,
                  GvncBatch     *batch,
                  GvncWriter    *out)
{
  GvncEvent *event = gvnc_batch_event (batch, GVNC_EVENT_INITIALIZED);

  event->rect = (GvncRect) { 0, 0, self->width, self->height };
  event->format = self->format;
  event->data = g_steal_pointer (&self->name);
  self->step = GVNC_HANDSHAKE_DONE;
  /* Qt's server, which speaks 3.3, dies of a request for an update before it was told a format, be it its own. Naming a colour
   * map would have servers make up another one. */
  if (self->link.minor == 3 && self->format.true_colour)
    gvnc_output_pixel_format (out, &self->format);
}

static void
handshake_name (GvncHandshake *self,
                const guint8  *name,
                GvncBatch     *batch,
                GvncWriter    *out)
{
  self->name = g_bytes_new (name, self->name_len);
  if (self->tight)
    self->step = GVNC_HANDSHAKE_N_CAPABILITIES;
  else
    handshake_finish (self, batch, out);
}

/* rfbproto "ServerInit", of Tight: U16 server messages | U16 client messages | U16 encodings | U16 0, then a capability for
 * each. What we need of them, servers tell again in other ways, so they are only checked and left. */
static gboolean
handshake_n_capabilities (GvncHandshake  *self,
                          GvncReader     *in,
                          GvncBatch      *batch,
                          GvncWriter     *out,
                          GError        **error)
{
  for (guint i = 0; i < 3; i++) {
    guint n = gvnc_reader_u16 (in);

    if (n > GVNC_LIMIT_TIGHT_CAPABILITIES)
      return gvnc_limit_error (error, _("The server sent a list of %u Tight capabilities; at most %u are accepted"),
                               n, GVNC_LIMIT_TIGHT_CAPABILITIES);
    self->n_capabilities += n;
  }
  gvnc_reader_u16 (in);
  self->step = GVNC_HANDSHAKE_CAPABILITIES;
  if (self->n_capabilities == 0)
    handshake_finish (self, batch, out);
  return TRUE;
}

/* 7.3.2 */
static gboolean
handshake_server_init (GvncHandshake  *self,
                       GvncReader     *in,
                       GvncBatch      *batch,
                       GvncWriter     *out,
                       GError        **error)
{
  self->width = gvnc_reader_u16 (in);
  self->height = gvnc_reader_u16 (in);
  if (!gvnc_desktop_size_check (self->width, self->height, error) ||
      !gvnc_pixel_format_read (in, &self->format, error))
    return FALSE;
  self->name_len = gvnc_reader_u32 (in);
  if (self->name_len > GVNC_LIMIT_DESKTOP_NAME_LEN)
    return gvnc_limit_error (error, _("The server's desktop has a name of %u bytes; at most %u are accepted"),
                             self->name_len, GVNC_LIMIT_DESKTOP_NAME_LEN);
  self->step = GVNC_HANDSHAKE_NAME;
  if (self->name_len == 0)
    handshake_name (self, (const guint8 *) "", batch, out);
  return TRUE;
}

gboolean
gvnc_handshake_take (GvncHandshake  *self,
                     GvncReader     *in,
                     GvncBatch      *batch,
                     GvncWriter     *out,
                     GError        **error)
{
  switch (self->step) {
  case GVNC_HANDSHAKE_GREETING:
    self->step = GVNC_HANDSHAKE_VERSION;
    return handshake_greeting (in, error);
  case GVNC_HANDSHAKE_VERSION:
    return handshake_version (self, in, out, error);
  case GVNC_HANDSHAKE_TYPE_33:
    return handshake_type_33 (self, in, batch, error);
  case GVNC_HANDSHAKE_N_TYPES:
    self->n_types = gvnc_reader_u8 (in);
    self->step = self->n_types > 0 ? GVNC_HANDSHAKE_TYPES : GVNC_HANDSHAKE_REASON_LEN;
    return TRUE;
  case GVNC_HANDSHAKE_TYPES:
    return handshake_types (self, in, batch, error);
  case GVNC_HANDSHAKE_SECURITY:
    return self->security->type->take (self->security, in, out, error) &&
           handshake_after_security (self, batch, out, error);
  case GVNC_HANDSHAKE_RESULT:
    return handshake_result (self, in, out, error);
  case GVNC_HANDSHAKE_REASON_LEN:
    return handshake_reason_len (self, in, error);
  case GVNC_HANDSHAKE_REASON:
    return handshake_reason (self, in, error);
  case GVNC_HANDSHAKE_INIT:
    return handshake_server_init (self, in, batch, out, error);
  case GVNC_HANDSHAKE_NAME:
    handshake_name (self, gvnc_reader_bytes (in, self->name_len), batch, out);
    return TRUE;
  case GVNC_HANDSHAKE_N_CAPABILITIES:
    return handshake_n_capabilities (self, in, batch, out, error);
  case GVNC_HANDSHAKE_CAPABILITIES:
    gvnc_reader_bytes (in, gvnc_handshake_want (self));
    handshake_finish (self, batch, out);
    return TRUE;
  case GVNC_HANDSHAKE_CHOICE:
  case GVNC_HANDSHAKE_CREDENTIALS:
  case GVNC_HANDSHAKE_SUBTYPE:
  case GVNC_HANDSHAKE_LAYER:
  case GVNC_HANDSHAKE_IDENTITY:
  case GVNC_HANDSHAKE_TRUST:
  case GVNC_HANDSHAKE_DONE:
    break;
  }
  g_assert_not_reached ();
}

static gboolean
handshake_choose_subtype (GvncHandshake  *self,
                          guint32         number,
                          GvncBatch      *batch,
                          GvncWriter     *out,
                          GError        **error)
{
  g_autoptr (GArray) choices = g_steal_pointer (&self->security->choices);

  for (guint i = 0; i < choices->len; i++)
    if (g_array_index (choices, guint32, i) == number) {
      self->step = GVNC_HANDSHAKE_SECURITY;
      return self->security->type->choose (self->security, number, out, error) &&
             handshake_after_security (self, batch, out, error);
    }
  gvnc_batch_number (batch, GVNC_EVENT_AUTH_UNSUPPORTED, number);
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                         _("The application chose subtype %u, which the server does not offer"), number);
}

gboolean
gvnc_handshake_command (GvncHandshake  *self,
                        GvncCommand    *command,
                        GvncBatch      *batch,
                        GvncWriter     *out,
                        GError        **error)
{
  switch (command->kind) {
  case GVNC_COMMAND_SHARED:
    self->shared = command->number != 0;
    return TRUE;
  case GVNC_COMMAND_AUTH_TYPE:
    if (self->step != GVNC_HANDSHAKE_CHOICE)
      return TRUE;
    for (guint i = 0; i < self->types->len; i++)
      if (g_array_index (self->types, guint32, i) == command->number)
        return handshake_choose (self, command->number, batch, out, error);
    gvnc_batch_number (batch, GVNC_EVENT_AUTH_UNSUPPORTED, command->number);
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The application chose security type %u, which the server does not offer"),
                           command->number);
  case GVNC_COMMAND_CREDENTIALS:
    if (self->step != GVNC_HANDSHAKE_CREDENTIALS)
      return TRUE;
    self->security->asks = NULL;
    self->answered = command->credentials[GVNC_CREDENTIAL_PASSWORD] != NULL;
    self->secret |= self->answered || command->credentials[GVNC_CREDENTIAL_USERNAME] != NULL;
    return self->security->type->resume (self->security, command->credentials, out, error) &&
           handshake_after_security (self, batch, out, error);
  case GVNC_COMMAND_TRUST:
    return self->step != GVNC_HANDSHAKE_TRUST || handshake_trust (self, command->number, batch, out, error);
  case GVNC_COMMAND_AUTH_SUBTYPE:
    return self->step != GVNC_HANDSHAKE_SUBTYPE || handshake_choose_subtype (self, command->number, batch, out, error);
  default:
    return TRUE;
  }
}
