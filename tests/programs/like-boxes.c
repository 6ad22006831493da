/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The calls that GNOME Boxes made while it had a VNC display, in its order: the widget is born and realized in a window that is never
 * shown, logs in there, and moves into the window with the picture once there is one. Credentials are set before opening; where
 * they are missing the connection is closed inside of vnc-auth-credential, the user is asked, and a new widget tries again.
 *
 *     like-boxes HOST PORT | like-boxes SOCKET
 */
#include "application.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *host;
  const char *port;             /* NULL: host is a socket's path */
  GtkWidget *window;
  GtkWidget *stack;             /* shows the label, or the display */
  GtkWidget *label;
  GtkWidget *hidden;            /* where a display lives that has no picture yet */
  VncDisplay *display;          /* owned */
  ApplicationAnswer answer;
  guint thumbnail_id;
  gboolean closing;
} Boxes;

static void boxes_connect (Boxes *boxes);

static gboolean
boxes_make_thumbnail (gpointer data)
{
  Boxes *boxes = data;
  g_autoptr (GdkPixbuf) pixbuf = vnc_display_get_pixbuf (boxes->display);

  if (pixbuf) {
    g_autoptr (GdkPixbuf) small = gdk_pixbuf_scale_simple (pixbuf, 64, 48, GDK_INTERP_BILINEAR);

    gtk_window_set_icon (GTK_WINDOW (boxes->window), small);
  }
  return G_SOURCE_CONTINUE;
}

static void
boxes_on_initialized (VncDisplay *display,
                      Boxes      *boxes)
{
  GtkWidget *widget = GTK_WIDGET (display);

  application_tell ("vnc-initialized");
  gtk_container_remove (GTK_CONTAINER (boxes->hidden), widget);
  gtk_container_add (GTK_CONTAINER (boxes->stack), widget);
  gtk_widget_show (widget);
  gtk_stack_set_visible_child (GTK_STACK (boxes->stack), widget);
  gtk_widget_grab_focus (widget);
  gtk_window_set_title (GTK_WINDOW (boxes->window), "Boxes - a box");
  boxes->thumbnail_id = g_timeout_add (200, boxes_make_thumbnail, boxes);
}

static void
boxes_on_disconnected (VncDisplay *display,
                       Boxes      *boxes)
{
  application_tell ("vnc-disconnected, %s", vnc_display_is_open (display) ? "open" : "closed");
  g_clear_handle_id (&boxes->thumbnail_id, g_source_remove);
  if (boxes->closing) {
    gtk_main_quit ();
    return;
  }
  gtk_stack_set_visible_child (GTK_STACK (boxes->stack), boxes->label);
  gtk_window_set_title (GTK_WINDOW (boxes->window), "Boxes - no box");
}

static void
boxes_on_failure (VncDisplay *display G_GNUC_UNUSED,
                  const char *reason,
                  Boxes      *boxes)
{
  application_tell ("vnc-auth-failure: %s", reason);
  gtk_label_set_text (GTK_LABEL (boxes->label), reason);
}

static void
boxes_on_unsupported (VncDisplay *display G_GNUC_UNUSED,
                      guint       type,
                      Boxes      *boxes)
{
  application_tell ("vnc-auth-unsupported: %u", type);
  gtk_label_set_text (GTK_LABEL (boxes->label), "unsupported");
}

static void
boxes_on_answer (GtkDialog *question,
                 int        response,
                 Boxes     *boxes)
{
  if (response == GTK_RESPONSE_OK)
    application_take_answer (GTK_WIDGET (question), &boxes->answer);
  gtk_widget_destroy (GTK_WIDGET (question));
  if (response == GTK_RESPONSE_OK)
    boxes_connect (boxes);
}

static void
boxes_on_credential (VncDisplay  *display,
                     GValueArray *list,
                     Boxes       *boxes)
{
  gboolean wants_username = FALSE;
  gboolean wants_password = FALSE;

  for (guint i = 0; i < list->n_values; i++) {
    int type = g_value_get_enum (&list->values[i]);

    application_tell ("vnc-auth-credential: %d", type);
    wants_username |= type == VNC_DISPLAY_CREDENTIAL_USERNAME && !boxes->answer.username;
    wants_password |= type == VNC_DISPLAY_CREDENTIAL_PASSWORD && !boxes->answer.password;
  }
  if (!wants_username && !wants_password)
    return;

  vnc_display_close (display);
  GtkWidget *question = application_question (GTK_WINDOW (boxes->window), wants_username, wants_password);

  g_signal_connect (question, "response", G_CALLBACK (boxes_on_answer), boxes);
}

static void
boxes_drop_display (Boxes *boxes)
{
  if (!boxes->display)
    return;
  g_signal_handlers_disconnect_by_data (boxes->display, boxes);
  gtk_widget_destroy (GTK_WIDGET (boxes->display));
  g_clear_object (&boxes->display);
}

static void
boxes_new_display (Boxes *boxes)
{
  GtkWidget *widget = vnc_display_new ();

  boxes_drop_display (boxes);
  boxes->display = g_object_ref_sink (VNC_DISPLAY (widget));
  gtk_container_add (GTK_CONTAINER (boxes->hidden), widget);
  gtk_widget_realize (widget);

  vnc_display_set_keyboard_grab (boxes->display, TRUE);
  vnc_display_set_pointer_grab (boxes->display, TRUE);
  vnc_display_set_force_size (boxes->display, FALSE);
  vnc_display_set_scaling (boxes->display, TRUE);
  g_object_set (widget, "expand", TRUE, NULL);

  g_signal_connect (widget, "vnc-initialized", G_CALLBACK (boxes_on_initialized), boxes);
  g_signal_connect (widget, "vnc-disconnected", G_CALLBACK (boxes_on_disconnected), boxes);
  g_signal_connect (widget, "vnc-auth-failure", G_CALLBACK (boxes_on_failure), boxes);
  g_signal_connect (widget, "vnc-auth-unsupported", G_CALLBACK (boxes_on_unsupported), boxes);
  g_signal_connect (widget, "vnc-auth-credential", G_CALLBACK (boxes_on_credential), boxes);
}

/* Boxes hands over what libvirt's open_graphics() gave it. */
static void
boxes_open_socket (Boxes *boxes)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (boxes->host);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);

  if (!connection)
    g_error ("%s", error->message);
  vnc_display_open_fd_with_hostname (boxes->display, dup (g_socket_get_fd (g_socket_connection_get_socket (connection))), "localhost");
}

static void
boxes_connect (Boxes *boxes)
{
  boxes_new_display (boxes);
  vnc_display_set_credential (boxes->display, VNC_DISPLAY_CREDENTIAL_USERNAME, boxes->answer.username);
  vnc_display_set_credential (boxes->display, VNC_DISPLAY_CREDENTIAL_PASSWORD, boxes->answer.password);
  vnc_display_set_credential (boxes->display, VNC_DISPLAY_CREDENTIAL_CLIENTNAME, "boxes");
  if (boxes->port)
    vnc_display_open_host (boxes->display, boxes->host, boxes->port);
  else
    boxes_open_socket (boxes);
}

static void
boxes_on_command (const char *command,
                  const char *argument,
                  gpointer    data)
{
  Boxes *boxes = data;

  if (g_str_equal (command, "save")) {
    application_save (boxes->display, argument);
  } else if (g_str_equal (command, "read-only")) {
    g_object_set (boxes->display, "read-only", g_str_equal (argument, "on"), NULL);
    application_tell ("read-only %s", vnc_display_get_read_only (boxes->display) ? "on" : "off");
  } else if (g_str_equal (command, "key")) {
    guint keyval = gdk_keyval_from_name (argument);

    vnc_display_send_keys (boxes->display, &keyval, 1);
    application_tell ("sent %s", argument);
  }
}

static gboolean
boxes_on_delete (GtkWidget *window G_GNUC_UNUSED,
                 GdkEvent  *event G_GNUC_UNUSED,
                 Boxes     *boxes)
{
  boxes->closing = TRUE;
  if (vnc_display_is_open (boxes->display))
    vnc_display_close (boxes->display);
  else
    gtk_main_quit ();
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  gtk_init (&argc, &argv);

  Boxes boxes = {
    .host = argc > 1 ? argv[1] : "localhost",
    .port = argc > 2 ? argv[2] : NULL,
    .window = gtk_window_new (GTK_WINDOW_TOPLEVEL),
    .stack = gtk_stack_new (),
    .label = gtk_label_new ("no box"),
    .hidden = gtk_window_new (GTK_WINDOW_TOPLEVEL),
  };

  gtk_window_set_title (GTK_WINDOW (boxes.window), "Boxes - opening a box");
  gtk_window_set_default_size (GTK_WINDOW (boxes.window), 640, 480);
  gtk_container_add (GTK_CONTAINER (boxes.window), boxes.stack);
  gtk_container_add (GTK_CONTAINER (boxes.stack), boxes.label);
  g_signal_connect (boxes.window, "delete-event", G_CALLBACK (boxes_on_delete), &boxes);
  gtk_widget_show_all (boxes.window);
  application_listen (boxes_on_command, &boxes);

  boxes_connect (&boxes);
  gtk_main ();

  boxes_drop_display (&boxes);
  gtk_widget_destroy (boxes.hidden);
  gtk_widget_destroy (boxes.window);
  application_answer_clear (&boxes.answer);
  return 0;
}
