/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "null-sink.h"

#include <glib/gstdio.h>

void
null_sink_set_up (NullSink      *sink,
                  gconstpointer  unused)
{
  g_autofree char *server = NULL;

  sink->dir = g_dir_make_tmp ("pulse-XXXXXX", NULL);
  g_assert_nonnull (sink->dir);
  sink->socket = g_build_filename (sink->dir, "native", NULL);
  server = g_strconcat ("unix:", sink->socket, NULL);
  g_setenv ("PULSE_RUNTIME_PATH", sink->dir, TRUE);
  g_setenv ("PULSE_STATE_PATH", sink->dir, TRUE);
  g_setenv ("PULSE_COOKIE", sink->socket, TRUE);
  g_setenv ("PULSE_SERVER", server, TRUE);
  g_unsetenv ("DISPLAY");
}

void
null_sink_stop (NullSink *sink)
{
  if (sink->server == NULL)
    return;
  g_subprocess_force_exit (sink->server);
  g_subprocess_wait (sink->server, NULL, NULL);
  g_clear_object (&sink->server);
  g_unlink (sink->socket);
}

void
null_sink_tear_down (NullSink      *sink,
                     gconstpointer  unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  null_sink_stop (sink);
  dir = g_dir_open (sink->dir, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (sink->dir, name, NULL);

    g_remove (path);
  }
  g_rmdir (sink->dir);
  g_free (sink->dir);
  g_free (sink->socket);
}

gboolean
null_sink_start (NullSink *sink)
{
  g_autofree char *program = g_find_program_in_path ("pulseaudio");
  g_autofree char *recorder = g_find_program_in_path ("parec");
  g_autofree char *protocol = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL || recorder == NULL) {
    g_test_skip ("pulseaudio and parec are not installed");
    return FALSE;
  }
  protocol = g_strdup_printf ("module-native-protocol-unix auth-anonymous=1 socket=%s", sink->socket);
  sink->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, "-n", "--daemonize=no",
                                   "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes", "--realtime=no",
                                   "--high-priority=no", "-L", "module-null-sink sink_name=ear rate=48000",
                                   "-L", protocol, NULL);
  g_assert_no_error (error);
  while (!g_file_test (sink->socket, G_FILE_TEST_EXISTS)) {
    g_assert_nonnull (g_subprocess_get_identifier (sink->server));
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
  return TRUE;
}

GSubprocess *
null_sink_record (void)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *recorder;

  recorder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "parec", "--device=ear.monitor", "--raw",
                               "--format=s16le", "--rate=48000", "--channels=1", "--latency-msec=20", NULL);
  g_assert_no_error (error);
  return recorder;
}
