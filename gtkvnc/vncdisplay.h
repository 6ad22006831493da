/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include <vncconnection.h>
#include <vncgrabsequence.h>

G_BEGIN_DECLS

#define VNC_TYPE_DISPLAY (vnc_display_get_type ())
#define VNC_DISPLAY(obj) \
  (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_DISPLAY, VncDisplay))
#define VNC_DISPLAY_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_CAST ((klass), VNC_TYPE_DISPLAY, VncDisplayClass))
#define VNC_IS_DISPLAY(obj) \
  (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_DISPLAY))
#define VNC_IS_DISPLAY_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_TYPE ((klass), VNC_TYPE_DISPLAY))
#define VNC_DISPLAY_GET_CLASS(obj) \
  (G_TYPE_INSTANCE_GET_CLASS ((obj), VNC_TYPE_DISPLAY, VncDisplayClass))

typedef struct _VncDisplay VncDisplay;
typedef struct _VncDisplayPrivate VncDisplayPrivate;
typedef struct _VncDisplayClass VncDisplayClass;

/**
 * VncDisplayCredential:
 * @VNC_DISPLAY_CREDENTIAL_PASSWORD: the password
 * @VNC_DISPLAY_CREDENTIAL_USERNAME: the name of the user
 * @VNC_DISPLAY_CREDENTIAL_CLIENTNAME: the name under which client certificates are looked up
 *
 * What a server may ask for before it lets somebody in.
 */
typedef enum {
  VNC_DISPLAY_CREDENTIAL_PASSWORD,
  VNC_DISPLAY_CREDENTIAL_USERNAME,
  VNC_DISPLAY_CREDENTIAL_CLIENTNAME,
} VncDisplayCredential;

/**
 * VncDisplayKeyEvent:
 * @VNC_DISPLAY_KEY_EVENT_PRESS: only press the keys
 * @VNC_DISPLAY_KEY_EVENT_RELEASE: only release them, in reverse order
 * @VNC_DISPLAY_KEY_EVENT_CLICK: press all of them, then release all in reverse order
 *
 * What [method@Display.send_keys_ex] does with its keys.
 */
typedef enum {
  VNC_DISPLAY_KEY_EVENT_PRESS = 1,
  VNC_DISPLAY_KEY_EVENT_RELEASE = 2,
  VNC_DISPLAY_KEY_EVENT_CLICK = 3,
} VncDisplayKeyEvent;

/**
 * VncDisplayDepthColor:
 * @VNC_DISPLAY_DEPTH_COLOR_DEFAULT: the format that the server prefers
 * @VNC_DISPLAY_DEPTH_COLOR_FULL: 24 bits, in 32 on the wire
 * @VNC_DISPLAY_DEPTH_COLOR_MEDIUM: 15 bits, in 16 on the wire
 * @VNC_DISPLAY_DEPTH_COLOR_LOW: 8 bits
 * @VNC_DISPLAY_DEPTH_COLOR_ULTRA_LOW: 3 bits, in 8 on the wire
 *
 * How many colours the server is asked to send.
 */
typedef enum {
  VNC_DISPLAY_DEPTH_COLOR_DEFAULT = 0,
  VNC_DISPLAY_DEPTH_COLOR_FULL,
  VNC_DISPLAY_DEPTH_COLOR_MEDIUM,
  VNC_DISPLAY_DEPTH_COLOR_LOW,
  VNC_DISPLAY_DEPTH_COLOR_ULTRA_LOW,
} VncDisplayDepthColor;

struct _VncDisplay {
  GtkDrawingArea parent;

  VncDisplayPrivate *priv;
};

/* The size of this structure can never change: it has no reserved slots. */
struct _VncDisplayClass {
  GtkDrawingAreaClass parent_class;

  void (*vnc_connected)       (VncDisplay  *display);
  void (*vnc_initialized)     (VncDisplay  *display);
  void (*vnc_disconnected)    (VncDisplay  *display);
  void (*vnc_auth_credential) (VncDisplay  *display,
                               GValueArray *credList);
};

GType                vnc_display_get_type              (void);
GtkWidget           *vnc_display_new                   (void);

gboolean             vnc_display_open_fd               (VncDisplay           *obj,
                                                        int                   fd);
gboolean             vnc_display_open_fd_with_hostname (VncDisplay           *obj,
                                                        int                   fd,
                                                        const char           *hostname);
gboolean             vnc_display_open_addr             (VncDisplay           *obj,
                                                        GSocketAddress       *addr,
                                                        const char           *hostname);
gboolean             vnc_display_open_host             (VncDisplay           *obj,
                                                        const char           *host,
                                                        const char           *port);
gboolean             vnc_display_is_open               (VncDisplay           *obj);
void                 vnc_display_close                 (VncDisplay           *obj);
VncConnection       *vnc_display_get_connection        (VncDisplay           *obj);
gboolean             vnc_display_set_credential        (VncDisplay           *obj,
                                                        int                   type,
                                                        const gchar          *data);

void                 vnc_display_send_keys             (VncDisplay           *obj,
                                                        const guint          *keyvals,
                                                        int                   nkeyvals);
void                 vnc_display_send_keys_ex          (VncDisplay           *obj,
                                                        const guint          *keyvals,
                                                        int                   nkeyvals,
                                                        VncDisplayKeyEvent    kind);
void                 vnc_display_send_pointer          (VncDisplay           *obj,
                                                        gint                  x,
                                                        gint                  y,
                                                        int                   button_mask);
void                 vnc_display_client_cut_text       (VncDisplay           *obj,
                                                        const gchar          *text);

void                 vnc_display_set_grab_keys         (VncDisplay           *obj,
                                                        VncGrabSequence      *seq);
VncGrabSequence     *vnc_display_get_grab_keys         (VncDisplay           *obj);
void                 vnc_display_set_pointer_grab      (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_pointer_grab      (VncDisplay           *obj);
void                 vnc_display_set_keyboard_grab     (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_keyboard_grab     (VncDisplay           *obj);
void                 vnc_display_force_grab            (VncDisplay           *obj,
                                                        gboolean              enable);

void                 vnc_display_set_read_only         (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_read_only         (VncDisplay           *obj);
void                 vnc_display_set_pointer_local     (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_pointer_local     (VncDisplay           *obj);
gboolean             vnc_display_is_pointer_absolute   (VncDisplay           *obj);

void                 vnc_display_set_show_remote_pointer (VncDisplay         *obj,
                                                          gboolean            enable);
gboolean             vnc_display_get_show_remote_pointer (VncDisplay         *obj);

void                 vnc_display_set_lossy_encoding    (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_lossy_encoding    (VncDisplay           *obj);
void                 vnc_display_set_shared_flag       (VncDisplay           *obj,
                                                        gboolean              shared);
gboolean             vnc_display_get_shared_flag       (VncDisplay           *obj);
void                 vnc_display_set_depth             (VncDisplay           *obj,
                                                        VncDisplayDepthColor  depth);
VncDisplayDepthColor vnc_display_get_depth             (VncDisplay           *obj);

gboolean             vnc_display_set_scaling           (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_scaling           (VncDisplay           *obj);
void                 vnc_display_set_keep_aspect_ratio (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_keep_aspect_ratio (VncDisplay           *obj);
void                 vnc_display_set_force_size        (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_force_size        (VncDisplay           *obj);
void                 vnc_display_set_allow_resize      (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_allow_resize      (VncDisplay           *obj);
void                 vnc_display_set_smoothing         (VncDisplay           *obj,
                                                        gboolean              enable);
gboolean             vnc_display_get_smoothing         (VncDisplay           *obj);
void                 vnc_display_set_rotation          (VncDisplay           *obj,
                                                        guint                 rotation);
guint                vnc_display_get_rotation          (VncDisplay           *obj);
void                 vnc_display_set_zoom_level        (VncDisplay           *obj,
                                                        guint                 zoom);
guint                vnc_display_get_zoom_level        (VncDisplay           *obj);

GdkPixbuf           *vnc_display_get_pixbuf            (VncDisplay           *obj);
int                  vnc_display_get_width             (VncDisplay           *obj);
int                  vnc_display_get_height            (VncDisplay           *obj);
const char          *vnc_display_get_name              (VncDisplay           *obj);
gboolean             vnc_display_request_update        (VncDisplay           *obj);

GOptionGroup        *vnc_display_get_option_group      (void);
const GOptionEntry  *vnc_display_get_option_entries    (void);

G_END_DECLS
