/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "transport/connect.h"

#include "session/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The system's ssh, or a program in its place, as the lowest layer: its standard input and output are one end of a socket
 * pair. It logs in with its own configuration, keys and known hosts, asks by its own means, and forwards the bytes to the
 * VNC server as the other end sees it (-W). */
typedef struct {
  GvncLayer    layer;
  GvncLayer   *lower;       /* our end of the socket pair */
  GSubprocess *process;
  gint         said_fd;     /* its standard error; owned by the process object */
  GString     *said;        /* the last it said, GVNC_LIMIT_SSH_SAID_LEN characters at most */
  gboolean     heard;       /* something came from the server: what ssh says later does not matter */
} SshLayer;

/* ---- arguments ---- */

/* Names reach ssh's command line and, by way of its configuration, maybe a shell's: only what names are made of passes. */
static gboolean
ssh_check_name (const char  *name,
                const char  *also,
                const char  *what,
                GError     **error)
{
  g_autofree char *quoted = NULL;
  const char *p = name;

  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr (also, *p) != NULL))
    p++;
  if (*p == '\0' && *name != '\0' && *name != '-')
    return TRUE;
  quoted = gvnc_quote_peer_text (name, strlen (name), GVNC_LIMIT_QUOTED_CHARS);
  return gvnc_set_error (error, GVNC_ERROR_UNSUPPORTED, _("“%s” is not accepted as the %s"), quoted, what);
}

char **
gvnc_ssh_arguments (const GvncTarget  *target,
                    GError           **error)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  gboolean colons;
  guint64 port;

  if (!ssh_check_name (target->ssh_host, "._-:%", _("name of an SSH host"), error) ||
      (target->ssh_user != NULL && !ssh_check_name (target->ssh_user, "._-+@", _("name of a user for SSH"), error)) ||
      !ssh_check_name (target->host, "._-:%", _("name of a host behind SSH"), error))
    return NULL;
  if (target->port == NULL || !g_ascii_string_to_unsigned (target->port, 10, 1, 65535, &port, NULL)) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect to %s: “%s” is no port number from 1 to 65535"),
                    target->host, target->port != NULL ? target->port : "");
    return NULL;
  }

  if (target->ssh_command == NULL || target->ssh_command[0] == NULL)
    g_ptr_array_add (args, g_strdup ("ssh"));
  else
    for (guint i = 0; target->ssh_command[i] != NULL; i++)
      g_ptr_array_add (args, g_strdup (target->ssh_command[i]));
  g_ptr_array_add (args, g_strdup ("-T"));
  g_ptr_array_add (args, g_strdup ("-a"));
  g_ptr_array_add (args, g_strdup ("-x"));
  g_ptr_array_add (args, g_strdup ("-W"));
  colons = strchr (target->host, ':') != NULL;
  g_ptr_array_add (args, g_strdup_printf (colons ? "[%s]:%u" : "%s:%u", target->host, (guint) port));
  if (target->ssh_port > 0) {
    g_ptr_array_add (args, g_strdup ("-p"));
    g_ptr_array_add (args, g_strdup_printf ("%u", target->ssh_port));
  }
  if (target->ssh_user != NULL) {
    g_ptr_array_add (args, g_strdup ("-l"));
    g_ptr_array_add (args, g_strdup (target->ssh_user));
  }
  g_ptr_array_add (args, g_strdup ("--"));
  g_ptr_array_add (args, g_strdup (target->ssh_host));
  g_ptr_array_add (args, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&args), FALSE);
}

/* ---- the layer ---- */

/* Takes what ssh says, so that it never waits for us, and keeps the end of it. */
static void
ssh_listen (SshLayer *self)
{
  char text[512];
  gssize n;

  while (self->said_fd >= 0 && (n = read (self->said_fd, text, sizeof text)) > 0) {
    g_string_append_len (self->said, text, n);
    if (self->said->len > GVNC_LIMIT_SSH_SAID_LEN)
      g_string_erase (self->said, 0, (gssize) (self->said->len - GVNC_LIMIT_SSH_SAID_LEN));
  }
}

static gssize
ssh_ended (SshLayer  *self,
           GError   **error)
{
  g_autofree char *said = NULL;

  /* It has closed its output, or is about to end; what it has to say is there within a moment. */
  if (self->said_fd >= 0) {
    GPollFD wait = { .fd = self->said_fd, .events = G_IO_IN };

    g_poll (&wait, 1, 200);
  }
  ssh_listen (self);
  g_strstrip (self->said->str);
  said = gvnc_quote_peer_text (self->said->str, strlen (self->said->str), GVNC_LIMIT_QUOTED_CHARS);
  gvnc_set_error (error, GVNC_ERROR_IO, _("SSH did not get through to the server: %s"),
                  *said != '\0' ? said : _("it gives no reason"));
  return GVNC_LAYER_ERROR;
}

static gssize
ssh_read (GvncLayer  *layer,
          guint8     *buffer,
          gsize       len,
          GError    **error)
{
  SshLayer *self = (SshLayer *) layer;
  gssize n = gvnc_layer_read (self->lower, buffer, len, error);

  if (n > 0)
    self->heard = TRUE;
  else
    ssh_listen (self);
  return n == GVNC_LAYER_END && !self->heard ? ssh_ended (self, error) : n;
}

static gssize
ssh_write (GvncLayer     *layer,
           const guint8  *bytes,
           gsize          len,
           GError       **error)
{
  return gvnc_layer_write (((SshLayer *) layer)->lower, bytes, len, error);
}

static gint
ssh_poll (GvncLayer    *layer,
          GIOCondition  wanted,
          GIOCondition *condition)
{
  SshLayer *self = (SshLayer *) layer;

  return gvnc_layer_poll (self->lower, wanted, condition);
}

static void
ssh_free (GvncLayer *layer)
{
  SshLayer *self = (SshLayer *) layer;

  gvnc_layer_free (self->lower);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_object_unref (self->process);
  g_string_free (self->said, TRUE);
  g_free (self);
}

static const GvncLayerType ssh_layer_type = {
  .name = "SSH",
  .read = ssh_read,
  .write = ssh_write,
  .poll = ssh_poll,
  .free = ssh_free,
};

static GSubprocess *
ssh_run (char   **args,
         gint     fd,
         GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) cause = NULL;
  GSubprocess *process;

  g_subprocess_launcher_take_stdin_fd (launcher, fcntl (fd, F_DUPFD_CLOEXEC, 3));
  g_subprocess_launcher_take_stdout_fd (launcher, fd);
  process = g_subprocess_launcher_spawnv (launcher, (const gchar *const *) args, &cause);
  if (process == NULL)
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot run %s: %s"), args[0], cause->message);
  return process;
}

/* Whether the VNC server is where SSH ends; else the last part of the way is not SSH's. */
static gboolean
ssh_ends_at_server (const char *host)
{
  return strcmp (host, "localhost") == 0 || strcmp (host, "127.0.0.1") == 0 || strcmp (host, "::1") == 0;
}

GvncLayer *
gvnc_ssh_layer_new (const GvncTarget  *target,
                    GError           **error)
{
  g_auto (GStrv) args = gvnc_ssh_arguments (target, error);
  g_autoptr (GSocket) ours = NULL;
  GSubprocess *process;
  SshLayer *self;
  gint fds[2];

  if (args == NULL)
    return NULL;
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0) {
    gvnc_set_error (error, GVNC_ERROR_IO, _("Cannot connect: %s"), g_strerror (errno));
    return NULL;
  }
  process = ssh_run (args, fds[1], error);
  if (process == NULL) {
    close (fds[0]);
    return NULL;
  }
  ours = g_socket_new_from_fd (fds[0], error);
  if (ours == NULL) {
    close (fds[0]);
    g_object_unref (process);
    return NULL;
  }
  self = g_new0 (SshLayer, 1);
  self->layer.type = &ssh_layer_type;
  self->layer.encrypted = ssh_ends_at_server (target->host);
  self->lower = gvnc_socket_layer_new (ours, NULL);
  self->process = process;
  self->said = g_string_new (NULL);
  self->said_fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (g_subprocess_get_stderr_pipe (process)));
  fcntl (self->said_fd, F_SETFL, fcntl (self->said_fd, F_GETFL) | O_NONBLOCK);
  return &self->layer;
}
