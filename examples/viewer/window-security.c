/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "certificate-dialog.h"
#include "window-private.h"

#include <glib/gi18n.h>

/* Who the server is, and who may listen. */

/* How the link is protected, as a sentence and a symbol. */
typedef struct {
  const char *icon_name;
  char *text;                   /* owned */
} WindowLock;

static WindowLock
window_describe_lock (VncConnection *conn)
{
  g_autofree char *secured = NULL;
  g_autoptr (VncCertificate) certificate = NULL;
  gboolean encrypted;

  g_object_get (conn, "secured", &secured, "encrypted", &encrypted, "certificate", &certificate, NULL);
  if (!encrypted)
    return (WindowLock) { "channel-insecure-symbolic",
                          g_strdup (_("Not encrypted: others may read along and change what is sent")) };
  if (certificate == NULL)
    return (WindowLock) { "security-medium-symbolic",
                          g_strdup_printf (_("Encrypted (%s), but nobody vouches for who the server is"), secured) };
  if (vnc_certificate_get_problems (certificate) != 0)
    return (WindowLock) { "security-medium-symbolic",
                          g_strdup_printf (_("Encrypted (%s); you have accepted the server's certificate"), secured) };
  return (WindowLock) { "channel-secure-symbolic",
                        g_strdup_printf (_("Encrypted (%s); the server has proved who it is"), secured) };
}

char *
gvnc_window_link_text (GvncWindow *self)
{
  return window_describe_lock (vnc_display_get_connection (self->display)).text;
}

static char *
window_auth_name (VncConnection *conn)
{
  guint type, subtype;
  g_autofree char *numbers = NULL;
  const char *name;

  g_object_get (conn, "auth-type", &type, "auth-subtype", &subtype, NULL);
  numbers = subtype != 0 ? g_strdup_printf ("%u, %u", type, subtype) : g_strdup_printf ("%u", type);
  name = gvnc_security_name (type == VNC_CONNECTION_AUTH_VENCRYPT && subtype != 0 ? subtype : type);
  return name != NULL ? g_strdup_printf ("%s (%s)", name, numbers) : g_steal_pointer (&numbers);
}

static void
window_remove_fact (GtkWidget *fact,
                    gpointer   user_data)
{
  gtk_widget_destroy (fact);
}

static void
window_fill_lock (GvncWindow *self,
                  const char *text)
{
  VncConnection *conn = vnc_display_get_connection (self->display);
  GtkGrid *grid = GTK_GRID (self->lock_facts);
  g_autofree char *auth = window_auth_name (conn);
  g_autofree char *secured = NULL;
  g_autoptr (VncCertificate) certificate = NULL;
  GtkWidget *label;
  int row = 0;

  g_object_get (conn, "secured", &secured, "certificate", &certificate, NULL);
  gtk_container_foreach (GTK_CONTAINER (grid), window_remove_fact, NULL);
  label = gtk_label_new (text);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_grid_attach (grid, label, 0, row++, 2, 1);
  gvnc_certificate_add_row (grid, &row, _("Server:"), self->host);
  gvnc_certificate_add_row (grid, &row, _("Security type:"), auth);
  gvnc_certificate_add_row (grid, &row, _("Encryption:"), secured != NULL ? secured : _("none"));
  if (certificate != NULL) {
    if (vnc_certificate_get_problems (certificate) != 0)
      gvnc_certificate_add_row (grid, &row, _("Accepted though:"), vnc_certificate_get_problem_text (certificate));
    gvnc_certificate_add_facts (grid, &row, certificate);
  }
  gtk_widget_show_all (GTK_WIDGET (grid));
}

void
gvnc_window_update_lock (GvncWindow *self)
{
  gboolean is_live = self->is_initialized && !self->is_reconnecting && self->display != NULL
                     && vnc_display_is_open (self->display);
  GtkWidget *image;
  WindowLock lock;

  gtk_widget_set_visible (self->lock, is_live);
  if (!is_live)
    return;
  lock = window_describe_lock (vnc_display_get_connection (self->display));
  image = gtk_button_get_image (GTK_BUTTON (self->lock));
  gtk_image_set_from_icon_name (GTK_IMAGE (image), lock.icon_name, GTK_ICON_SIZE_BUTTON);
  gtk_widget_set_tooltip_text (self->lock, lock.text);
  atk_object_set_name (gtk_widget_get_accessible (self->lock), lock.text);
  window_fill_lock (self, lock.text);
  g_free (lock.text);
}

GtkWidget *
gvnc_window_new_lock (GvncWindow *self)
{
  GtkWidget *lock = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new (lock);

  gtk_button_set_image (GTK_BUTTON (lock), gtk_image_new ());
  gtk_button_set_relief (GTK_BUTTON (lock), GTK_RELIEF_NONE);
  gtk_widget_set_focus_on_click (lock, FALSE);
  self->lock_facts = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->lock_facts), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->lock_facts), 12);
  gtk_container_set_border_width (GTK_CONTAINER (self->lock_facts), 12);
  gtk_container_add (GTK_CONTAINER (popover), self->lock_facts);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (lock), popover);
  gtk_widget_set_no_show_all (lock, TRUE);
  return lock;
}

static void
window_certificate_done (VncCertificateDecision decision,
                         gpointer               user_data)
{
  GvncWindow *self = user_data;

  if (self->display == NULL)
    return;
  /* Who cancels has seen the reasons. */
  if (decision == VNC_CERTIFICATE_DECISION_REFUSE)
    gvnc_window_cancel (self);
  else
    vnc_connection_accept_certificate (vnc_display_get_connection (self->display), decision);
}

static gboolean
window_verify_certificate (VncConnection  *conn,
                           VncCertificate *certificate,
                           GvncWindow     *self)
{
  /* Nobody is there to be asked; the error says why. */
  if (self->options->screenshot_path != NULL)
    return FALSE;
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  /* Who has called by itself has no name to be remembered by. */
  g_set_weak_pointer (&self->dialog, gvnc_certificate_dialog_show (GTK_WINDOW (self), self->host, certificate,
                                                                   self->address->uri != NULL,
                                                                   window_certificate_done, self));
  return TRUE;
}

/* ---- which security types ---- */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* Only what is to be said if nothing of it is wanted. */
static void
window_note_offer (GvncWindow        *self,
                   const GValueArray *offered)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < offered->n_values; i++) {
    guint number = (guint) g_value_get_enum (&offered->values[i]);
    const char *name = gvnc_security_name (number);

    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "", number);
    if (name != NULL)
      g_string_append_printf (list, " %s", name);
  }
  g_free (self->offered);
  self->offered = g_string_free (list, FALSE);
}

static void
window_types_offered (VncConnection *conn,
                      GValueArray   *types,
                      GvncWindow    *self)
{
  window_note_offer (self, types);
}

static void
window_subtypes_offered (VncConnection *conn,
                         guint          type,
                         GValueArray   *subtypes,
                         GvncWindow    *self)
{
  window_note_offer (self, subtypes);
}

G_GNUC_END_IGNORE_DEPRECATIONS

static void
window_subtype_chosen (VncConnection *conn,
                       GParamSpec    *property,
                       GvncWindow    *self)
{
  g_clear_pointer (&self->offered, g_free);
}

/* The connection has one order for the subtypes of all types; the list says only how to go on inside of VeNCrypt. */
static void
window_type_chosen (VncConnection *conn,
                    GParamSpec    *property,
                    GvncWindow    *self)
{
  const guint *subtypes;
  gsize n_subtypes;
  guint type;

  g_clear_pointer (&self->offered, g_free);
  g_object_get (conn, "auth-type", &type, NULL);
  subtypes = gvnc_security_choice_get_subtypes (self->choice, type, &n_subtypes);
  vnc_connection_set_auth_subtype_order (conn, subtypes, n_subtypes);
}

/* The address says it for this server, the options for all. */
static void
window_choose_security (GvncWindow    *self,
                        VncConnection *conn)
{
  const char *names = self->address->security != NULL ? self->address->security : self->options->security;
  const guint *types;
  gsize n_types;

  g_clear_pointer (&self->choice, gvnc_security_choice_free);
  g_clear_pointer (&self->offered, g_free);
  if (names != NULL)
    self->choice = gvnc_security_choice_new (names, NULL);
  if (self->choice == NULL)
    return;
  types = gvnc_security_choice_get_types (self->choice, &n_types);
  vnc_connection_set_auth_order (conn, types, n_types);
  g_signal_connect_object (conn, "vnc-auth-choose-type", G_CALLBACK (window_types_offered), self, 0);
  g_signal_connect_object (conn, "vnc-auth-choose-subtype", G_CALLBACK (window_subtypes_offered), self, 0);
  g_signal_connect_object (conn, "notify::auth-type", G_CALLBACK (window_type_chosen), self, 0);
  g_signal_connect_object (conn, "notify::auth-subtype", G_CALLBACK (window_subtype_chosen), self, 0);
}

char *
gvnc_window_unsupported_text (GvncWindow *self,
                              guint       type)
{
  if (self->offered != NULL)
    return g_strdup_printf (_("The server offers none of the security types that were chosen. It offers: %s."), self->offered);
  return g_strdup_printf (_("The server wants a kind of login that is not supported (security type %u)."), type);
}

void
gvnc_window_secure (GvncWindow *self)
{
  VncConnection *conn = vnc_display_get_connection (self->display);

  gvnc_options_apply_link (self->options, conn);
  window_choose_security (self, conn);
  g_signal_connect_object (conn, "vnc-verify-certificate", G_CALLBACK (window_verify_certificate), self, 0);
}
