/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "full-screen-bar.h"

#include "menus.h"

#include <glib/gi18n.h>

/* All pointers are children, owned by the revealer. */
struct _GvncFullScreenBar {
  GtkRevealer parent_instance;

  GtkWidget *title;
  GtkWidget *menus[3];
  gboolean is_enabled;
};

G_DEFINE_TYPE (GvncFullScreenBar, gvnc_full_screen_bar, GTK_TYPE_REVEALER)

static gboolean
full_screen_bar_is_in_use (GvncFullScreenBar *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->menus); i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->menus[i])))
      return TRUE;
  return FALSE;
}

static void
full_screen_bar_reveal (GvncFullScreenBar *self,
                        gboolean           reveal)
{
  /* What is hidden must not take clicks. */
  if (reveal)
    gtk_widget_show (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), reveal);
}

static void
full_screen_bar_revealed (GvncFullScreenBar *self,
                          GParamSpec        *pspec,
                          gpointer           user_data)
{
  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (self)) && !gtk_revealer_get_reveal_child (GTK_REVEALER (self)))
    gtk_widget_hide (GTK_WIDGET (self));
}

static gboolean
full_screen_bar_motion (GtkWidget         *display,
                        GdkEventMotion    *event,
                        GvncFullScreenBar *self)
{
  int x, y;

  if (!self->is_enabled || !gtk_widget_translate_coordinates (display, gtk_widget_get_toplevel (display),
                                                              (int) event->x, (int) event->y, &x, &y))
    return GDK_EVENT_PROPAGATE;
  if (y <= 0)
    full_screen_bar_reveal (self, TRUE);
  else if (y > 2 * gtk_widget_get_allocated_height (GTK_WIDGET (self)) && !full_screen_bar_is_in_use (self))
    full_screen_bar_reveal (self, FALSE);
  return GDK_EVENT_PROPAGATE;
}

static void
gvnc_full_screen_bar_class_init (GvncFullScreenBarClass *klass)
{
}

static void
gvnc_full_screen_bar_init (GvncFullScreenBar *self)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *leave = gtk_button_new_from_icon_name ("view-restore-symbolic", GTK_ICON_SIZE_BUTTON);

  self->menus[0] = gvnc_menus_new_send_keys ();
  self->menus[1] = gvnc_menus_new_view ();
  self->menus[2] = gvnc_menus_new_main ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->title), 40);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->title), GTK_STYLE_CLASS_TITLE);
  gtk_widget_set_margin_start (self->title, 6);
  gtk_widget_set_margin_end (self->title, 6);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (leave), "win.full-screen");
  gtk_widget_set_tooltip_text (leave, _("Leave the full screen"));
  gtk_widget_set_focus_on_click (leave, FALSE);

  gtk_box_pack_start (GTK_BOX (box), self->menus[0], FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->menus[1], FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->title, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->menus[2], FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), leave, FALSE, FALSE, 0);
  gtk_container_set_border_width (GTK_CONTAINER (box), 6);
  gtk_style_context_add_class (gtk_widget_get_style_context (frame), GTK_STYLE_CLASS_BACKGROUND);
  gtk_container_add (GTK_CONTAINER (frame), box);
  gtk_container_add (GTK_CONTAINER (self), frame);
  gtk_widget_show_all (frame);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  g_signal_connect (self, "notify::child-revealed", G_CALLBACK (full_screen_bar_revealed), NULL);
}

GtkWidget *
gvnc_full_screen_bar_new (void)
{
  return g_object_new (GVNC_TYPE_FULL_SCREEN_BAR, NULL);
}

void
gvnc_full_screen_bar_set_title (GvncFullScreenBar *self,
                                const char        *title)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
}

void
gvnc_full_screen_bar_enable (GvncFullScreenBar *self,
                             gboolean           enable)
{
  self->is_enabled = enable;
  if (enable)
    return;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self), FALSE);
  gtk_widget_hide (GTK_WIDGET (self));
}

void
gvnc_full_screen_bar_watch (GvncFullScreenBar *self,
                            VncDisplay        *display)
{
  g_signal_connect_object (display, "motion-notify-event", G_CALLBACK (full_screen_bar_motion), self, 0);
}
