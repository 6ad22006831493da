/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "fuzz/fuzz.h"

#include "lib/picture.h"
#include "painter.h"
#include "session/input.h"
#include "session/limits.h"
#include "session/session.h"
#include "vncbaseframebuffer.h"
#include "vncpixelformat-private.h"
#include "wire/rfb.h"

#include <string.h>

/* A whole session against a server that sends the bytes, with an application that answers all it is asked, down to the
 * pixels of a framebuffer.
 *
 *   U8 how many bytes arrive at a time; 0: all
 *   U8 after how many updates the application asks for another pixel format; 0: never
 *   then what the server sends
 */
guint gvnc_fuzz_side_px = 640;

/* So that a session of small updates without end takes no time worth mentioning. */
#define MOST_DRAWN_PX (16 * 1024 * 1024)

static const gint32 encodings[] = {
  GVNC_RFB_ENCODING_TIGHT, GVNC_RFB_ENCODING_ZRLE, GVNC_RFB_ENCODING_HEXTILE, GVNC_RFB_ENCODING_RRE,
  GVNC_RFB_ENCODING_COPYRECT, GVNC_RFB_ENCODING_RAW, GVNC_RFB_ENCODING_CORRE, GVNC_RFB_ENCODING_ZLIB,
  GVNC_RFB_ENCODING_ZLIBHEX, GVNC_RFB_ENCODING_TRLE, GVNC_RFB_ENCODING_ZYWRLE, GVNC_RFB_ENCODING_JPEG,
  GVNC_RFB_ENCODING_TIGHT_PNG, GVNC_RFB_ENCODING_TIGHT_WITHOUT_ZLIB,
  GVNC_RFB_ENCODING_XVP, GVNC_RFB_ENCODING_AUDIO, GVNC_RFB_ENCODING_FENCE, GVNC_RFB_ENCODING_CONTINUOUS_UPDATES,
  GVNC_RFB_ENCODING_DESKTOP_SIZE, GVNC_RFB_ENCODING_LAST_RECT, GVNC_RFB_ENCODING_POINTER_POS, GVNC_RFB_ENCODING_CURSOR,
  GVNC_RFB_ENCODING_XCURSOR, GVNC_RFB_ENCODING_POINTER_MOTION_CHANGE, GVNC_RFB_ENCODING_EXTENDED_KEY,
  GVNC_RFB_ENCODING_LED_STATE, GVNC_RFB_ENCODING_DESKTOP_NAME, GVNC_RFB_ENCODING_EXTENDED_DESKTOP_SIZE,
  GVNC_RFB_ENCODING_ALPHA_CURSOR, GVNC_RFB_ENCODING_EXTENDED_BUTTONS, GVNC_RFB_ENCODING_VMWARE_CURSOR,
  GVNC_RFB_ENCODING_VMWARE_CURSOR_STATE, GVNC_RFB_ENCODING_VMWARE_CURSOR_POS, GVNC_RFB_ENCODING_VMWARE_KEY_REPEAT,
  GVNC_RFB_ENCODING_VMWARE_LED_STATE, GVNC_RFB_ENCODING_WMVI, GVNC_RFB_ENCODING_VMWARE_VM_STATE,
  GVNC_RFB_ENCODING_KEYBOARD_LED_STATE, GVNC_RFB_ENCODING_SUPPORTED_MESSAGES, GVNC_RFB_ENCODING_SUPPORTED_ENCODINGS,
  GVNC_RFB_ENCODING_SERVER_IDENTITY, GVNC_RFB_ENCODING_EXTENDED_CLIPBOARD,
};

typedef struct {
  GvncSession     *session;
  GvncInput        input;
  GvncBatch       *batch;
  GvncWriter       out;
  GQueue           commands;
  GvncPainter     *painter;
  VncFramebuffer  *framebuffer;
  guint8          *pixels;
  guint            format_every;
  guint            n_updates;
  gsize            n_drawn;
  gboolean         ended;
  gint64           now_us;          /* each message takes its time */
} FuzzSession;

static GvncCommand *
fuzz_command (FuzzSession     *self,
              GvncCommandKind  kind,
              guint32          number)
{
  GvncCommand *command = gvnc_command_new (kind, number);

  g_queue_push_tail (&self->commands, command);
  return command;
}

/* The application makes a framebuffer of the desktop's size, as large as the ceiling allows. */
static void
fuzz_desktop (FuzzSession    *self,
              const GvncRect *size)
{
  const guint16 width = (guint16) MIN (size->width, gvnc_fuzz_side_px);
  const guint16 height = (guint16) MIN (size->height, gvnc_fuzz_side_px);
  VncPixelFormat format;

  gvnc_painter_set_framebuffer (self->painter, NULL);
  g_clear_object (&self->framebuffer);
  g_free (self->pixels);
  self->pixels = g_malloc0 ((gsize) width * height * 4);
  gvnc_pixel_format_to_public (&gvnc_test_rgb32, &format);
  self->framebuffer = VNC_FRAMEBUFFER (vnc_base_framebuffer_new (self->pixels, width, height, width * 4, &format, &format));
  gvnc_painter_set_framebuffer (self->painter, self->framebuffer);
  if (size->width > gvnc_fuzz_side_px || size->height > gvnc_fuzz_side_px)
    self->ended = TRUE;
}

static void
fuzz_update_end (FuzzSession *self)
{
  self->n_updates++;
  fuzz_command (self, GVNC_COMMAND_UPDATE_REQUEST, TRUE)->rect = (GvncRect) { 0, 0, 8, 8 };
  if (self->format_every > 0 && self->n_updates % self->format_every == 0)
    fuzz_command (self, GVNC_COMMAND_PIXEL_FORMAT, 0)->format =
      *gvnc_test_formats[self->n_updates / self->format_every % gvnc_n_test_formats];
}

/* Asks for the layout that the server has just told. */
static void
fuzz_screens (FuzzSession *self,
              GBytes      *screens)
{
  GvncCommand *command = fuzz_command (self, GVNC_COMMAND_DESKTOP_SIZE, 0);

  command->rect = (GvncRect) { 0, 0, 9, 9 };
  if (screens != NULL && g_bytes_get_size (screens) > 0)
    command->data = g_bytes_ref (screens);
}

static void
fuzz_credentials (FuzzSession  *self,
                  const GArray *wanted)
{
  static const char *const values[] = { "password", "user", "client" };
  GvncCommand *command = fuzz_command (self, GVNC_COMMAND_CREDENTIALS, 0);

  for (guint i = 0; i < wanted->len; i++) {
    guint32 number = g_array_index (wanted, guint32, i);

    command->credentials[number] = g_strdup (values[number]);
  }
}

static void
fuzz_event (FuzzSession     *self,
            const GvncEvent *event)
{
  switch (event->kind) {
  case GVNC_EVENT_AUTH_TYPES:
    fuzz_command (self, GVNC_COMMAND_AUTH_TYPE, g_array_index (event->numbers, guint32, 0));
    break;
  case GVNC_EVENT_AUTH_SUBTYPES:
    fuzz_command (self, GVNC_COMMAND_AUTH_SUBTYPE, g_array_index (event->numbers, guint32, 0));
    break;
  case GVNC_EVENT_AUTH_CREDENTIALS:
    fuzz_credentials (self, event->numbers);
    break;
  case GVNC_EVENT_INITIALIZED:
    fuzz_desktop (self, &event->rect);
    gvnc_painter_set_format (self->painter, &event->format);
    fuzz_command (self, GVNC_COMMAND_ENCODINGS, 0)->data = g_bytes_new_static (encodings, sizeof encodings);
    fuzz_command (self, GVNC_COMMAND_UPDATE_REQUEST, FALSE)->rect = event->rect;
    break;
  case GVNC_EVENT_FORMAT:
  case GVNC_EVENT_FORMAT_CHANGED:
    gvnc_painter_set_format (self->painter, &event->format);
    break;
  case GVNC_EVENT_COLOURS:
    gvnc_painter_set_colours (self->painter, event->number, (guint) (g_bytes_get_size (event->data) / 6),
                              g_bytes_get_data (event->data, NULL));
    break;
  case GVNC_EVENT_DESKTOP_SIZE:
    fuzz_desktop (self, &event->rect);
    break;
  case GVNC_EVENT_UPDATE_END:
    fuzz_update_end (self);
    break;
  case GVNC_EVENT_SCREENS:
    fuzz_screens (self, event->data);
    break;
  case GVNC_EVENT_EXTENDED_KEY:
    fuzz_command (self, GVNC_COMMAND_KEY, TRUE)->scancode = 1;
    break;
  case GVNC_EVENT_FENCE:
    fuzz_command (self, GVNC_COMMAND_FENCE, event->number)->data = g_bytes_ref (event->data);
    break;
  case GVNC_EVENT_CURSOR:
    if (event->data != NULL)
      g_assert (g_bytes_get_size (event->data) == gvnc_rect_area (&event->rect) * 4);
    break;
  default:
    break;
  }
}

static void
fuzz_draw (FuzzSession  *self,
           const GvncOp *op)
{
  guint row = 0;

  self->n_drawn += gvnc_rect_area (&op->rect);
  while (!gvnc_painter_draw (self->painter, op, &row, 4096))
    ;
}

/* What the main context would do; then what the application asked for in there. */
static void
fuzz_replay (FuzzSession *self)
{
  GvncCommand *command;

  gvnc_canvas_set_input (&self->batch->canvas, NULL);
  for (guint i = 0; i < self->batch->canvas.n_ops; i++) {
    const GvncOp *op = &self->batch->canvas.ops[i];

    if (op->kind != GVNC_OP_EVENT)
      fuzz_draw (self, op);
    else if (op->value != GVNC_MARK_RECT)
      fuzz_event (self, &g_array_index (self->batch->events, GvncEvent, op->value));
  }
  gvnc_batch_free (self->batch);
  self->batch = gvnc_batch_new ();
  while ((command = g_queue_pop_head (&self->commands)) != NULL)
    if (!gvnc_session_command (self->session, command, self->batch, &self->out, NULL))
      self->ended = TRUE;
  if (gvnc_writer_left (&self->out) > 0)
    gvnc_writer_consume (&self->out, gvnc_writer_left (&self->out));
  if (self->n_drawn > MOST_DRAWN_PX)
    self->ended = TRUE;
}

/* What the engine would do: each layer is there as soon as it is asked for, and changes nothing; every key is trusted. */
static void
fuzz_secure (FuzzSession *self)
{
  GvncHandshake *handshake = gvnc_session_handshake (self->session);
  g_autoptr (GvncIdentity) identity = handshake != NULL ? gvnc_handshake_take_identity (handshake) : NULL;
  GvncSecureRequest *request;
  gboolean ok = identity == NULL || gvnc_handshake_trusted (handshake, self->batch, &self->out, NULL);

  request = ok ? gvnc_session_take_layer (self->session) : NULL;
  if (request != NULL) {
    gvnc_secure_request_free (request);
    ok = gvnc_session_layered (self->session, TRUE, "a layer", self->batch, &self->out, NULL);
  }
  if (!ok)
    self->ended = TRUE;
}

/* Until it is the server's turn. */
static void
fuzz_settle (FuzzSession *self)
{
  do {
    fuzz_replay (self);
    fuzz_secure (self);
  } while (self->batch->canvas.n_ops > 0 && !self->ended);
}

static void
fuzz_digest (FuzzSession *self)
{
  gsize want;

  while (!self->ended && (want = gvnc_session_want (self->session)) > 0 && gvnc_input_left (&self->input) >= want) {
    const gsize left = gvnc_input_left (&self->input);
    GvncReader in = gvnc_reader_init (gvnc_input_peek (&self->input), left);
    g_autoptr (GError) error = NULL;

    gvnc_canvas_set_input (&self->batch->canvas, self->input.block);
    gvnc_session_set_time (self->session, self->now_us += 15000);
    if (!gvnc_session_take (self->session, &in, self->batch, &self->out, &error) ||
        !gvnc_session_act (self->session, self->batch, &self->out, &error)) {
      g_assert (error != NULL && *error->message != '\0' && g_utf8_validate (error->message, -1, NULL));
      gvnc_session_fail (self->session, error, self->batch);
      self->ended = TRUE;
    }
    g_assert (!in.overrun);
    self->input.start += left - gvnc_reader_left (&in);
    fuzz_settle (self);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzSession self = { .commands = G_QUEUE_INIT };
  GvncHandshake *handshake;
  const gsize step_len = size >= 2 && data[0] > 0 ? data[0] : G_MAXSIZE;

  if (size < 2)
    return 0;
  self.session = gvnc_session_new (FALSE, FALSE, NULL);
  handshake = gvnc_session_handshake (self.session);
  handshake->repeater = "ID:1234";
  handshake->link.allow_weak = handshake->link.allow_plain = TRUE;
  self.batch = gvnc_batch_new ();
  self.painter = gvnc_painter_new ();
  self.format_every = data[1];
  gvnc_writer_init (&self.out, GVNC_LIMIT_OUTPUT_LEN);

  for (gsize at = 2; at < size && !self.ended;) {
    gsize room, n;
    guint8 *memory = gvnc_input_reserve (&self.input, gvnc_session_want (self.session), &room);

    n = MIN (MIN (size - at, step_len), room);
    memcpy (memory, data + at, n);
    self.input.end += n;
    at += n;
    fuzz_digest (&self);
  }

  gvnc_painter_free (self.painter);
  g_clear_object (&self.framebuffer);
  g_free (self.pixels);
  gvnc_writer_clear (&self.out);
  gvnc_input_clear (&self.input);
  gvnc_batch_free (self.batch);
  gvnc_session_free (self.session);
  return 0;
}
