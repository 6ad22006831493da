/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <glib-object.h>
#include <vncaudio.h>
#include <vnccertificate.h>
#include <vnccursor.h>
#include <vncframebuffer.h>
#include <vncscreen.h>
#include <vncuri.h>
#include <vncutil.h>

G_BEGIN_DECLS

#define VNC_TYPE_CONNECTION            (vnc_connection_get_type ())
#define VNC_CONNECTION(obj)            (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_CONNECTION, VncConnection))
#define VNC_CONNECTION_CLASS(klass)    (G_TYPE_CHECK_CLASS_CAST ((klass), VNC_TYPE_CONNECTION, VncConnectionClass))
#define VNC_IS_CONNECTION(obj)         (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_CONNECTION))
#define VNC_IS_CONNECTION_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), VNC_TYPE_CONNECTION))
#define VNC_CONNECTION_GET_CLASS(obj)  (G_TYPE_INSTANCE_GET_CLASS ((obj), VNC_TYPE_CONNECTION, VncConnectionClass))

/**
 * VNC_LEDSTATE_SCROLL_LOCK:
 *
 * Bit of [method@Connection.get_ledstate]: scroll lock is on.
 */
#define VNC_LEDSTATE_SCROLL_LOCK 1

/**
 * VNC_LEDSTATE_NUM_LOCK:
 *
 * Bit of [method@Connection.get_ledstate]: num lock is on.
 */
#define VNC_LEDSTATE_NUM_LOCK 2

/**
 * VNC_LEDSTATE_CAPS_LOCK:
 *
 * Bit of [method@Connection.get_ledstate]: caps lock is on.
 */
#define VNC_LEDSTATE_CAPS_LOCK 4

typedef struct _VncConnection        VncConnection;
typedef struct _VncConnectionPrivate VncConnectionPrivate;
typedef struct _VncConnectionClass   VncConnectionClass;

struct _VncConnection {
  GObject               parent;
  VncConnectionPrivate *priv;
};

/**
 * VncConnectionClass:
 * @parent_class: the parent class
 * @vnc_cursor_changed: class handler of [signal@Connection::vnc-cursor-changed]
 * @vnc_pointer_mode_changed: class handler of [signal@Connection::vnc-pointer-mode-changed]
 * @vnc_bell: class handler of [signal@Connection::vnc-bell]
 * @vnc_server_cut_text: class handler of [signal@Connection::vnc-server-cut-text]; what it gets is the text itself,
 *   whatever the type says
 * @vnc_framebuffer_update: class handler of [signal@Connection::vnc-framebuffer-update]
 * @vnc_desktop_resize: class handler of [signal@Connection::vnc-desktop-resize]
 * @vnc_pixel_format_changed: class handler of [signal@Connection::vnc-pixel-format-changed]
 * @vnc_auth_failure: class handler of [signal@Connection::vnc-auth-failure]
 * @vnc_auth_unsupported: class handler of [signal@Connection::vnc-auth-unsupported]
 * @vnc_auth_credential: class handler of [signal@Connection::vnc-auth-credential]
 * @vnc_auth_choose_type: class handler of [signal@Connection::vnc-auth-choose-type]
 * @vnc_auth_choose_subtype: class handler of [signal@Connection::vnc-auth-choose-subtype]
 * @vnc_connected: class handler of [signal@Connection::vnc-connected]
 * @vnc_initialized: class handler of [signal@Connection::vnc-initialized]
 * @vnc_disconnected: class handler of [signal@Connection::vnc-disconnected]
 * @vnc_led_state: class handler of [signal@Connection::vnc-led-state]
 * @vnc_error: class handler of [signal@Connection::vnc-error]
 * @vnc_power_control_initialized: class handler of [signal@Connection::vnc-power-control-initialized]
 * @vnc_power_control_failed: class handler of [signal@Connection::vnc-power-control-failed]
 * @vnc_desktop_rename: class handler of [signal@Connection::vnc-desktop-rename]
 *
 * The class of a [class@Connection].
 */
struct _VncConnectionClass {
  GObjectClass parent_class;

  void (*vnc_cursor_changed)            (VncConnection  *conn,
                                         VncCursor      *cursor);
  void (*vnc_pointer_mode_changed)      (VncConnection  *conn,
                                         gboolean        absPointer);
  void (*vnc_bell)                      (VncConnection  *conn);
  void (*vnc_server_cut_text)           (VncConnection  *conn,
                                         const GString  *text);
  void (*vnc_framebuffer_update)        (VncConnection  *conn,
                                         guint16         x,
                                         guint16         y,
                                         guint16         width,
                                         guint16         height);
  void (*vnc_desktop_resize)            (VncConnection  *conn,
                                         guint16         width,
                                         guint16         height);
  void (*vnc_pixel_format_changed)      (VncConnection  *conn,
                                         VncPixelFormat *format);
  void (*vnc_auth_failure)              (VncConnection  *conn,
                                         const char     *reason);
  void (*vnc_auth_unsupported)          (VncConnection  *conn,
                                         unsigned int    authType);
  void (*vnc_auth_credential)           (VncConnection  *conn,
                                         GValueArray    *creds);
  void (*vnc_auth_choose_type)          (VncConnection  *conn,
                                         GValueArray    *types);
  void (*vnc_auth_choose_subtype)       (VncConnection  *conn,
                                         unsigned int    type,
                                         GValueArray    *subtypes);
  void (*vnc_connected)                 (VncConnection  *conn);
  void (*vnc_initialized)               (VncConnection  *conn);
  void (*vnc_disconnected)              (VncConnection  *conn);
  void (*vnc_led_state)                 (VncConnection  *conn);
  void (*vnc_error)                     (VncConnection  *conn,
                                         const char     *message);
  void (*vnc_power_control_initialized) (VncConnection  *conn);
  void (*vnc_power_control_failed)      (VncConnection  *conn);
  void (*vnc_desktop_rename)            (VncConnection  *conn,
                                         const char     *name);

  /* Bindings know this size: it shrinks by one for each method that is added above. */
  gpointer _vnc_reserved[VNC_PADDING_LARGE - 5];
};

/**
 * VncConnectionEncoding:
 * @VNC_CONNECTION_ENCODING_RAW: pixels as they are
 * @VNC_CONNECTION_ENCODING_COPY_RECT: copy from another place of the framebuffer
 * @VNC_CONNECTION_ENCODING_RRE: rectangles of one colour
 * @VNC_CONNECTION_ENCODING_CORRE: compact form of RRE
 * @VNC_CONNECTION_ENCODING_HEXTILE: tiles of 16×16 pixels
 * @VNC_CONNECTION_ENCODING_ZLIB: compressed pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_TIGHT: Tight, compressed in up to four streams, or JPEG
 * @VNC_CONNECTION_ENCODING_ZLIBHEX: compressed tiles of 16×16 pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_TRLE: tiles of 16×16 pixels with palettes and runs (since 2.0)
 * @VNC_CONNECTION_ENCODING_ZRLE: compressed tiles of 64×64 pixels
 * @VNC_CONNECTION_ENCODING_ZYWRLE: as ZRLE, with loss: coefficients of a wavelet in place of pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_JPEG: JPEG pictures (since 2.0)
 * @VNC_CONNECTION_ENCODING_TIGHT_PNG: Tight with PNG pictures in place of compressed rows (since 2.0)
 * @VNC_CONNECTION_ENCODING_TIGHT_WITHOUT_ZLIB: Tight may leave rows without compression (since 2.0)
 * @VNC_CONNECTION_ENCODING_COMPRESS_LEVEL0: the least compression; the nine numbers up to the most follow (since 2.0)
 * @VNC_CONNECTION_ENCODING_COMPRESS_LEVEL9: the most compression (since 2.0)
 * @VNC_CONNECTION_ENCODING_FINE_QUALITY0: quality of JPEG in percent; 100 numbers up to the best follow (since 2.0)
 * @VNC_CONNECTION_ENCODING_FINE_QUALITY100: the best quality of JPEG (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_NONE: JPEG with colours for each pixel (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_4X: JPEG with colours for each four pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_2X: JPEG with colours for each two pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_GREY: JPEG without colours (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_8X: JPEG with colours for each eight pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUBSAMPLE_16X: JPEG with colours for each sixteen pixels (since 2.0)
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG0: the lowest quality of JPEG in Tight rectangles
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG1: JPEG quality 1 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG2: JPEG quality 2 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG3: JPEG quality 3 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG4: JPEG quality 4 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG5: JPEG quality 5 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG6: JPEG quality 6 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG7: JPEG quality 7 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG8: JPEG quality 8 of 9
 * @VNC_CONNECTION_ENCODING_TIGHT_JPEG9: the highest quality of JPEG in Tight rectangles
 * @VNC_CONNECTION_ENCODING_DESKTOP_RESIZE: the server may change the size of the desktop
 * @VNC_CONNECTION_ENCODING_LAST_RECT: an update may end before its announced number of rectangles
 * @VNC_CONNECTION_ENCODING_CURSOR_POS: the server may move the pointer
 * @VNC_CONNECTION_ENCODING_RICH_CURSOR: shape of the cursor, in colours
 * @VNC_CONNECTION_ENCODING_XCURSOR: shape of the cursor, in two colours
 * @VNC_CONNECTION_ENCODING_POINTER_CHANGE: the server may switch between absolute and relative pointer
 * @VNC_CONNECTION_ENCODING_EXT_KEY_EVENT: keys are sent with their codes
 * @VNC_CONNECTION_ENCODING_AUDIO: sound
 * @VNC_CONNECTION_ENCODING_LED_STATE: lock keys of the server's keyboard
 * @VNC_CONNECTION_ENCODING_DESKTOP_NAME: the server may rename the desktop
 * @VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE: either side may change the size of the desktop
 * @VNC_CONNECTION_ENCODING_XVP: power control
 * @VNC_CONNECTION_ENCODING_FENCE: marks in the stream that are answered (since 2.0)
 * @VNC_CONNECTION_ENCODING_CONTINUOUS_UPDATES: updates without requests (since 2.0)
 * @VNC_CONNECTION_ENCODING_EXTENDED_MOUSE_BUTTONS: more than eight buttons of a pointer (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_CURSOR: shape of the cursor, VMware's (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_CURSOR_STATE: whether the cursor is shown, VMware's (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_CURSOR_POSITION: the server may move the pointer, VMware's (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_KEY_REPEAT: taken and ignored (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_LED_STATE: lock keys of the server's keyboard, VMware's (since 2.0)
 * @VNC_CONNECTION_ENCODING_VMWARE_VM_STATE: taken and ignored (since 2.0)
 * @VNC_CONNECTION_ENCODING_KEYBOARD_LED_STATE: lock keys of the server's keyboard, libvncserver's (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUPPORTED_MESSAGES: taken and ignored (since 2.0)
 * @VNC_CONNECTION_ENCODING_SUPPORTED_ENCODINGS: taken and ignored (since 2.0)
 * @VNC_CONNECTION_ENCODING_SERVER_IDENTITY: taken and ignored (since 2.0)
 * @VNC_CONNECTION_ENCODING_ALPHA_CURSOR: shape of the cursor, with transparency
 * @VNC_CONNECTION_ENCODING_WMVi: the server may change size and pixel format
 *
 * Encodings of pixels, and the protocol extensions that are announced in the same list.
 */
typedef enum {
  VNC_CONNECTION_ENCODING_RAW = 0,
  VNC_CONNECTION_ENCODING_COPY_RECT = 1,
  VNC_CONNECTION_ENCODING_RRE = 2,
  VNC_CONNECTION_ENCODING_CORRE = 4,
  VNC_CONNECTION_ENCODING_HEXTILE = 5,
  VNC_CONNECTION_ENCODING_ZLIB = 6,
  VNC_CONNECTION_ENCODING_TIGHT = 7,
  VNC_CONNECTION_ENCODING_ZLIBHEX = 8,
  VNC_CONNECTION_ENCODING_TRLE = 15,
  VNC_CONNECTION_ENCODING_ZRLE = 16,
  VNC_CONNECTION_ENCODING_ZYWRLE = 17,
  VNC_CONNECTION_ENCODING_JPEG = 21,

  VNC_CONNECTION_ENCODING_TIGHT_PNG = -260,
  VNC_CONNECTION_ENCODING_TIGHT_WITHOUT_ZLIB = -317,
  VNC_CONNECTION_ENCODING_COMPRESS_LEVEL0 = -256,
  VNC_CONNECTION_ENCODING_COMPRESS_LEVEL9 = -247,
  VNC_CONNECTION_ENCODING_FINE_QUALITY0 = -512,
  VNC_CONNECTION_ENCODING_FINE_QUALITY100 = -412,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_NONE = -768,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_4X = -767,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_2X = -766,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_GREY = -765,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_8X = -764,
  VNC_CONNECTION_ENCODING_SUBSAMPLE_16X = -763,

  VNC_CONNECTION_ENCODING_TIGHT_JPEG0 = -32,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG1 = -31,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG2 = -30,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG3 = -29,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG4 = -28,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG5 = -27,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG6 = -26,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG7 = -25,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG8 = -24,
  VNC_CONNECTION_ENCODING_TIGHT_JPEG9 = -23,

  VNC_CONNECTION_ENCODING_DESKTOP_RESIZE = -223,
  VNC_CONNECTION_ENCODING_LAST_RECT = -224,
  VNC_CONNECTION_ENCODING_CURSOR_POS = -232,
  VNC_CONNECTION_ENCODING_RICH_CURSOR = -239,
  VNC_CONNECTION_ENCODING_XCURSOR = -240,
  VNC_CONNECTION_ENCODING_POINTER_CHANGE = -257,
  VNC_CONNECTION_ENCODING_EXT_KEY_EVENT = -258,
  VNC_CONNECTION_ENCODING_AUDIO = -259,
  VNC_CONNECTION_ENCODING_LED_STATE = -261,
  VNC_CONNECTION_ENCODING_DESKTOP_NAME = -307,
  VNC_CONNECTION_ENCODING_EXTENDED_DESKTOP_RESIZE = -308,
  VNC_CONNECTION_ENCODING_XVP = -309,
  VNC_CONNECTION_ENCODING_FENCE = -312,
  VNC_CONNECTION_ENCODING_CONTINUOUS_UPDATES = -313,
  VNC_CONNECTION_ENCODING_ALPHA_CURSOR = -314,
  VNC_CONNECTION_ENCODING_EXTENDED_MOUSE_BUTTONS = -316,
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR = 0x574D5664,
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR_STATE = 0x574D5665,
  VNC_CONNECTION_ENCODING_VMWARE_CURSOR_POSITION = 0x574D5666,
  VNC_CONNECTION_ENCODING_VMWARE_KEY_REPEAT = 0x574D5667,
  VNC_CONNECTION_ENCODING_VMWARE_LED_STATE = 0x574D5668,
  VNC_CONNECTION_ENCODING_VMWARE_VM_STATE = 0x574D566A,
  VNC_CONNECTION_ENCODING_KEYBOARD_LED_STATE = -0x20000,
  VNC_CONNECTION_ENCODING_SUPPORTED_MESSAGES = -0x1FFFF,
  VNC_CONNECTION_ENCODING_SUPPORTED_ENCODINGS = -0x1FFFE,
  VNC_CONNECTION_ENCODING_SERVER_IDENTITY = -0x1FFFD,
  VNC_CONNECTION_ENCODING_WMVi = 0x574D5669,
} VncConnectionEncoding;

/**
 * VncConnectionAuth:
 * @VNC_CONNECTION_AUTH_INVALID: no type
 * @VNC_CONNECTION_AUTH_NONE: no authentication
 * @VNC_CONNECTION_AUTH_VNC: a password, used as key of a challenge
 * @VNC_CONNECTION_AUTH_RA2: RSA-AES, all of the session encrypted
 * @VNC_CONNECTION_AUTH_RA2NE: RSA-AES, only the authentication encrypted
 * @VNC_CONNECTION_AUTH_TIGHT: TightVNC
 * @VNC_CONNECTION_AUTH_ULTRA: UltraVNC
 * @VNC_CONNECTION_AUTH_TLS: a TLS session, another type inside
 * @VNC_CONNECTION_AUTH_VENCRYPT: VeNCrypt, see [enum@ConnectionAuthVencrypt]
 * @VNC_CONNECTION_AUTH_SASL: SASL
 * @VNC_CONNECTION_AUTH_XVP: xvp, a user name with the name of a virtual machine. Since: 2.0
 * @VNC_CONNECTION_AUTH_ARD: Apple Remote Desktop
 * @VNC_CONNECTION_AUTH_APPLE_RSA: Apple's login with the server's RSA key. Since: 2.0
 * @VNC_CONNECTION_AUTH_MSLOGONII: Windows account, second version
 * @VNC_CONNECTION_AUTH_RA2_256: RSA-AES with 256 bits, all of the session encrypted. Since: 2.0
 * @VNC_CONNECTION_AUTH_RA2NE_256: RSA-AES with 256 bits, only the authentication encrypted. Since: 2.0
 * @VNC_CONNECTION_AUTH_MSLOGON: Windows account
 *
 * Security types.
 */
G_GNUC_EXTENSION
typedef enum {
  VNC_CONNECTION_AUTH_INVALID = 0,
  VNC_CONNECTION_AUTH_NONE = 1,
  VNC_CONNECTION_AUTH_VNC = 2,
  VNC_CONNECTION_AUTH_RA2 = 5,
  VNC_CONNECTION_AUTH_RA2NE = 6,
  VNC_CONNECTION_AUTH_TIGHT = 16,
  VNC_CONNECTION_AUTH_ULTRA = 17,
  VNC_CONNECTION_AUTH_TLS = 18,
  VNC_CONNECTION_AUTH_VENCRYPT = 19,
  VNC_CONNECTION_AUTH_SASL = 20,
  VNC_CONNECTION_AUTH_XVP = 22,
  VNC_CONNECTION_AUTH_ARD = 30,
  VNC_CONNECTION_AUTH_APPLE_RSA = 33,
  VNC_CONNECTION_AUTH_MSLOGONII = 113,
  VNC_CONNECTION_AUTH_RA2_256 = 129,
  VNC_CONNECTION_AUTH_RA2NE_256 = 130,
  /* A GEnum can hold this number only as a negative one. Introspection tells that one too, since bindings fail on a
   * difference between the two. */
#ifdef __GI_SCANNER__
  VNC_CONNECTION_AUTH_MSLOGON = -6, /*< skip >*/
#else
  VNC_CONNECTION_AUTH_MSLOGON = 0xfffffffa,
#endif
} VncConnectionAuth;

/**
 * VncConnectionAuthVencrypt:
 * @VNC_CONNECTION_AUTH_VENCRYPT_PLAIN: user name and password, not encrypted
 * @VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE: anonymous TLS, no authentication
 * @VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC: anonymous TLS, password
 * @VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN: anonymous TLS, user name and password
 * @VNC_CONNECTION_AUTH_VENCRYPT_X509NONE: TLS with certificates, no authentication
 * @VNC_CONNECTION_AUTH_VENCRYPT_X509VNC: TLS with certificates, password
 * @VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN: TLS with certificates, user name and password
 * @VNC_CONNECTION_AUTH_VENCRYPT_X509SASL: TLS with certificates, SASL
 * @VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL: anonymous TLS, SASL
 *
 * What is agreed on inside of [enum@ConnectionAuth] VeNCrypt.
 */
typedef enum {
  VNC_CONNECTION_AUTH_VENCRYPT_PLAIN = 256,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE = 257,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC = 258,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN = 259,
  VNC_CONNECTION_AUTH_VENCRYPT_X509NONE = 260,
  VNC_CONNECTION_AUTH_VENCRYPT_X509VNC = 261,
  VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN = 262,
  VNC_CONNECTION_AUTH_VENCRYPT_X509SASL = 263,
  VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL = 264,
} VncConnectionAuthVencrypt;

/**
 * VncConnectionCredential:
 * @VNC_CONNECTION_CREDENTIAL_PASSWORD: password
 * @VNC_CONNECTION_CREDENTIAL_USERNAME: user name
 * @VNC_CONNECTION_CREDENTIAL_CLIENTNAME: name of the folder that the client's certificate and key are looked up in
 *
 * What a server may want to know.
 */
typedef enum {
  VNC_CONNECTION_CREDENTIAL_PASSWORD = 0,
  VNC_CONNECTION_CREDENTIAL_USERNAME = 1,
  VNC_CONNECTION_CREDENTIAL_CLIENTNAME = 2,
} VncConnectionCredential;

/**
 * VncConnectionPowerAction:
 * @VNC_CONNECTION_POWER_ACTION_SHUTDOWN: shut down in order
 * @VNC_CONNECTION_POWER_ACTION_REBOOT: restart in order
 * @VNC_CONNECTION_POWER_ACTION_RESET: restart at once
 *
 * What can be asked of the remote machine.
 */
typedef enum {
  VNC_CONNECTION_POWER_ACTION_SHUTDOWN = 2,
  VNC_CONNECTION_POWER_ACTION_REBOOT = 3,
  VNC_CONNECTION_POWER_ACTION_RESET = 4,
} VncConnectionPowerAction;

/**
 * VncConnectionResizeStatus:
 * @VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED: the server cannot change the size of the desktop
 * @VNC_CONNECTION_RESIZE_STATUS_OK: done, or on its way
 * @VNC_CONNECTION_RESIZE_STATUS_ADMIN_PROHIBITED: not allowed
 * @VNC_CONNECTION_RESIZE_STATUS_OUT_OF_RESOURCES: the server cannot make a desktop that large
 * @VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT: the server cannot make a desktop like that
 * @VNC_CONNECTION_RESIZE_STATUS_FORWARDED: the server passed the request on and cannot tell yet
 *
 * What became of a request to change the size of the desktop.
 */
typedef enum {
  VNC_CONNECTION_RESIZE_STATUS_UNSUPPORTED = -1,
  VNC_CONNECTION_RESIZE_STATUS_OK = 0,
  VNC_CONNECTION_RESIZE_STATUS_ADMIN_PROHIBITED = 1,
  VNC_CONNECTION_RESIZE_STATUS_OUT_OF_RESOURCES = 2,
  VNC_CONNECTION_RESIZE_STATUS_INVALID_LAOUT = 3,
  VNC_CONNECTION_RESIZE_STATUS_FORWARDED = 4,
} VncConnectionResizeStatus;

/**
 * VncConnectionResizeReason:
 * @VNC_CONNECTION_RESIZE_REASON_SERVER: something on the server
 * @VNC_CONNECTION_RESIZE_REASON_THIS_CLIENT: a request of this connection
 * @VNC_CONNECTION_RESIZE_REASON_OTHER_CLIENT: a request of another client
 *
 * What has changed the screens of a desktop.
 *
 * Since: 2.0
 */
typedef enum {
  VNC_CONNECTION_RESIZE_REASON_SERVER = 0,
  VNC_CONNECTION_RESIZE_REASON_THIS_CLIENT = 1,
  VNC_CONNECTION_RESIZE_REASON_OTHER_CLIENT = 2,
} VncConnectionResizeReason;

GType                     vnc_connection_get_type                   (void);
VncConnection            *vnc_connection_new                        (void);

gboolean                  vnc_connection_open_fd                    (VncConnection            *conn,
                                                                     int                       fd);
gboolean                  vnc_connection_open_fd_with_hostname      (VncConnection            *conn,
                                                                     int                       fd,
                                                                     const char               *hostname);
gboolean                  vnc_connection_open_addr                  (VncConnection            *conn,
                                                                     GSocketAddress           *addr,
                                                                     const char               *hostname);
gboolean                  vnc_connection_open_host                  (VncConnection            *conn,
                                                                     const char               *host,
                                                                     const char               *port);
gboolean                  vnc_connection_open_stream                (VncConnection            *conn,
                                                                     GIOStream                *stream,
                                                                     const char               *hostname);
gboolean                  vnc_connection_open_uri                   (VncConnection            *conn,
                                                                     VncUri                   *uri);
void                      vnc_connection_open_host_async            (VncConnection            *conn,
                                                                     const char               *host,
                                                                     const char               *port,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_open_host_finish           (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
void                      vnc_connection_open_addr_async            (VncConnection            *conn,
                                                                     GSocketAddress           *addr,
                                                                     const char               *hostname,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_open_addr_finish           (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
void                      vnc_connection_open_fd_async              (VncConnection            *conn,
                                                                     int                       fd,
                                                                     const char               *hostname,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_open_fd_finish             (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
void                      vnc_connection_open_stream_async          (VncConnection            *conn,
                                                                     GIOStream                *stream,
                                                                     const char               *hostname,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_open_stream_finish         (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
void                      vnc_connection_open_uri_async             (VncConnection            *conn,
                                                                     VncUri                   *uri,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_open_uri_finish            (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
void                      vnc_connection_listen_async               (VncConnection            *conn,
                                                                     GSocketListener          *listener,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  user_data);
gboolean                  vnc_connection_listen_finish              (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
gboolean                  vnc_connection_is_open                    (VncConnection            *conn);
gboolean                  vnc_connection_is_initialized             (VncConnection            *conn);
gboolean                  vnc_connection_has_error                  (VncConnection            *conn);
void                      vnc_connection_shutdown                   (VncConnection            *conn);

void                      vnc_connection_set_auth_order             (VncConnection            *conn,
                                                                     const guint              *types,
                                                                     gsize                     n_types);
const guint              *vnc_connection_get_auth_order             (VncConnection            *conn,
                                                                     gsize                    *n_types);
void                      vnc_connection_set_auth_subtype_order     (VncConnection            *conn,
                                                                     const guint              *subtypes,
                                                                     gsize                     n_subtypes);
const guint              *vnc_connection_get_auth_subtype_order     (VncConnection            *conn,
                                                                     gsize                    *n_subtypes);
gboolean                  vnc_connection_set_auth_type              (VncConnection            *conn,
                                                                     unsigned int              type);
gboolean                  vnc_connection_set_auth_subtype           (VncConnection            *conn,
                                                                     unsigned int              type);
gboolean                  vnc_connection_set_credential             (VncConnection            *conn,
                                                                     int                       type,
                                                                     const gchar              *data);

gboolean                  vnc_connection_key_event                  (VncConnection            *conn,
                                                                     gboolean                  down_flag,
                                                                     guint32                   key,
                                                                     guint16                   scancode);
gboolean                  vnc_connection_pointer_event              (VncConnection            *conn,
                                                                     guint8                    button_mask,
                                                                     guint16                   x,
                                                                     guint16                   y);
gboolean                  vnc_connection_pointer_event_full         (VncConnection            *conn,
                                                                     guint16                   button_mask,
                                                                     guint16                   x,
                                                                     guint16                   y);
gboolean                  vnc_connection_client_cut_text            (VncConnection            *conn,
                                                                     const void               *data,
                                                                     size_t                    length);
gboolean                  vnc_connection_power_control              (VncConnection            *conn,
                                                                     VncConnectionPowerAction  action);

gboolean                  vnc_connection_framebuffer_update_request (VncConnection            *conn,
                                                                     gboolean                  incremental,
                                                                     guint16                   x,
                                                                     guint16                   y,
                                                                     guint16                   width,
                                                                     guint16                   height);
gboolean                  vnc_connection_set_encodings              (VncConnection            *conn,
                                                                     int                       n_encoding,
                                                                     gint32                   *encoding);
gboolean                  vnc_connection_set_pixel_format           (VncConnection            *conn,
                                                                     const VncPixelFormat     *fmt);
const VncPixelFormat     *vnc_connection_get_pixel_format           (VncConnection            *conn);
gboolean                  vnc_connection_set_shared                 (VncConnection            *conn,
                                                                     gboolean                  shared);
gboolean                  vnc_connection_get_shared                 (VncConnection            *conn);
gboolean                  vnc_connection_set_framebuffer            (VncConnection            *conn,
                                                                     VncFramebuffer           *fb);
gboolean                  vnc_connection_get_extended_buttons       (VncConnection            *conn);
gboolean                  vnc_connection_has_ledstate               (VncConnection            *conn);
gboolean                  vnc_connection_get_cursor_position        (VncConnection            *conn,
                                                                     int                      *x,
                                                                     int                      *y);
GPtrArray                *vnc_connection_get_screens                (VncConnection            *conn);
void                      vnc_connection_set_layout_async           (VncConnection            *conn,
                                                                     guint                     width,
                                                                     guint                     height,
                                                                     const VncScreen          *screens,
                                                                     guint                     n_screens,
                                                                     GCancellable             *cancellable,
                                                                     GAsyncReadyCallback       callback,
                                                                     gpointer                  data);
VncConnectionResizeStatus vnc_connection_set_layout_finish          (VncConnection            *conn,
                                                                     GAsyncResult             *result,
                                                                     GError                  **error);
VncConnectionResizeStatus vnc_connection_get_resize_status          (VncConnection            *conn);
VncConnectionResizeStatus vnc_connection_set_size                   (VncConnection            *conn,
                                                                     guint                     width,
                                                                     guint                     height);

const char               *vnc_connection_get_name                   (VncConnection            *conn);
int                       vnc_connection_get_width                  (VncConnection            *conn);
int                       vnc_connection_get_height                 (VncConnection            *conn);
VncCursor                *vnc_connection_get_cursor                 (VncConnection            *conn);
gboolean                  vnc_connection_get_abs_pointer            (VncConnection            *conn);
gboolean                  vnc_connection_get_ext_key_event          (VncConnection            *conn);
int                       vnc_connection_get_ledstate               (VncConnection            *conn);
gboolean                  vnc_connection_get_power_control          (VncConnection            *conn);

gboolean                  vnc_connection_set_audio                  (VncConnection            *conn,
                                                                     VncAudio                 *audio);
gboolean                  vnc_connection_set_audio_format           (VncConnection            *conn,
                                                                     const VncAudioFormat     *fmt);
const VncAudioFormat     *vnc_connection_get_audio_format           (VncConnection            *conn);
gboolean                  vnc_connection_audio_enable               (VncConnection            *conn);
gboolean                  vnc_connection_audio_disable              (VncConnection            *conn);

void                      vnc_connection_set_auto_quality           (VncConnection            *conn,
                                                                     gboolean                  auto_quality);
gboolean                  vnc_connection_get_auto_quality           (VncConnection            *conn);
guint                     vnc_connection_get_bandwidth              (VncConnection            *conn);
int                       vnc_connection_get_latency                (VncConnection            *conn);

gboolean               vnc_connection_reconnect_now      (VncConnection          *conn);

gboolean               vnc_connection_accept_certificate (VncConnection          *conn,
                                                          VncCertificateDecision  decision);

G_END_DECLS
