/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/vectors.h"
#include "security/security.h"
#include "wire/rfb.h"

/* Security types by themselves; tests/session has them in their handshake. */

/* The responses were made with OpenSSL's DES in plain mode, the bits of each byte of the key mirrored. */
typedef struct {
  const char *name;
  const char *password;
  const char *challenge;
  const char *response;
} VncVector;

static const VncVector vnc_vectors[] = {
  { "eight characters", "password", "000102030405060708090a0b0c0d0e0f", "b866924125c8eebb9debc1db61c538e2" },
  { "more than eight", "password and more", "000102030405060708090a0b0c0d0e0f", "b866924125c8eebb9debc1db61c538e2" },
  { "none", "", "000102030405060708090a0b0c0d0e0f", "491e890de9ace932838a49792f2213f3" },
  { "another", "secret12", "ffeeddccbbaa99887766554433221100", "08618f682ecb37b050209269cde176f2" },
  { "one", "a", "ffeeddccbbaa99887766554433221100", "6c8278a777834ad15e7c6979d22dcb96" },
  { "bytes above 127", "p\xc3\xa4ssword", "ffeeddccbbaa99887766554433221100", "1646b1cf9ffaf064a4f6c9cce5206d42" },
};

static void
test_vnc_response (gconstpointer data)
{
  const VncVector *vector = data;
  g_autoptr (GBytes) challenge = gvnc_vectors_wire (vector->challenge);
  g_autofree char *hex = NULL;
  g_autoptr (GError) error = NULL;
  guint8 response[16];

  g_assert_true (gvnc_vnc_auth_response (vector->password, g_bytes_get_data (challenge, NULL), response, &error));
  g_assert_no_error (error);
  hex = gvnc_vectors_hex (response, sizeof response);
  g_assert_cmpstr (hex, ==, vector->response);
}

static const GvncSecurityLink no_link = { .minor = 8 };

static void
test_vnc_steps (void)
{
  GvncSecurity *vnc = gvnc_security_new (gvnc_security_find_type (GVNC_RFB_SECURITY_VNC), &no_link);
  g_autoptr (GBytes) challenge = gvnc_vectors_wire (vnc_vectors[0].challenge);
  GvncReader in = gvnc_reader_init (g_bytes_get_data (challenge, NULL), 16);
  char *credentials[3] = { (char *) vnc_vectors[0].password, NULL, NULL };
  g_autofree char *hex = NULL;
  GvncWriter out;

  gvnc_writer_init (&out, 100);
  g_assert_true (vnc->type->start (vnc, &out, NULL));
  g_assert_cmpuint (vnc->type->want (vnc), ==, 16);
  g_assert_null (vnc->asks);
  g_assert_true (vnc->type->take (vnc, &in, &out, NULL));
  g_assert_nonnull (vnc->asks);
  g_assert_false (vnc->done);
  g_assert_cmpuint (gvnc_writer_left (&out), ==, 0);
  g_assert_true (vnc->type->resume (vnc, credentials, &out, NULL));
  g_assert_true (vnc->done);
  hex = gvnc_vectors_hex (gvnc_writer_peek (&out), gvnc_writer_left (&out));
  g_assert_cmpstr (hex, ==, vnc_vectors[0].response);
  gvnc_writer_clear (&out);
  gvnc_security_free (vnc);
}

static void
test_none (void)
{
  GvncSecurity *none = gvnc_security_new (gvnc_security_find_type (GVNC_RFB_SECURITY_NONE), &no_link);
  GvncWriter out;

  gvnc_writer_init (&out, 100);
  g_assert_true (none->type->start (none, &out, NULL));
  g_assert_true (none->done);
  g_assert_cmpuint (gvnc_writer_left (&out), ==, 0);
  gvnc_writer_clear (&out);
  gvnc_security_free (none);
}

/* What the table says of each type must hold together, since the handshake relies on it. */
static void
test_table (void)
{
  guint n_types = 0;

  for (guint32 number = 0; number < 1000; number++) {
    const GvncSecurityType *type = gvnc_security_find_type (number);

    if (type == NULL)
      continue;
    n_types++;
    g_assert_cmpuint (type->number, ==, number);
    g_assert_cmpuint (*type->name, !=, '\0');
    g_assert_nonnull (type->start);
  }
  g_assert_cmpuint (n_types, >=, 2);
  g_assert_null (gvnc_security_find_type (GVNC_RFB_SECURITY_INVALID));
  g_assert_null (gvnc_security_find_type (G_MAXUINT32));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (vnc_vectors); i++) {
    g_autofree char *path = g_strdup_printf ("/security/vnc/response/%s", vnc_vectors[i].name);

    g_test_add_data_func (path, &vnc_vectors[i], test_vnc_response);
  }
  g_test_add_func ("/security/vnc/steps", test_vnc_steps);
  g_test_add_func ("/security/none", test_none);
  g_test_add_func ("/security/table", test_table);
  return g_test_run ();
}
