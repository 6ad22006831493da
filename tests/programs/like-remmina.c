/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The calls of Remmina's gvnc plugin, in its order: the depth of a profile (24, which is no value of the enumeration) before opening, all
 * other settings behind it; a modal question from inside of vnc-auth-credential; the error kept until vnc-disconnected; text of the
 * clipboard converted between ISO 8859-1 and UTF-8 by the program itself; sound and power switched on where there is any.
 *
 *     like-remmina HOST PORT
 */
#include "application.h"

#include <stdlib.h>
#ifdef HAVE_GVNCPULSE
#include <gvncpulse.h>
#endif

enum { DEPTH_OF_PROFILE = 24 };

typedef struct {
  GtkWidget *window;
  VncDisplay *display;          /* belongs to the window while it has one */
  char *error;                  /* shown when the session has ended */
  gboolean closing;
} Remmina;

static void
remmina_on_connected (VncDisplay *display G_GNUC_UNUSED,
                      Remmina    *remmina G_GNUC_UNUSED)
{
  application_tell ("vnc-connected");
}

static void
remmina_on_initialized (VncDisplay *display,
                        Remmina    *remmina)
{
  VncConnection *connection = vnc_display_get_connection (display);
  const VncPixelFormat *format = vnc_connection_get_pixel_format (connection);
  g_autofree char *keys = vnc_grab_sequence_as_string (vnc_display_get_grab_keys (display));

  application_tell ("vnc-initialized: %d×%d, %d bits, power %d, release with %s", vnc_display_get_width (display),
                    vnc_display_get_height (display), format->bits_per_pixel, vnc_connection_get_power_control (connection), keys);
  gtk_window_set_title (GTK_WINDOW (remmina->window), "Remmina - a guest");
  gtk_widget_show_all (remmina->window);
  gtk_widget_grab_focus (GTK_WIDGET (display));
}

static void
remmina_on_resize (VncDisplay *display G_GNUC_UNUSED,
                   int         width,
                   int         height,
                   Remmina    *remmina G_GNUC_UNUSED)
{
  application_tell ("vnc-desktop-resize: %d×%d", width, height);
}

static void
remmina_on_error (VncDisplay *display G_GNUC_UNUSED,
                  const char *message,
                  Remmina    *remmina)
{
  application_tell ("vnc-error: %s", message);
  g_free (remmina->error);
  remmina->error = g_strdup (message);
}

static void
remmina_on_failure (VncDisplay *display G_GNUC_UNUSED,
                    const char *reason,
                    Remmina    *remmina)
{
  application_tell ("vnc-auth-failure: %s", reason);
  g_free (remmina->error);
  remmina->error = g_strdup (reason);
}

static void
remmina_on_unsupported (VncDisplay *display G_GNUC_UNUSED,
                        guint       type,
                        Remmina    *remmina)
{
  application_tell ("vnc-auth-unsupported: %u", type);
  g_free (remmina->error);
  remmina->error = g_strdup_printf ("authentication type %u is not supported", type);
}

static void
remmina_on_disconnected (VncDisplay *display,
                         Remmina    *remmina)
{
  application_tell ("vnc-disconnected");
  if (remmina->closing) {
    gtk_main_quit ();
    return;
  }
  gtk_container_remove (GTK_CONTAINER (remmina->window), GTK_WIDGET (display));
  remmina->display = NULL;
  gtk_container_add (GTK_CONTAINER (remmina->window), gtk_label_new (remmina->error));
  gtk_window_set_title (GTK_WINDOW (remmina->window), "Remmina - disconnected");
  gtk_widget_show_all (remmina->window);
}

static void
remmina_on_credential (VncDisplay  *display,
                       GValueArray *list,
                       Remmina     *remmina)
{
  ApplicationAnswer answer = { NULL, NULL };
  gboolean wants_username = FALSE;
  gboolean wants_password = FALSE;

  for (guint i = 0; i < list->n_values; i++) {
    int type = g_value_get_enum (&list->values[i]);

    application_tell ("vnc-auth-credential: %d", type);
    wants_username |= type == VNC_DISPLAY_CREDENTIAL_USERNAME;
    wants_password |= type == VNC_DISPLAY_CREDENTIAL_PASSWORD;
  }
  if (wants_username || wants_password) {
    GtkWidget *question = application_question (NULL, wants_username, wants_password);

    if (gtk_dialog_run (GTK_DIALOG (question)) == GTK_RESPONSE_OK)
      application_take_answer (question, &answer);
    gtk_widget_destroy (question);
  }
  for (guint i = 0; i < list->n_values; i++) {
    int type = g_value_get_enum (&list->values[i]);
    const char *word = type == VNC_DISPLAY_CREDENTIAL_USERNAME ? answer.username
                     : type == VNC_DISPLAY_CREDENTIAL_PASSWORD ? answer.password : "remmina";

    /* TRUE is failure. */
    if (!word || vnc_display_set_credential (display, type, word)) {
      application_tell ("credential %d is refused", type);
      g_free (remmina->error);
      remmina->error = g_strdup ("no credentials");
      vnc_display_close (display);
      break;
    }
  }
  application_answer_clear (&answer);
}

static void
remmina_on_grab (VncDisplay *display G_GNUC_UNUSED,
                 const char *words)
{
  application_tell ("%s", words);
}

static void
remmina_on_bell (VncDisplay *display G_GNUC_UNUSED,
                 Remmina    *remmina G_GNUC_UNUSED)
{
  application_tell ("vnc-bell");
}

/* ---- the clipboard ---- */

static void
remmina_on_cut_text (VncDisplay *display G_GNUC_UNUSED,
                     const char *bytes,
                     Remmina    *remmina)
{
  g_autofree char *text = g_convert (bytes, -1, "utf-8", "iso8859-1", NULL, NULL, NULL);

  application_tell ("vnc-server-cut-text: %s", text);
  gtk_clipboard_set_text (gtk_widget_get_clipboard (remmina->window, GDK_SELECTION_CLIPBOARD), text, -1);
}

static void
remmina_on_text (GtkClipboard *clipboard G_GNUC_UNUSED,
                 const char   *text,
                 gpointer      data)
{
  Remmina *remmina = data;

  if (!text || !remmina->display)
    return;
  g_autofree char *bytes = g_convert (text, -1, "iso8859-1", "utf-8", NULL, NULL, NULL);

  if (bytes)
    vnc_display_client_cut_text (remmina->display, bytes);
}

static void
remmina_on_owner_change (GtkClipboard *clipboard,
                         GdkEvent     *event G_GNUC_UNUSED,
                         Remmina      *remmina)
{
  if (!gtk_clipboard_get_owner (clipboard))
    gtk_clipboard_request_text (clipboard, remmina_on_text, remmina);
}

/* ---- the session ---- */

static void
remmina_set_sound (VncDisplay *display)
{
#ifdef HAVE_GVNCPULSE
  VncConnection *connection = vnc_display_get_connection (display);
  VncAudioFormat format = { .format = VNC_AUDIO_FORMAT_RAW_S32, .nchannels = 2, .frequency = 44100 };
  VncAudioPulse *sound = vnc_audio_pulse_new ();

  vnc_connection_set_audio_format (connection, &format);
  vnc_connection_set_audio (connection, VNC_AUDIO (sound));
  vnc_connection_audio_enable (connection);
  g_object_unref (sound);
#endif
}

static void
remmina_open (Remmina    *remmina,
              const char *host,
              const char *port)
{
  static const char *const grabs[] = { "vnc-pointer-grab", "vnc-pointer-ungrab" };
  VncDisplay *display = VNC_DISPLAY (vnc_display_new ());

  remmina->display = display;
  gtk_container_add (GTK_CONTAINER (remmina->window), GTK_WIDGET (display));
  gtk_widget_realize (GTK_WIDGET (display));
  g_signal_connect (display, "vnc-connected", G_CALLBACK (remmina_on_connected), remmina);
  g_signal_connect (display, "vnc-initialized", G_CALLBACK (remmina_on_initialized), remmina);
  g_signal_connect (display, "vnc-disconnected", G_CALLBACK (remmina_on_disconnected), remmina);
  g_signal_connect (display, "vnc-error", G_CALLBACK (remmina_on_error), remmina);
  g_signal_connect (display, "vnc-auth-credential", G_CALLBACK (remmina_on_credential), remmina);
  g_signal_connect (display, "vnc-auth-failure", G_CALLBACK (remmina_on_failure), remmina);
  g_signal_connect (display, "vnc-auth-unsupported", G_CALLBACK (remmina_on_unsupported), remmina);
  g_signal_connect (display, "vnc-desktop-resize", G_CALLBACK (remmina_on_resize), remmina);
  g_signal_connect (display, "vnc-bell", G_CALLBACK (remmina_on_bell), remmina);
  g_signal_connect (display, "vnc-server-cut-text", G_CALLBACK (remmina_on_cut_text), remmina);
  for (guint i = 0; i < G_N_ELEMENTS (grabs); i++)
    g_signal_connect (display, grabs[i], G_CALLBACK (remmina_on_grab), (gpointer) grabs[i]);
  g_signal_connect (gtk_widget_get_clipboard (remmina->window, GDK_SELECTION_CLIPBOARD), "owner-change",
                    G_CALLBACK (remmina_on_owner_change), remmina);

  vnc_display_set_depth (display, (VncDisplayDepthColor) DEPTH_OF_PROFILE);
  vnc_display_open_host (display, host, port);
  remmina_set_sound (display);
  vnc_display_set_lossy_encoding (display, FALSE);
  vnc_display_set_shared_flag (display, TRUE);
  vnc_display_set_read_only (display, FALSE);
  vnc_display_set_keyboard_grab (display, TRUE);
  vnc_display_set_pointer_grab (display, TRUE);
  vnc_display_set_pointer_local (display, TRUE);
  vnc_display_set_zoom_level (display, 100);
  vnc_display_set_force_size (display, TRUE);
  vnc_display_set_scaling (display, FALSE);
  vnc_display_set_allow_resize (display, FALSE);
}

static void
remmina_on_command (const char *command,
                    const char *argument,
                    gpointer    data)
{
  Remmina *remmina = data;

  if (!remmina->display) {
    application_tell ("no session");
  } else if (g_str_equal (command, "save")) {
    application_save (remmina->display, argument);
  } else if (g_str_equal (command, "key")) {
    guint keyval = gdk_keyval_from_name (argument);

    vnc_display_send_keys (remmina->display, &keyval, 1);
    application_tell ("sent %s", argument);
  } else if (g_str_equal (command, "read-only")) {
    vnc_display_set_read_only (remmina->display, g_str_equal (argument, "on"));
    application_tell ("read-only %s", vnc_display_get_read_only (remmina->display) ? "on" : "off");
  }
}

static gboolean
remmina_on_delete (GtkWidget *window G_GNUC_UNUSED,
                   GdkEvent  *event G_GNUC_UNUSED,
                   Remmina   *remmina)
{
  remmina->closing = TRUE;
  if (remmina->display)
    vnc_display_close (remmina->display);
  else
    gtk_main_quit ();
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  gtk_init (&argc, &argv);
  if (argc != 3)
    return EXIT_FAILURE;

  Remmina remmina = { .window = gtk_window_new (GTK_WINDOW_TOPLEVEL) };

  vnc_util_set_debug (FALSE);
  gtk_window_set_title (GTK_WINDOW (remmina.window), "Remmina - connecting");
  g_signal_connect (remmina.window, "delete-event", G_CALLBACK (remmina_on_delete), &remmina);
  application_listen (remmina_on_command, &remmina);
  remmina_open (&remmina, argv[1], argv[2]);
  gtk_main ();

  gtk_widget_destroy (remmina.window);
  g_free (remmina.error);
  return EXIT_SUCCESS;
}
