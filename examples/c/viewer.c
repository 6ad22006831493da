/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A window with a remote desktop: viewer HOST PORT (password in VNC_PASSWORD)
 *
 *   cc -o viewer viewer.c $(pkg-config --cflags --libs gtk-vnc-2.0)
 */
#include <gtk-vnc.h>

static void
give_password (VncDisplay  *display,
               GValueArray *wanted,
               gpointer     unused)
{
  const char *password = g_getenv ("VNC_PASSWORD");

  vnc_display_set_credential (display, VNC_DISPLAY_CREDENTIAL_PASSWORD, password != NULL ? password : "");
}

static void
show_name (VncDisplay *display,
           GtkWindow  *window)
{
  gtk_window_set_title (window, vnc_display_get_name (display));
  gtk_widget_grab_focus (GTK_WIDGET (display));
}

static void
tell (VncDisplay *display,
      const char *message,
      int        *status)
{
  g_printerr ("%s\n", message);
  *status = 1;
}

/* The connection is closed first; its end, told by vnc-disconnected, ends the program. */
static gboolean
close_display (VncDisplay *display)
{
  vnc_display_close (display);
  return GDK_EVENT_STOP;
}

int
main (int    argc,
      char **argv)
{
  GtkWidget *window, *display;
  int status = 0;

  gtk_init (&argc, &argv);
  if (argc != 3) {
    g_printerr ("usage: %s HOST PORT\n", argv[0]);
    return 2;
  }

  window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  display = vnc_display_new ();
  gtk_container_add (GTK_CONTAINER (window), display);

  g_signal_connect (display, "vnc-auth-credential", G_CALLBACK (give_password), NULL);
  g_signal_connect (display, "vnc-initialized", G_CALLBACK (show_name), window);
  g_signal_connect (display, "vnc-error", G_CALLBACK (tell), &status);
  g_signal_connect (display, "vnc-disconnected", G_CALLBACK (gtk_main_quit), NULL);
  g_signal_connect_swapped (window, "delete-event", G_CALLBACK (close_display), display);

  /* Returns at once: everything that follows is told by signals. */
  vnc_display_open_host (VNC_DISPLAY (display), argv[1], argv[2]);
  gtk_widget_show_all (window);
  gtk_main ();
  gtk_widget_destroy (window);
  return status;
}
