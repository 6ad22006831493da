/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/security.h"

#include "security/drive.h"

void
gvnc_fuzz_security (const GvncSecurityType *type,
                    const guint8           *data,
                    gsize                   size)
{
  /* xvp wants to know the machine. */
  static const GvncDriveApp app = { "password", "user@host@vm", 2 };
  GvncDrive drive;

  if (size == 0)
    return;
  gvnc_drive_init (&drive, type);
  drive.link.minor = data[0] & 3 ? 8 : 3;
  drive.link.encrypted = (data[0] & 4) != 0;
  drive.link.local = (data[0] & 8) != 0;
  drive.link.allow_weak = (data[0] & 16) != 0;
  drive.link.allow_plain = (data[0] & 32) != 0;
  drive.layers = TRUE;
  if (!gvnc_drive_start (&drive) || !gvnc_drive_bytes (&drive, &app, data + 1, size - 1))
    g_assert (drive.error != NULL);
  gvnc_drive_clear (&drive);
}
