/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk-vnc.h>

/* What our two stand-ins for applications share: a question for credentials, words on standard output for the test to read, and
 * commands from it on standard input. */

typedef void (*ApplicationCommand) (const char *command,
                                    const char *argument,
                                    gpointer    data);

typedef struct {
  char *username;               /* NULL where none was asked for */
  char *password;
} ApplicationAnswer;

void       application_tell        (const char        *format,
                                    ...) G_GNUC_PRINTF (1, 2);
void       application_listen      (ApplicationCommand on_command,
                                    gpointer           data);
GtkWidget *application_question    (GtkWindow         *parent,
                                    gboolean           wants_username,
                                    gboolean           wants_password);
void       application_take_answer (GtkWidget         *question,
                                    ApplicationAnswer *answer);
void       application_answer_clear (ApplicationAnswer *answer);
void       application_save        (VncDisplay        *display,
                                    const char        *path);
