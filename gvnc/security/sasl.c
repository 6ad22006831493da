/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "security/sasl.h"

#include "security/security.h"
#include "session/limits.h"
#include "wire/rfb.h"
#include "wire/wipe.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <sasl/sasl.h>
#include <stdlib.h>
#include <string.h>

/* SASL, rfbproto "SASL"; by itself and inside of VeNCrypt.
 *   server: U32 length | mechanisms[length], a comma or blank between them
 *   client: U32 length | mechanism[length] | data
 *   server: data | U8 complete            client: data, unless both sides are done; and so on
 *   data:   U32 length | bytes[length]; the last byte is an extra zero, so that "none" differs from "empty"
 *   units:  each length, then what it announces, with the flag.
 * A layer that was negotiated holds from behind SecurityResult on. */

/* The service that servers call themselves. */
#define SERVICE "vnc"

/* What encrypts at least so much is no fig leaf; QEMU wants as much. */
#define LEAST_SSF 56
/* TLS below us counts as this much. */
#define TLS_SSF   256

typedef enum {
  SASL_MECHANISMS_LEN,
  SASL_MECHANISMS,
  SASL_DATA_LEN,
  SASL_DATA,
} SaslStep;

typedef struct {
  SaslStep         step;
  guint32          len;             /* of what comes next */
  guint            n_steps;
  sasl_conn_t     *conn;
  char            *mechanisms;
  const char      *mechanism;       /* the library's; which it has chosen */
  guint8          *data;            /* of the server; NULL: none */
  guint32          data_len;
  gboolean         started;         /* sasl_client_start() is over */
  gboolean         server_done;
  gboolean         client_done;
  sasl_interact_t *prompts;         /* the library's; what it waits for */
  guint8           asks[2];
} SaslState;

/* ---- the library ---- */

/* Another part of the process may have set it up before us, with mutexes of its own or the library's none. */
#define MUTEX_MAGIC 0x6776534d

typedef struct {
  guint32 magic;
  GMutex  mutex;
} SaslMutex;

static void *
sasl_mutex_new (void)
{
  SaslMutex *mutex = g_new (SaslMutex, 1);

  mutex->magic = MUTEX_MAGIC;
  g_mutex_init (&mutex->mutex);
  return mutex;
}

static gboolean
sasl_mutex_is_ours (const SaslMutex *mutex)
{
  return GPOINTER_TO_SIZE (mutex) > 4096 && mutex->magic == MUTEX_MAGIC;
}

static int
sasl_mutex_acquire (void *data)
{
  SaslMutex *mutex = data;

  if (sasl_mutex_is_ours (mutex))
    g_mutex_lock (&mutex->mutex);
  return SASL_OK;
}

static int
sasl_mutex_release (void *data)
{
  SaslMutex *mutex = data;

  if (sasl_mutex_is_ours (mutex))
    g_mutex_unlock (&mutex->mutex);
  return SASL_OK;
}

static void
sasl_mutex_drop (void *data)
{
  SaslMutex *mutex = data;

  if (!sasl_mutex_is_ours (mutex))
    return;
  g_mutex_clear (&mutex->mutex);
  g_free (mutex);
}

/* Not to the system's log, and nothing that may hold a password. */
static int
sasl_on_log (void       *context,
             int         level,
             const char *message)
{
  if (level <= SASL_LOG_NOTE && message != NULL)
    g_debug ("SASL: %s", message);
  return SASL_OK;
}

/* Of several realms the first is as good as any. */
static int
sasl_on_realm (void        *context,
               int          id,
               const char **realms,
               const char **chosen)
{
  *chosen = realms != NULL && realms[0] != NULL ? realms[0] : "";
  return SASL_OK;
}

/* Those without a function make the library stop and say what it needs. */
static const sasl_callback_t sasl_callbacks[] = {
  { SASL_CB_LOG, (int (*) (void)) (void (*) (void)) sasl_on_log, NULL },
  { SASL_CB_GETREALM, (int (*) (void)) (void (*) (void)) sasl_on_realm, NULL },
  { SASL_CB_AUTHNAME, NULL, NULL },
  { SASL_CB_PASS, NULL, NULL },
  { SASL_CB_LIST_END, NULL, NULL },
};

/* Mechanisms free their answers, passwords and all, as they are; so whatever the library frees is wiped. */
static void
sasl_on_free (void *memory)
{
  if (memory != NULL)
    gvnc_wipe (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
sasl_on_realloc (void  *memory,
                 size_t size)
{
  void *moved = malloc (size);

  if (memory == NULL || moved == NULL)
    return moved;
  memcpy (moved, memory, MIN (size, malloc_usable_size (memory)));
  sasl_on_free (memory);
  return moved;
}

static gboolean
sasl_init (GError **error)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    int status;

    /* Has no effect when the application has begun with SASL before us. */
    sasl_set_alloc (malloc, calloc, sasl_on_realloc, sasl_on_free);
    sasl_set_mutex (sasl_mutex_new, sasl_mutex_acquire, sasl_mutex_release, sasl_mutex_drop);
    status = sasl_client_init (sasl_callbacks);
    g_once_init_leave (&once, status == SASL_OK ? 1 : 2);
  }
  if (once != 1)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The SASL library cannot be used on this system"));
  return TRUE;
}

char *
gvnc_sasl_text (sasl_conn_t *conn,
                int          status)
{
  const char *text = conn != NULL ? sasl_errdetail (conn) : sasl_errstring (status, NULL, NULL);

  return gvnc_quote_peer_text (text, strlen (text), GVNC_LIMIT_QUOTED_CHARS);
}

void
gvnc_sasl_free (gpointer data)
{
  sasl_conn_t *conn = data;

  sasl_dispose (&conn);
}

/* ---- the handler ---- */

static gboolean
sasl_fail (SaslState   *sasl,
           int          status,
           GError     **error)
{
  g_autofree char *text = gvnc_sasl_text (sasl->conn, status);

  if (status == SASL_NOMECH)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("None of the server's SASL mechanisms (%s) can be used on this link: %s"),
                           sasl->mechanisms, text);
  return gvnc_set_error (error, GVNC_ERROR_AUTH, _("SASL authentication failed: %s"), text);
}

static gboolean
sasl_new (GvncSecurity  *self,
          GError       **error)
{
  SaslState *sasl = self->state;
  const GvncSecurityLink *link = self->link;
  gboolean plain = gvnc_security_may_be_plain (self);
  sasl_ssf_t external = link->encrypted ? TLS_SSF : 0;
  const sasl_security_properties_t properties = {
    .min_ssf = plain ? 0 : LEAST_SSF,
    .max_ssf = G_MAXINT,
    .maxbufsize = GVNC_LIMIT_SASL_PACKET_LEN,
    .security_flags = plain ? 0 : SASL_SEC_NOPLAINTEXT | SASL_SEC_NOANONYMOUS,
  };
  int status;

  if (!sasl_init (error))
    return FALSE;
  status = sasl_client_new (SERVICE, link->hostname != NULL && !link->local ? link->hostname : "localhost",
                            link->local_address, link->remote_address, sasl_callbacks, SASL_SUCCESS_DATA, &sasl->conn);
  if (status == SASL_OK && external > 0)
    status = sasl_setprop (sasl->conn, SASL_SSF_EXTERNAL, &external);
  if (status == SASL_OK)
    status = sasl_setprop (sasl->conn, SASL_SEC_PROPS, &properties);
  return status == SASL_OK || sasl_fail (sasl, status, error);
}

static gboolean
sasl_start (GvncSecurity  *self,
            GvncWriter    *out,
            GError       **error)
{
  return TRUE;
}

static void
sasl_clear (GvncSecurity *self)
{
  SaslState *sasl = self->state;

  if (sasl->conn != NULL)
    gvnc_sasl_free (sasl->conn);
  free (sasl->prompts);   /* its mechanism frees them only when it is asked again */
  g_free (sasl->mechanisms);
  g_free (sasl->data);
}

static gsize
sasl_want (const GvncSecurity *self)
{
  const SaslState *sasl = self->state;

  switch (sasl->step) {
  case SASL_MECHANISMS_LEN:
  case SASL_DATA_LEN:
    return 4;
  case SASL_MECHANISMS:
    return sasl->len;
  case SASL_DATA:
    return (gsize) sasl->len + 1;   /* and the flag */
  }
  return 0;
}

/* Our data with its extra zero. */
static gboolean
sasl_put (GvncWriter  *out,
          const char  *bytes,
          unsigned int len,
          GError     **error)
{
  if (bytes == NULL) {
    gvnc_writer_u32 (out, 0);
    return TRUE;
  }
  if (len >= GVNC_LIMIT_SASL_LEN)
    return gvnc_limit_error (error, _("The SASL mechanism makes an answer of %u bytes; less than %u are sent"),
                             len, GVNC_LIMIT_SASL_LEN);
  gvnc_writer_u32 (out, len + 1);
  gvnc_writer_bytes (out, bytes, len);
  gvnc_writer_u8 (out, 0);
  return TRUE;
}

/* The library needs something of the application. */
static gboolean
sasl_ask (GvncSecurity  *self,
          GError       **error)
{
  SaslState *sasl = self->state;
  guint n = 0;

  for (const sasl_interact_t *prompt = sasl->prompts; prompt != NULL && prompt->id != SASL_CB_LIST_END; prompt++) {
    guint8 credential = prompt->id == SASL_CB_PASS ? GVNC_CREDENTIAL_PASSWORD : GVNC_CREDENTIAL_USERNAME;

    if (prompt->id != SASL_CB_PASS && prompt->id != SASL_CB_AUTHNAME)
      return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                             _("The SASL mechanism asks for something else than a user name and a password (%lu)"), prompt->id);
    if (n < G_N_ELEMENTS (sasl->asks) && (n == 0 || sasl->asks[0] != credential))
      sasl->asks[n++] = credential;
  }
  if (n == 0)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("The SASL mechanism asks for nothing, and waits for it"));
  gvnc_security_ask (self, sasl->asks, n);
  return TRUE;
}

/* Both sides are done. */
static gboolean
sasl_finish (GvncSecurity  *self,
             GError       **error)
{
  SaslState *sasl = self->state;
  const void *ssf = NULL;
  int status = sasl_getprop (sasl->conn, SASL_SSF, &ssf);

  if (status != SASL_OK || ssf == NULL)
    return sasl_fail (sasl, status, error);
  if (*(const sasl_ssf_t *) ssf > 0)
    gvnc_security_secure (self, GVNC_SECURE_SASL, g_steal_pointer (&sasl->conn), gvnc_sasl_free);
  self->done = TRUE;
  return TRUE;
}

/* Gives the server's data to the library and sends what it makes of them. */
static gboolean
sasl_go_on (GvncSecurity  *self,
            GvncWriter    *out,
            GError       **error)
{
  SaslState *sasl = self->state;
  const char *bytes = NULL;
  unsigned int len = 0;
  int status;

  if (!sasl->started) {
    status = sasl_client_start (sasl->conn, sasl->mechanisms, &sasl->prompts, &bytes, &len, &sasl->mechanism);
  } else if (sasl->client_done) {
    /* Some mechanisms are done before the server says that it is; the library takes nothing any more. */
    if (sasl->data_len > 0)
      return gvnc_protocol_error (error, _("The server goes on with SASL after its mechanism has ended"));
    status = SASL_OK;
  } else {
    status = sasl_client_step (sasl->conn, (const char *) sasl->data, sasl->data_len, &sasl->prompts, &bytes, &len);
  }
  if (status == SASL_INTERACT)
    return sasl_ask (self, error);
  if (status != SASL_OK && status != SASL_CONTINUE)
    return sasl_fail (sasl, status, error);
  sasl->client_done = status == SASL_OK;

  if (sasl->server_done) {
    if (!sasl->client_done)
      return gvnc_set_error (error, GVNC_ERROR_AUTH,
                             _("The server ends SASL before it has proved who it is"));
    return sasl_finish (self, error);
  }
  if (!sasl->started) {
    gvnc_writer_u32 (out, (guint32) strlen (sasl->mechanism));
    gvnc_writer_bytes (out, sasl->mechanism, strlen (sasl->mechanism));
    sasl->started = TRUE;
    /* A mechanism need not ask us for what it sends: a ticket, say. */
    self->secret = TRUE;
  }
  return sasl_put (out, bytes, len, error);
}

static gboolean
sasl_take_mechanisms (GvncSecurity  *self,
                      GvncReader    *in,
                      GvncWriter    *out,
                      GError       **error)
{
  SaslState *sasl = self->state;
  const guint8 *text = gvnc_reader_bytes (in, sasl->len);

  for (guint i = 0; i < sasl->len; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && memchr ("-_, ", text[i], 4) == NULL) {
      g_autofree char *quoted = gvnc_quote_peer_text (text, sasl->len, GVNC_LIMIT_QUOTED_CHARS);

      return gvnc_protocol_error (error, _("The server's list of SASL mechanisms, “%s”, has other characters than "
                                           "capitals, digits, “-” and “_”"), quoted);
    }
  sasl->mechanisms = g_strdelimit (g_strndup ((const char *) text, sasl->len), ",", ' ');
  sasl->step = SASL_DATA_LEN;
  return sasl_new (self, error) && sasl_go_on (self, out, error);
}

static gboolean
sasl_take_data (GvncSecurity  *self,
                GvncReader    *in,
                GvncWriter    *out,
                GError       **error)
{
  SaslState *sasl = self->state;

  g_clear_pointer (&sasl->data, g_free);
  sasl->data_len = 0;
  if (sasl->len > 0) {
    sasl->data_len = sasl->len - 1;
    sasl->data = g_malloc (sasl->len);
    memcpy (sasl->data, gvnc_reader_bytes (in, sasl->len), sasl->len);
    sasl->data[sasl->data_len] = 0;
  }
  sasl->server_done = gvnc_reader_u8 (in) != 0;
  sasl->step = SASL_DATA_LEN;
  if (++sasl->n_steps > GVNC_LIMIT_SASL_STEPS)
    return gvnc_limit_error (error, _("The server comes to no end with SASL; at most %u steps are taken"),
                             GVNC_LIMIT_SASL_STEPS);
  return sasl_go_on (self, out, error);
}

static gboolean
sasl_take (GvncSecurity  *self,
           GvncReader    *in,
           GvncWriter    *out,
           GError       **error)
{
  SaslState *sasl = self->state;

  switch (sasl->step) {
  case SASL_MECHANISMS_LEN:
    sasl->len = gvnc_reader_u32 (in);
    if (sasl->len == 0)
      return gvnc_protocol_error (error, _("The server offers no SASL mechanism"));
    if (sasl->len > GVNC_LIMIT_SASL_MECHANISMS_LEN)
      return gvnc_limit_error (error, _("The server's list of SASL mechanisms has %u bytes; at most %u are accepted"),
                               sasl->len, GVNC_LIMIT_SASL_MECHANISMS_LEN);
    sasl->step = SASL_MECHANISMS;
    return TRUE;
  case SASL_MECHANISMS:
    return sasl_take_mechanisms (self, in, out, error);
  case SASL_DATA_LEN:
    sasl->len = gvnc_reader_u32 (in);
    if (sasl->len > GVNC_LIMIT_SASL_LEN)
      return gvnc_limit_error (error, _("The server sent %u bytes of SASL data; at most %u are accepted"),
                               sasl->len, GVNC_LIMIT_SASL_LEN);
    sasl->step = SASL_DATA;
    return TRUE;
  case SASL_DATA:
    return sasl_take_data (self, in, out, error);
  }
  g_assert_not_reached ();
}

static gboolean
sasl_resume (GvncSecurity  *self,
             char *const   *credentials,
             GvncWriter    *out,
             GError       **error)
{
  SaslState *sasl = self->state;

  for (sasl_interact_t *prompt = sasl->prompts; prompt->id != SASL_CB_LIST_END; prompt++) {
    const char *text = credentials[prompt->id == SASL_CB_PASS ? GVNC_CREDENTIAL_PASSWORD : GVNC_CREDENTIAL_USERNAME];

    prompt->result = text;
    prompt->len = (unsigned) strlen (text);
  }
  return sasl_go_on (self, out, error);
}

const GvncSecurityType gvnc_security_sasl = {
  .number = GVNC_RFB_SECURITY_SASL,
  .name = "SASL",
  .state_size = sizeof (SaslState),
  .clear = sasl_clear,
  .start = sasl_start,
  .want = sasl_want,
  .take = sasl_take,
  .resume = sasl_resume,
};
