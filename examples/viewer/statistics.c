/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "statistics.h"

#include <glib/gi18n.h>
#include <vncconnectionenums.h>

enum { ROW_DESKTOP, ROW_COLOURS, ROW_ENCODING, ROW_UPDATES, ROW_PIXELS, ROW_BANDWIDTH, ROW_LATENCY, N_ROWS };

/* Owned by the dialog. */
typedef struct {
  VncConnection *conn;          /* owned */
  GtkWidget *values[N_ROWS];    /* children of the dialog */
  guint source;

  gint64 since_us;              /* counted from here */
  guint n_updates;
  guint64 n_pixels;
} Statistics;

static void
statistics_updated (VncConnection *conn,
                    int            x,
                    int            y,
                    int            width,
                    int            height,
                    gpointer       user_data)
{
  Statistics *self = user_data;

  self->n_pixels += (guint64) width * (guint64) height;
}

static void
statistics_update_ended (VncConnection *conn,
                         gpointer       user_data)
{
  Statistics *self = user_data;

  self->n_updates++;
}

/* "TIGHT" of VNC_CONNECTION_ENCODING_TIGHT. */
static char *
statistics_encoding (VncConnection *conn)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (VNC_TYPE_CONNECTION_ENCODING);
  const GEnumValue *value;
  int encoding;

  g_object_get (conn, "encoding", &encoding, NULL);
  value = g_enum_get_value (klass, encoding);
  if (encoding < 0 && value == NULL)
    return g_strdup (_("nothing has come yet"));
  return value != NULL ? g_ascii_strup (value->value_nick, -1) : g_strdup_printf ("%d", encoding);
}

static void
statistics_set (Statistics *self,
                guint       row,
                char       *text)
{
  gtk_label_set_text (GTK_LABEL (self->values[row]), text);
  g_free (text);
}

static void
statistics_tell (Statistics *self,
                 double      seconds)
{
  const VncPixelFormat *format = vnc_connection_get_pixel_format (self->conn);
  g_autoptr (GPtrArray) screens = vnc_connection_get_screens (self->conn);
  guint n_screens = MAX (screens->len, 1);
  guint bandwidth_kbit = vnc_connection_get_bandwidth (self->conn);
  int latency_ms = vnc_connection_get_latency (self->conn);

  statistics_set (self, ROW_DESKTOP,
                  g_strdup_printf (ngettext ("%d×%d pixels, %u screen", "%d×%d pixels, %u screens", n_screens),
                                   vnc_connection_get_width (self->conn), vnc_connection_get_height (self->conn), n_screens));
  statistics_set (self, ROW_COLOURS,
                  g_strdup_printf (_("%u bits, %u on the link"), format != NULL ? format->depth : 0,
                                   format != NULL ? format->bits_per_pixel : 0));
  statistics_set (self, ROW_ENCODING, statistics_encoding (self->conn));
  statistics_set (self, ROW_UPDATES, g_strdup_printf (_("%.0f a second"), self->n_updates / seconds));
  statistics_set (self, ROW_PIXELS, g_strdup_printf (_("%.2f million a second"), (double) self->n_pixels / seconds / 1e6));
  statistics_set (self, ROW_BANDWIDTH,
                  bandwidth_kbit > 0 ? g_strdup_printf (_("%.1f Mbit/s"), bandwidth_kbit / 1000.0) : g_strdup (_("not measured yet")));
  statistics_set (self, ROW_LATENCY,
                  latency_ms >= 0 ? g_strdup_printf (_("%d ms"), latency_ms) : g_strdup (_("cannot be measured with this server")));
}

static gboolean
statistics_tick (gpointer user_data)
{
  Statistics *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  double seconds = (double) (now_us - self->since_us) / G_USEC_PER_SEC;

  if (seconds > 0 && vnc_connection_is_initialized (self->conn))
    statistics_tell (self, seconds);
  self->since_us = now_us;
  self->n_updates = 0;
  self->n_pixels = 0;
  return G_SOURCE_CONTINUE;
}

static void
statistics_free (gpointer data)
{
  Statistics *self = data;

  g_source_remove (self->source);
  g_signal_handlers_disconnect_by_data (self->conn, self);
  g_object_unref (self->conn);
  g_free (self);
}

GtkWidget *
gvnc_statistics_new (GtkWindow  *parent,
                     VncDisplay *display)
{
  static const char *const names[N_ROWS] = {
    N_("Desktop:"), N_("Colours:"), N_("Encoding:"), N_("Updates:"), N_("Changed pixels:"), N_("Bandwidth:"), N_("Latency:"),
  };
  Statistics *self = g_new0 (Statistics, 1);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *dialog = gtk_dialog_new_with_buttons (_("Statistics"), parent,
                                                   GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR, NULL, NULL);

  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_container_set_border_width (GTK_CONTAINER (grid), 18);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), grid);
  for (int i = 0; i < N_ROWS; i++) {
    GtkWidget *name = gtk_label_new (_(names[i]));

    gtk_widget_set_halign (name, GTK_ALIGN_END);
    gtk_style_context_add_class (gtk_widget_get_style_context (name), GTK_STYLE_CLASS_DIM_LABEL);
    gtk_grid_attach (GTK_GRID (grid), name, 0, i, 1, 1);
    self->values[i] = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (self->values[i]), 0);
    gtk_label_set_width_chars (GTK_LABEL (self->values[i]), 28);
    gtk_grid_attach (GTK_GRID (grid), self->values[i], 1, i, 1, 1);
  }
  gtk_widget_show_all (grid);

  self->conn = g_object_ref (vnc_display_get_connection (display));
  self->since_us = g_get_monotonic_time ();
  g_signal_connect (self->conn, "vnc-framebuffer-update", G_CALLBACK (statistics_updated), self);
  g_signal_connect (self->conn, "vnc-framebuffer-update-end", G_CALLBACK (statistics_update_ended), self);
  statistics_tell (self, 1);
  self->source = g_timeout_add_seconds (1, statistics_tick, self);
  g_object_set_data_full (G_OBJECT (dialog), "gvnc-statistics", self, statistics_free);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  return dialog;
}
