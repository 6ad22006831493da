/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk-vnc.h>

/* What the command line said. Lives in main () for as long as the application. */
typedef struct {
  gboolean full_screen;
  gboolean read_only;
  gboolean no_scale;
  gboolean shared;
  gboolean lossy;
  gboolean fixed_quality;
  gboolean no_sound;
  VncDisplayDepthColor depth;
  char *title;                  /* NULL: the desktop's name */
  char *password;               /* for the first address, which takes it over; NULL: ask */

  char *ca_path;                /* NULL: what the library finds by itself, as for the next two */
  char *crl_path;
  char *tls_name;
  gboolean allow_plain;
  gboolean allow_weak;

  char *screenshot_path;        /* not NULL: take a picture of the window, then quit */
  double screenshot_delay_s;
  int exit_status;
} GvncOptions;
