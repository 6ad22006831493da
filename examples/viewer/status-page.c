/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "status-page.h"

#include <glib/gi18n.h>

/* All pointers are children, owned by the box. */
struct _GvncStatusPage {
  GtkBox parent_instance;

  GtkWidget *icon;
  GtkWidget *spinner;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *cancel_button;
  GtkWidget *again_button;
  GtkWidget *connect_button;
};

G_DEFINE_TYPE (GvncStatusPage, gvnc_status_page, GTK_TYPE_BOX)

static GtkWidget *
status_page_add_label (GvncStatusPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_box_pack_start (GTK_BOX (self), label, FALSE, FALSE, 0);
  gtk_widget_show (label);
  return label;
}

static GtkWidget *
status_page_add_button (GtkWidget  *box,
                        const char *label,
                        const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_can_default (button, TRUE);
  gtk_box_pack_start (GTK_BOX (box), button, FALSE, FALSE, 0);
  return button;
}

static void
status_page_set_texts (GvncStatusPage *self,
                       const char     *title,
                       const char     *detail)
{
  g_autofree char *markup = g_markup_printf_escaped ("<span size='x-large' weight='bold'>%s</span>", title);

  gtk_label_set_markup (GTK_LABEL (self->title), markup);
  gtk_label_set_text (GTK_LABEL (self->detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->detail, detail != NULL && *detail != '\0');
}

static void
status_page_set_parts (GvncStatusPage *self,
                       const char     *icon_name,
                       gboolean        is_busy,
                       const char     *again_label)
{
  if (icon_name != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name, GTK_ICON_SIZE_DIALOG);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
  gtk_widget_set_visible (self->spinner, is_busy);
  g_object_set (self->spinner, "active", is_busy, NULL);
  gtk_widget_set_visible (self->cancel_button, is_busy);
  gtk_widget_set_visible (self->connect_button, !is_busy);
  gtk_widget_set_visible (self->again_button, again_label != NULL);
  if (again_label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->again_button), again_label);
}

static void
status_page_focus (GtkWidget *button)
{
  if (gtk_widget_get_mapped (button)) {
    gtk_widget_grab_default (button);
    gtk_widget_grab_focus (button);
  }
}

static void
gvnc_status_page_map (GtkWidget *widget)
{
  GvncStatusPage *self = GVNC_STATUS_PAGE (widget);

  GTK_WIDGET_CLASS (gvnc_status_page_parent_class)->map (widget);
  status_page_focus (gtk_widget_get_visible (self->again_button) ? self->again_button
                     : gtk_widget_get_visible (self->cancel_button) ? self->cancel_button
                     : self->connect_button);
}

static void
gvnc_status_page_class_init (GvncStatusPageClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = gvnc_status_page_map;
}

static void
gvnc_status_page_init (GvncStatusPage *self)
{
  GtkWidget *buttons;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_container_set_border_width (GTK_CONTAINER (self), 24);

  self->icon = gtk_image_new ();
  gtk_box_pack_start (GTK_BOX (self), self->icon, FALSE, FALSE, 0);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 48, 48);
  gtk_box_pack_start (GTK_BOX (self), self->spinner, FALSE, FALSE, 0);
  self->title = status_page_add_label (self);
  self->detail = status_page_add_label (self);

  buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (self), buttons, FALSE, FALSE, 0);
  gtk_widget_show (buttons);
  self->cancel_button = status_page_add_button (buttons, _("_Cancel"), "win.cancel");
  self->connect_button = status_page_add_button (buttons, _("_New Connection…"), "win.connect");
  self->again_button = status_page_add_button (buttons, "", "win.reconnect");
  gtk_button_set_use_underline (GTK_BUTTON (self->again_button), TRUE);
  gtk_style_context_add_class (gtk_widget_get_style_context (self->again_button), "suggested-action");
}

GtkWidget *
gvnc_status_page_new (void)
{
  return g_object_new (GVNC_TYPE_STATUS_PAGE, NULL);
}

void
gvnc_status_page_show_idle (GvncStatusPage *self)
{
  status_page_set_texts (self, _("Not connected"), _("Connect to a computer to see its desktop here."));
  status_page_set_parts (self, "network-server-symbolic", FALSE, NULL);
  status_page_focus (self->connect_button);
}

void
gvnc_status_page_show_busy (GvncStatusPage *self,
                            const char     *title,
                            const char     *detail)
{
  status_page_set_texts (self, title, detail);
  status_page_set_parts (self, NULL, TRUE, NULL);
  status_page_focus (self->cancel_button);
}

void
gvnc_status_page_show_ended (GvncStatusPage *self,
                             const char     *icon_name,
                             const char     *title,
                             const char     *detail,
                             const char     *again_label)
{
  status_page_set_texts (self, title, detail);
  status_page_set_parts (self, icon_name, FALSE, again_label);
  status_page_focus (self->again_button);
}
