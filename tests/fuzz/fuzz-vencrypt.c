/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "security/security.h"
#include "wire/rfb.h"

/* VeNCrypt and TLS 18, with what is inside, against a server that sends the bytes; each layer is there as soon as it is
 * asked for.
 *
 *   U8 bit 0: TLS 18 in place of VeNCrypt; bit 1: plain passwords are allowed
 *   U8 which subtype is chosen, modulo their number
 *   then what the server sends
 */
typedef struct {
  GvncSecurityLink  link;
  GvncSecurity     *security;
  GvncWriter        out;
  guint             choice;
} FuzzVencrypt;

static gboolean
fuzz_answer (FuzzVencrypt *self)
{
  GvncSecurity *security = self->security;
  char *credentials[3] = { (char *) "password", (char *) "user", (char *) "client" };

  if (security->next != NULL) {
    self->security = gvnc_security_new (security->next, &self->link);
    gvnc_security_free (security);
    return self->security->type->start (self->security, &self->out, NULL);
  }
  if (security->layer != NULL) {
    g_clear_pointer (&security->layer, gvnc_secure_request_free);
    self->link.encrypted = TRUE;
    return security->type->layered (security, &self->out, NULL);
  }
  if (security->asks != NULL) {
    security->asks = NULL;
    return security->type->resume (security, credentials, &self->out, NULL);
  }
  if (security->choices != NULL) {
    g_autoptr (GArray) choices = g_steal_pointer (&security->choices);

    return security->type->choose (security, g_array_index (choices, guint32, self->choice % choices->len), &self->out, NULL);
  }
  return TRUE;
}

static gboolean
fuzz_waits (const GvncSecurity *security)
{
  return !security->done && (security->next != NULL || security->layer != NULL || security->asks != NULL ||
                             security->choices != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzVencrypt self = { .link = { .minor = 8 } };
  GvncReader in;
  gboolean ok;

  if (size < 2)
    return 0;
  self.link.allow_plain = (data[0] & 2) != 0;
  self.choice = data[1];
  self.security =
    gvnc_security_new (gvnc_security_find_type ((data[0] & 1) != 0 ? GVNC_RFB_SECURITY_TLS : GVNC_RFB_SECURITY_VENCRYPT),
                       &self.link);
  gvnc_writer_init (&self.out, 64 * 1024);
  in = gvnc_reader_init (data + 2, size - 2);
  ok = self.security->type->start (self.security, &self.out, NULL);
  while (ok && !self.security->done) {
    gsize want;

    if (fuzz_waits (self.security)) {
      ok = fuzz_answer (&self);
      continue;
    }
    want = self.security->type->want != NULL ? self.security->type->want (self.security) : 0;
    if (want == 0 || want > gvnc_reader_left (&in))
      break;
    ok = self.security->type->take (self.security, &in, &self.out, NULL);
    g_assert_false (in.overrun);
  }
  gvnc_security_free (self.security);
  gvnc_writer_clear (&self.out);
  return 0;
}
