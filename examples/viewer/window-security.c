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

void
gvnc_window_update_lock (GvncWindow *self)
{
  WindowLock lock;

  gtk_widget_set_visible (self->lock, self->is_initialized && self->display != NULL && vnc_display_is_open (self->display));
  if (!gtk_widget_get_visible (self->lock))
    return;
  lock = window_describe_lock (vnc_display_get_connection (self->display));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->lock), lock.icon_name, GTK_ICON_SIZE_BUTTON);
  gtk_widget_set_tooltip_text (self->lock, lock.text);
  atk_object_set_name (gtk_widget_get_accessible (self->lock), lock.text);
  g_free (lock.text);
}

GtkWidget *
gvnc_window_new_lock (void)
{
  GtkWidget *lock = gtk_image_new ();

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
  g_set_weak_pointer (&self->dialog, gvnc_certificate_dialog_show (GTK_WINDOW (self), self->host, certificate,
                                                                   window_certificate_done, self));
  return TRUE;
}

void
gvnc_window_secure (GvncWindow *self)
{
  VncConnection *conn = vnc_display_get_connection (self->display);
  const GvncOptions *options = self->options;

  g_object_set (conn,
                "ca-file", options->ca_path,
                "crl-file", options->crl_path,
                "tls-hostname", options->tls_name,
                "allow-plain", options->allow_plain,
                "allow-weak", options->allow_weak,
                NULL);
  g_signal_connect_object (conn, "vnc-verify-certificate", G_CALLBACK (window_verify_certificate), self, 0);
}
