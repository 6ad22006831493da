/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "screens-dialog.h"

#include <glib/gi18n.h>

/* The protocol can name so many; nobody has more on a desk. */
#define MOST_SCREENS 16

enum { SCREEN_X, SCREEN_Y, SCREEN_WIDTH, SCREEN_HEIGHT, N_NUMBERS };

/* A screen that is asked for: a row of the grid. */
typedef struct {
  guint32 id;
  guint32 flags;
  GtkWidget *label;
  GtkWidget *numbers[N_NUMBERS];
} ScreenRow;

/* Owned by the dialog, whose children the widgets are. */
typedef struct {
  GtkWidget *dialog;
  VncConnection *conn;          /* owned */
  GCancellable *asking;         /* owned */
  GtkWidget *summary;
  GtkWidget *grid;
  GtkWidget *add;
  GtkWidget *remove;
  GtkWidget *like_here;
  GtkWidget *result;
  ScreenRow rows[MOST_SCREENS];
  guint n_rows;
} ScreensDialog;

static void
screens_dialog_update_buttons (ScreensDialog *self)
{
  gboolean can = vnc_connection_is_open (self->conn) && self->n_rows > 0;

  gtk_widget_set_sensitive (self->add, can && self->n_rows < MOST_SCREENS);
  gtk_widget_set_sensitive (self->remove, can && self->n_rows > 1);
  gtk_widget_set_sensitive (self->like_here, can);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_APPLY, can);
}

static void
screens_dialog_pop (ScreensDialog *self)
{
  ScreenRow *row = &self->rows[--self->n_rows];

  gtk_widget_destroy (row->label);
  for (gsize i = 0; i < N_NUMBERS; i++)
    gtk_widget_destroy (row->numbers[i]);
}

static void
screens_dialog_push (ScreensDialog   *self,
                     const VncScreen *screen)
{
  static const char *const names[N_NUMBERS] = { N_("Left edge"), N_("Top edge"), N_("Width"), N_("Height") };
  const guint values[N_NUMBERS] = { screen->x, screen->y, screen->width, screen->height };
  ScreenRow *row;
  g_autofree char *text = NULL;

  if (self->n_rows == MOST_SCREENS)
    return;
  row = &self->rows[self->n_rows++];
  row->id = screen->id;
  row->flags = screen->flags;
  text = g_strdup_printf (_("Screen %u"), self->n_rows);
  row->label = gtk_label_new (text);
  gtk_widget_set_halign (row->label, GTK_ALIGN_END);
  gtk_grid_attach (GTK_GRID (self->grid), row->label, 0, (int) self->n_rows, 1, 1);
  gtk_widget_show (row->label);
  for (int i = 0; i < N_NUMBERS; i++) {
    GtkWidget *number = gtk_spin_button_new_with_range (i < SCREEN_WIDTH ? 0 : 1, G_MAXUINT16, 1);

    gtk_spin_button_set_value (GTK_SPIN_BUTTON (number), values[i]);
    gtk_entry_set_width_chars (GTK_ENTRY (number), 5);
    gtk_entry_set_activates_default (GTK_ENTRY (number), TRUE);
    gtk_widget_set_tooltip_text (number, _(names[i]));
    atk_object_set_name (gtk_widget_get_accessible (number), _(names[i]));
    gtk_grid_attach (GTK_GRID (self->grid), number, i + 1, (int) self->n_rows, 1, 1);
    gtk_widget_show (number);
    row->numbers[i] = number;
  }
}

static VncScreen
screens_dialog_read (const ScreenRow *row)
{
  guint values[N_NUMBERS];

  for (gsize i = 0; i < N_NUMBERS; i++)
    values[i] = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (row->numbers[i]));
  return (VncScreen) { row->id, (guint16) values[SCREEN_X], (guint16) values[SCREEN_Y], (guint16) values[SCREEN_WIDTH],
                       (guint16) values[SCREEN_HEIGHT], row->flags };
}

/* Takes over what the server has. */
static void
screens_dialog_fill (ScreensDialog *self)
{
  g_autoptr (GPtrArray) screens = vnc_connection_get_screens (self->conn);
  g_autofree char *text = NULL;

  while (self->n_rows > 0)
    screens_dialog_pop (self);
  for (guint i = 0; i < screens->len; i++)
    screens_dialog_push (self, g_ptr_array_index (screens, i));
  if (screens->len == 0)
    text = g_strdup_printf (_("The desktop has %d×%d pixels. This server does not tell or change its screens."),
                            vnc_connection_get_width (self->conn), vnc_connection_get_height (self->conn));
  else
    text = g_strdup_printf (ngettext ("The desktop has %d×%d pixels on %u screen.", "The desktop has %d×%d pixels on %u screens.",
                                      screens->len),
                            vnc_connection_get_width (self->conn), vnc_connection_get_height (self->conn), screens->len);
  gtk_label_set_text (GTK_LABEL (self->summary), text);
  screens_dialog_update_buttons (self);
}

static void
screens_dialog_changed (VncConnection *conn,
                        int            reason,
                        int            status,
                        gpointer       user_data)
{
  screens_dialog_fill (user_data);
}

static void
screens_dialog_closed (VncConnection *conn,
                       gpointer       user_data)
{
  screens_dialog_update_buttons (user_data);
}

/* ---- changing ---- */

/* A number that no row has. */
static guint32
screens_dialog_new_id (const ScreensDialog *self)
{
  guint32 id = 0;

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].id == id) {
      id++;
      i = G_MAXUINT;
    }
  return id;
}

/* To the right of all others, as large as the last. */
static void
screens_dialog_add (GtkButton *button,
                    gpointer   user_data)
{
  ScreensDialog *self = user_data;
  VncScreen screen = screens_dialog_read (&self->rows[self->n_rows - 1]);
  guint right = 0;

  for (guint i = 0; i < self->n_rows; i++) {
    VncScreen other = screens_dialog_read (&self->rows[i]);

    right = MAX (right, (guint) other.x + other.width);
  }
  screen.id = screens_dialog_new_id (self);
  screen.flags = 0;
  screen.x = (guint16) MIN (right, G_MAXUINT16);
  screens_dialog_push (self, &screen);
  screens_dialog_update_buttons (self);
}

static void
screens_dialog_remove (GtkButton *button,
                       gpointer   user_data)
{
  ScreensDialog *self = user_data;

  screens_dialog_pop (self);
  screens_dialog_update_buttons (self);
}

/* As the monitors here, in pixels of the device. */
static void
screens_dialog_like_here (GtkButton *button,
                          gpointer   user_data)
{
  ScreensDialog *self = user_data;
  GdkDisplay *here = gtk_widget_get_display (self->dialog);
  int n_monitors = gdk_display_get_n_monitors (here);
  ScreenRow before[MOST_SCREENS];
  guint n_before = self->n_rows;

  for (guint i = 0; i < n_before; i++)
    before[i] = self->rows[i];
  while (self->n_rows > 0)
    screens_dialog_pop (self);
  for (int i = 0; i < n_monitors; i++) {
    GdkMonitor *monitor = gdk_display_get_monitor (here, i);
    int scale = gdk_monitor_get_scale_factor (monitor);
    GdkRectangle area;
    VncScreen screen = { 0 };

    gdk_monitor_get_geometry (monitor, &area);
    screen.id = (guint) i < n_before ? before[i].id : screens_dialog_new_id (self);
    screen.flags = (guint) i < n_before ? before[i].flags : 0;
    screen.x = (guint16) CLAMP (area.x * scale, 0, G_MAXUINT16);
    screen.y = (guint16) CLAMP (area.y * scale, 0, G_MAXUINT16);
    screen.width = (guint16) CLAMP (area.width * scale, 1, G_MAXUINT16);
    screen.height = (guint16) CLAMP (area.height * scale, 1, G_MAXUINT16);
    screens_dialog_push (self, &screen);
  }
  screens_dialog_update_buttons (self);
}

static const char *
screens_dialog_result_text (VncConnectionResizeStatus status)
{
  switch (status) {
  case VNC_CONNECTION_RESIZE_STATUS_OK:
    return _("The server has changed its screens.");
  case VNC_CONNECTION_RESIZE_STATUS_ADMIN_PROHIBITED:
    return _("The server does not allow to change its screens.");
  case VNC_CONNECTION_RESIZE_STATUS_OUT_OF_RESOURCES:
    return _("The server cannot have a desktop that large.");
  case VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT:
    return _("The server cannot have screens like that.");
  case VNC_CONNECTION_RESIZE_STATUS_FORWARDED:
    return _("The server has passed the request on.");
  default:
    return _("The server cannot change its screens.");
  }
}

static void
screens_dialog_answered (GObject      *conn,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  VncConnectionResizeStatus status = vnc_connection_set_layout_finish (VNC_CONNECTION (conn), result, &error);
  ScreensDialog *self = user_data;

  /* The dialog has gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_text (GTK_LABEL (self->result), error != NULL ? error->message : screens_dialog_result_text (status));
  screens_dialog_update_buttons (self);
}

static void
screens_dialog_apply (ScreensDialog *self)
{
  VncScreen screens[MOST_SCREENS];
  guint width = 0, height = 0;

  for (guint i = 0; i < self->n_rows; i++) {
    /* What is being typed counts, too. */
    for (gsize k = 0; k < N_NUMBERS; k++)
      gtk_spin_button_update (GTK_SPIN_BUTTON (self->rows[i].numbers[k]));
    screens[i] = screens_dialog_read (&self->rows[i]);
    width = MAX (width, (guint) screens[i].x + screens[i].width);
    height = MAX (height, (guint) screens[i].y + screens[i].height);
  }
  gtk_label_set_text (GTK_LABEL (self->result), _("Asking the server…"));
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_APPLY, FALSE);
  vnc_connection_set_layout_async (self->conn, width, height, screens, self->n_rows, self->asking, screens_dialog_answered, self);
}

static void
screens_dialog_response (GtkDialog *dialog,
                         int        response,
                         gpointer   user_data)
{
  ScreensDialog *self = user_data;

  if (response == GTK_RESPONSE_APPLY)
    screens_dialog_apply (self);
  else
    gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
screens_dialog_free (gpointer data)
{
  ScreensDialog *self = data;

  g_cancellable_cancel (self->asking);
  g_object_unref (self->asking);
  g_signal_handlers_disconnect_by_data (self->conn, self);
  g_object_unref (self->conn);
  g_free (self);
}

static GtkWidget *
screens_dialog_button (GtkWidget  *box,
                       const char *text,
                       GCallback   clicked,
                       gpointer    user_data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (text);

  gtk_box_pack_start (GTK_BOX (box), button, FALSE, FALSE, 0);
  g_signal_connect (button, "clicked", clicked, user_data);
  return button;
}

static GtkWidget *
screens_dialog_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  return label;
}

GtkWidget *
gvnc_screens_dialog_new (GtkWindow  *parent,
                         VncDisplay *display)
{
  static const char *const heads[N_NUMBERS] = { N_("Left"), N_("Top"), N_("Width"), N_("Height") };
  ScreensDialog *self = g_new0 (ScreensDialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->conn = g_object_ref (vnc_display_get_connection (display));
  self->asking = g_cancellable_new ();
  self->dialog = gtk_dialog_new_with_buttons (_("Remote Screens"), parent,
                                              GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR,
                                              _("_Close"), GTK_RESPONSE_CANCEL,
                                              _("_Apply"), GTK_RESPONSE_APPLY,
                                              NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (self->dialog), GTK_RESPONSE_APPLY);
  gtk_window_set_resizable (GTK_WINDOW (self->dialog), FALSE);
  gtk_container_set_border_width (GTK_CONTAINER (box), 18);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (self->dialog))), box);

  self->summary = screens_dialog_label (box);
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 6);
  for (int i = 0; i < N_NUMBERS; i++) {
    GtkWidget *head = gtk_label_new (_(heads[i]));

    gtk_style_context_add_class (gtk_widget_get_style_context (head), GTK_STYLE_CLASS_DIM_LABEL);
    gtk_grid_attach (GTK_GRID (self->grid), head, i + 1, 0, 1, 1);
  }
  gtk_box_pack_start (GTK_BOX (box), self->grid, FALSE, FALSE, 0);
  self->add = screens_dialog_button (buttons, _("A_dd Screen"), G_CALLBACK (screens_dialog_add), self);
  self->remove = screens_dialog_button (buttons, _("_Remove Last"), G_CALLBACK (screens_dialog_remove), self);
  self->like_here = screens_dialog_button (buttons, _("As on _This Computer"), G_CALLBACK (screens_dialog_like_here), self);
  gtk_box_pack_start (GTK_BOX (box), buttons, FALSE, FALSE, 0);
  self->result = screens_dialog_label (box);

  g_object_set_data_full (G_OBJECT (self->dialog), "gvnc-screens", self, screens_dialog_free);
  g_signal_connect (self->dialog, "response", G_CALLBACK (screens_dialog_response), self);
  g_signal_connect (self->conn, "vnc-screens-changed", G_CALLBACK (screens_dialog_changed), self);
  g_signal_connect (self->conn, "vnc-disconnected", G_CALLBACK (screens_dialog_closed), self);
  gtk_widget_show_all (box);
  screens_dialog_fill (self);
  gtk_widget_set_visible (self->grid, self->n_rows > 0);
  gtk_widget_set_visible (buttons, self->n_rows > 0);
  return self->dialog;
}
