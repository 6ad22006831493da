/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk-vnc.h>

/* What the command line said. Lives in main () for as long as the application; the connect dialog changes the link. */
typedef struct {
  gboolean full_screen;
  gboolean all_monitors;
  gboolean read_only;
  gboolean no_scale;
  int rotation;
  gboolean shared;
  gboolean lossy;
  gboolean fixed_quality;
  gboolean no_sound;
  gboolean no_remote_pointer;
  gboolean no_clipboard;
  gboolean reconnect;
  VncDisplayDepthColor depth;
  char *title;                  /* NULL: the desktop's name */
  char *password;               /* for the first address, which takes it over; NULL: ask */

  /* The link. NULL: what the library does by itself. */
  char *ca_path;
  char *crl_path;
  char *tls_name;
  char *known_hosts_path;
  char *client_cert_path;       /* both or none */
  char *client_key_path;
  char *security;               /* see security-choice.h */
  char *ssh_command;            /* as a shell would split it */
  char *proxy;                  /* a URI, or "system" */
  char *repeater;
  char **web_headers;
  gboolean allow_plain;
  gboolean allow_weak;

  char *screenshot_path;        /* not NULL: take a picture of the window, then quit */
  double screenshot_delay_s;
  int exit_status;
} GvncOptions;

/* The names of the numbers of colours; FALSE: there is none such. */
gboolean gvnc_options_parse_depth (const char *name, VncDisplayDepthColor *depth);
const char *gvnc_options_depth_name (VncDisplayDepthColor depth);

/* Whether what is said of the link makes sense. */
gboolean gvnc_options_check_link (const GvncOptions *self, GError **error);

/* Puts what is said of the link into a closed connection. */
void gvnc_options_apply_link (const GvncOptions *self, VncConnection *conn);

/* Frees what it holds. */
void gvnc_options_clear (GvncOptions *self);
