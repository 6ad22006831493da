/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "application.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  ApplicationCommand on_command;
  gpointer data;
} Listener;

void
application_tell (const char *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  puts (words);
  fflush (stdout);
}

static gboolean
application_read (GIOChannel  *channel,
                  GIOCondition condition G_GNUC_UNUSED,
                  gpointer     data)
{
  Listener *listener = data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 2);
  listener->on_command (words[0], words[0] ? words[1] : NULL, listener->data);
  return G_SOURCE_CONTINUE;
}

/* "COMMAND ARGUMENT", one a line. */
void
application_listen (ApplicationCommand on_command,
                    gpointer           data)
{
  GIOChannel *channel = g_io_channel_unix_new (fileno (stdin));
  Listener *listener = g_new (Listener, 1);

  *listener = (Listener) { on_command, data };
  g_io_add_watch_full (channel, G_PRIORITY_DEFAULT, G_IO_IN | G_IO_HUP, application_read, listener, g_free);
  g_io_channel_unref (channel);
}

static void
application_add_field (GtkWidget  *question,
                       const char *name,
                       gboolean    visible)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_visibility (GTK_ENTRY (entry), visible);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (question))), entry);
  g_object_set_data (G_OBJECT (question), name, entry);
}

GtkWidget *
application_question (GtkWindow *parent,
                      gboolean   wants_username,
                      gboolean   wants_password)
{
  GtkWidget *question = gtk_dialog_new_with_buttons ("Authentication required", parent, GTK_DIALOG_MODAL,
                                                     "_Cancel", GTK_RESPONSE_CANCEL, "_Log in", GTK_RESPONSE_OK, NULL);

  gtk_dialog_set_default_response (GTK_DIALOG (question), GTK_RESPONSE_OK);
  if (wants_username)
    application_add_field (question, "username", TRUE);
  if (wants_password)
    application_add_field (question, "password", FALSE);
  gtk_widget_show_all (question);
  return question;
}

static char *
application_field (GtkWidget  *question,
                   const char *name)
{
  GtkEntry *entry = g_object_get_data (G_OBJECT (question), name);

  return entry ? g_strdup (gtk_entry_get_text (entry)) : NULL;
}

void
application_take_answer (GtkWidget         *question,
                         ApplicationAnswer *answer)
{
  application_answer_clear (answer);
  answer->username = application_field (question, "username");
  answer->password = application_field (question, "password");
}

void
application_answer_clear (ApplicationAnswer *answer)
{
  g_clear_pointer (&answer->username, g_free);
  g_clear_pointer (&answer->password, g_free);
}

void
application_save (VncDisplay *display,
                  const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = vnc_display_get_pixbuf (display);
  g_autoptr (GError) error = NULL;

  if (!pixbuf)
    application_tell ("no picture");
  else if (gdk_pixbuf_save (pixbuf, path, "png", &error, NULL))
    application_tell ("saved");
  else
    application_tell ("not saved: %s", error->message);
}
