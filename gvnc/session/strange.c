/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "session/strange.h"

#include "session/pseudo.h"
#include "wire/error.h"
#include "wire/rfb.h"

#include <glib/gi18n-lib.h>

gboolean
gvnc_strange_message (guint8   type,
                      GError **error)
{
  static const struct {
    guint8      type;
    const char *name;
  } names[] = {
    { GVNC_RFB_END_OF_CONTINUOUS_UPDATES, "EndOfContinuousUpdates" },
    { GVNC_RFB_FENCE, "ServerFence" },
    { GVNC_RFB_XVP, "xvp" },
    { GVNC_RFB_QEMU, "QEMU" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].type == type)
      return gvnc_protocol_error (error, _("The server sent a message of type %u (%s), which was never asked for"),
                                  type, names[i].name);
  return gvnc_protocol_error (error, _("The server sent a message of type %u, which was never asked for"), type);
}

gboolean
gvnc_strange_rectangle (gint32   encoding,
                        GError **error)
{
  const char *name = gvnc_encoding_name (encoding);

  if (name == NULL)
    return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                           _("The server sent a rectangle in the encoding %d, which was never asked for"), encoding);
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED,
                         _("The server sent a rectangle in the encoding %d (%s), which was never asked for"),
                         encoding, name);
}
