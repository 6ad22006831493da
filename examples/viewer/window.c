/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "connect-dialog.h"
#include "full-screen-bar.h"
#include "menus.h"
#include "status-page.h"
#include "window-private.h"

#include <glib/gi18n.h>

#define FIRST_WIDTH_PX  720
#define FIRST_HEIGHT_PX 480

G_DEFINE_TYPE (GvncWindow, gvnc_window, GTK_TYPE_APPLICATION_WINDOW)

/* ---- title ---- */

static const char *
window_key_name (guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Control_L:
  case GDK_KEY_Control_R:
    return _("Ctrl");
  case GDK_KEY_Alt_L:
  case GDK_KEY_Alt_R:
    return _("Alt");
  case GDK_KEY_Shift_L:
  case GDK_KEY_Shift_R:
    return _("Shift");
  case GDK_KEY_Super_L:
  case GDK_KEY_Super_R:
    return _("Super");
  default:
    return gdk_keyval_name (keyval);
  }
}

/* "Press Ctrl+Alt to release the pointer", NULL if nothing is grabbed or no keys release it. */
static char *
window_grab_hint (GvncWindow *self)
{
  VncGrabSequence *sequence;
  g_autoptr (GString) keys = g_string_new (NULL);

  if (!self->has_pointer_grab || self->display == NULL)
    return NULL;
  sequence = vnc_display_get_grab_keys (self->display);
  for (guint i = 0; sequence != NULL && i < sequence->nkeysyms; i++) {
    const char *name = window_key_name (vnc_grab_sequence_get_nth (sequence, i));

    if (keys->len > 0)
      g_string_append_c (keys, '+');
    g_string_append (keys, name != NULL ? name : "?");
  }
  if (keys->len == 0)
    return NULL;
  return g_strdup_printf (_("Press %s to release the pointer"), keys->str);
}

static char *
window_desktop_name (GvncWindow *self)
{
  const char *name = self->options->title;

  if (name == NULL && self->address != NULL)
    name = self->address->title;
  if (name == NULL && self->display != NULL && self->is_initialized)
    name = vnc_display_get_name (self->display);
  if (name == NULL || *name == '\0')
    name = self->host;
  return name != NULL ? g_utf8_make_valid (name, -1) : NULL;
}

void
gvnc_window_update_title (GvncWindow *self)
{
  g_autofree char *name = window_desktop_name (self);
  g_autofree char *hint = window_grab_hint (self);
  g_autofree char *title = NULL;
  g_autofree char *full = NULL;

  title = name != NULL ? g_strdup_printf (_("%s — Remote Desktop"), name) : g_strdup (_("Remote Desktop"));
  full = hint != NULL ? g_strdup_printf ("%s (%s)", title, hint) : g_strdup (title);
  gtk_window_set_title (GTK_WINDOW (self), full);
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
  gvnc_full_screen_bar_set_title (GVNC_FULL_SCREEN_BAR (self->full_screen_bar), title);
  gtk_label_set_text (GTK_LABEL (self->hint_label), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint_label, hint != NULL);
  if (self->display != NULL)
    atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->display)), title);
}

static GtkWidget *
window_new_title_label (const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
  return label;
}

/* GTK keeps the title of a header bar equal to the window's. The hint belongs into both, but in the bar it gets a
 * line of its own, so that a narrow window does not cut it off; hence labels of our own. */
static GtkWidget *
window_new_title (GvncWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title_label = window_new_title_label (GTK_STYLE_CLASS_TITLE);
  self->hint_label = window_new_title_label (GTK_STYLE_CLASS_SUBTITLE);
  gtk_box_pack_start (GTK_BOX (box), self->title_label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), self->hint_label, FALSE, FALSE, 0);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_show (self->title_label);
  gtk_widget_show (box);
  return box;
}

/* ---- size ---- */

/* Makes the window as large as the desktop, or as the screen lets it be. */
void
gvnc_window_fit (GvncWindow *self,
                 int         width_px,
                 int         height_px)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));
  GdkRectangle area;
  int header_px;

  if (window == NULL || self->is_full_screen || gtk_window_is_maximized (GTK_WINDOW (self)))
    return;
  if (self->display != NULL && vnc_display_get_rotation (self->display) % 180 != 0) {
    int turned_px = width_px;

    width_px = height_px;
    height_px = turned_px;
  }
  gdk_monitor_get_workarea (gdk_display_get_monitor_at_window (gdk_window_get_display (window), window), &area);
  gtk_widget_get_preferred_height (self->header, NULL, &header_px);
  area.height -= header_px;

  if (gvnc_window_get_toggle (self, "scale") && (width_px > area.width || height_px > area.height)) {
    double shrink = MIN ((double) area.width / width_px, (double) area.height / height_px);

    width_px = (int) (width_px * shrink);
    height_px = (int) (height_px * shrink);
  }
  gtk_window_resize (GTK_WINDOW (self),
                     CLAMP (width_px, 1, area.width), CLAMP (height_px, 1, area.height));
}

/* Which monitors a full screen fills. */
void
gvnc_window_apply_monitors (GvncWindow *self)
{
  GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (self));

  if (window != NULL)
    gdk_window_set_fullscreen_mode (window, gvnc_window_get_toggle (self, "all-monitors") ? GDK_FULLSCREEN_ON_ALL_MONITORS
                                                                                          : GDK_FULLSCREEN_ON_CURRENT_MONITOR);
}

static void
gvnc_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gvnc_window_parent_class)->realize (widget);
  gvnc_window_apply_monitors (GVNC_WINDOW (widget));
}

/* ---- notices ---- */

void
gvnc_window_notify (GvncWindow *self,
                    const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->notice_label), text);
  gtk_widget_show (self->notice);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->notice), TRUE);
}

static void
window_notice_response (GtkInfoBar *notice,
                        int         response,
                        gpointer    user_data)
{
  gtk_widget_hide (GTK_WIDGET (notice));
}

static GtkWidget *
window_new_notice (GvncWindow *self)
{
  GtkWidget *notice = gtk_info_bar_new ();

  self->notice_label = gtk_label_new (NULL);
  gtk_label_set_line_wrap (GTK_LABEL (self->notice_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->notice_label), 0);
  gtk_widget_show (self->notice_label);
  gtk_container_add (GTK_CONTAINER (gtk_info_bar_get_content_area (GTK_INFO_BAR (notice))), self->notice_label);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (notice), GTK_MESSAGE_WARNING);
  gtk_info_bar_set_show_close_button (GTK_INFO_BAR (notice), TRUE);
  g_signal_connect (notice, "response", G_CALLBACK (window_notice_response), NULL);
  gtk_widget_set_valign (notice, GTK_ALIGN_START);
  return notice;
}

/* ---- dialogs ---- */

void
gvnc_window_show_dialog (GvncWindow *self,
                         GtkWidget  *dialog)
{
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  g_set_weak_pointer (&self->dialog, dialog);
  gtk_widget_show (dialog);
}

/* ---- keys ---- */

static gboolean
window_keys_are_remote (GvncWindow *self)
{
  return self->display != NULL && self->is_initialized && !self->is_reconnecting && gtk_widget_has_focus (GTK_WIDGET (self->display))
         && !vnc_display_get_read_only (self->display);
}

/* GTK would try accelerators and mnemonics before the widget that has the focus. Here the remote desktop comes first:
 * Ctrl+Q and Alt+F are its keys. F11 alone stays here, as the way out of the full screen. */
static gboolean
gvnc_window_key_press_event (GtkWidget   *widget,
                             GdkEventKey *event)
{
  GvncWindow *self = GVNC_WINDOW (widget);

  if (!window_keys_are_remote (self))
    return GTK_WIDGET_CLASS (gvnc_window_parent_class)->key_press_event (widget, event);

  if (event->keyval == GDK_KEY_F11 && (event->state & gtk_accelerator_get_default_mod_mask ()) == 0) {
    if (!self->swallow_release)
      gvnc_window_set_toggle (self, "full-screen", !self->is_full_screen);
    self->swallow_release = TRUE;
    return GDK_EVENT_STOP;
  }
  gtk_window_propagate_key_event (GTK_WINDOW (self), event);
  return GDK_EVENT_STOP;
}

static gboolean
gvnc_window_key_release_event (GtkWidget   *widget,
                               GdkEventKey *event)
{
  GvncWindow *self = GVNC_WINDOW (widget);

  if (event->keyval == GDK_KEY_F11 && self->swallow_release) {
    self->swallow_release = FALSE;
    return GDK_EVENT_STOP;
  }
  return GTK_WIDGET_CLASS (gvnc_window_parent_class)->key_release_event (widget, event);
}

static gboolean
gvnc_window_state_event (GtkWidget           *widget,
                         GdkEventWindowState *event)
{
  GvncWindow *self = GVNC_WINDOW (widget);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "full-screen");

  self->is_full_screen = (event->new_window_state & GDK_WINDOW_STATE_FULLSCREEN) != 0;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (self->is_full_screen));
  gvnc_full_screen_bar_enable (GVNC_FULL_SCREEN_BAR (self->full_screen_bar), self->is_full_screen);
  return GTK_WIDGET_CLASS (gvnc_window_parent_class)->window_state_event (widget, event);
}

/* ---- object ---- */

static void
gvnc_window_destroy (GtkWidget *widget)
{
  gvnc_window_close_session (GVNC_WINDOW (widget));
  GTK_WIDGET_CLASS (gvnc_window_parent_class)->destroy (widget);
}

static void
gvnc_window_finalize (GObject *object)
{
  GvncWindow *self = GVNC_WINDOW (object);

  g_clear_weak_pointer (&self->dialog);
  gvnc_address_free (self->address);
  gvnc_security_choice_free (self->choice);
  g_free (self->offered);
  g_free (self->host);
  g_free (self->username);
  g_free (self->error);
  g_free (self->auth_failure);
  G_OBJECT_CLASS (gvnc_window_parent_class)->finalize (object);
}

static void
gvnc_window_class_init (GvncWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gvnc_window_finalize;
  widget_class->destroy = gvnc_window_destroy;
  widget_class->realize = gvnc_window_realize;
  widget_class->key_press_event = gvnc_window_key_press_event;
  widget_class->key_release_event = gvnc_window_key_release_event;
  widget_class->window_state_event = gvnc_window_state_event;
}

static void
gvnc_window_init (GvncWindow *self)
{
  GtkWidget *overlay;

  gtk_window_set_default_size (GTK_WINDOW (self), FIRST_WIDTH_PX, FIRST_HEIGHT_PX);

  self->header = gtk_header_bar_new ();
  gtk_header_bar_set_show_close_button (GTK_HEADER_BAR (self->header), TRUE);
  gtk_header_bar_set_custom_title (GTK_HEADER_BAR (self->header), window_new_title (self));
  gtk_header_bar_pack_start (GTK_HEADER_BAR (self->header), gvnc_menus_new_send_keys ());
  gtk_header_bar_pack_start (GTK_HEADER_BAR (self->header), gvnc_menus_new_view ());
  gtk_header_bar_pack_end (GTK_HEADER_BAR (self->header), gvnc_menus_new_main ());
  self->lock = gvnc_window_new_lock (self);
  gtk_header_bar_pack_end (GTK_HEADER_BAR (self->header), self->lock);
  gtk_widget_show (self->header);
  gtk_window_set_titlebar (GTK_WINDOW (self), self->header);

  overlay = gtk_overlay_new ();
  self->stack = gtk_stack_new ();
  gtk_container_add (GTK_CONTAINER (overlay), self->stack);
  self->status = gvnc_status_page_new ();
  gtk_widget_show (self->status);
  gtk_container_add (GTK_CONTAINER (self->stack), self->status);
  self->desktop = gtk_scrolled_window_new (NULL, NULL);
  self->viewport = gtk_viewport_new (NULL, NULL);
  gtk_viewport_set_shadow_type (GTK_VIEWPORT (self->viewport), GTK_SHADOW_NONE);
  gtk_container_add (GTK_CONTAINER (self->desktop), self->viewport);
  gtk_widget_show_all (self->desktop);
  gtk_container_add (GTK_CONTAINER (self->stack), self->desktop);
  gtk_widget_show (self->stack);
  self->notice = window_new_notice (self);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->notice);
  self->full_screen_bar = gvnc_full_screen_bar_new ();
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->full_screen_bar);
  self->reconnect_bar = gvnc_window_new_reconnect_bar (self);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->reconnect_bar);
  gtk_widget_show (overlay);
  gtk_container_add (GTK_CONTAINER (self), overlay);

  gvnc_status_page_show_idle (GVNC_STATUS_PAGE (self->status));
}

GtkWidget *
gvnc_window_new (GtkApplication *application,
                 GvncOptions    *options)
{
  GvncWindow *self = g_object_new (GVNC_TYPE_WINDOW, "application", application, NULL);

  self->options = options;
  gvnc_window_add_actions (self);
  gvnc_window_update_actions (self);
  gvnc_window_update_title (self);
  if (options->full_screen)
    gtk_window_fullscreen (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}

static void
window_address_given (GvncAddress *address,
                      gpointer     user_data)
{
  gvnc_window_open (user_data, address);
}

void
gvnc_window_ask (GvncWindow *self)
{
  g_return_if_fail (GVNC_IS_WINDOW (self));

  if (self->dialog != NULL) {
    gtk_window_present (GTK_WINDOW (self->dialog));
    return;
  }
  g_set_weak_pointer (&self->dialog,
                      gvnc_connect_dialog_show (GTK_WINDOW (self), self->options,
                                                self->address != NULL && self->address->uri != NULL ? self->host : NULL,
                                                gvnc_window_get_toggle (self, "read-only"),
                                                gvnc_window_get_toggle (self, "shared"),
                                                window_address_given, self));
}
