/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/script.h"

#include "lib/asked.h"

#include "lib/picture.h"
#include "lib/vectors.h"
#include "session/input.h"
#include "session/limits.h"

#include <stdlib.h>
#include <string.h>

/* Scripts that send more are cut at this many places only. */
#ifdef __SANITIZE_ADDRESS__
#define MOST_CUTS 40     /* the sanitizer takes minutes for all; every build without it looks at them */
#else
#define MOST_CUTS 400
#endif
/* Rectangles of at most this many pixels have their colours in the event. */
#define MOST_COLOURS 8
/* What a test's desktop may grow to. */
#define PICTURE_SIDE 64

const char *const gvnc_script_desk[] = { GVNC_SCRIPT_DESK_LINES, NULL };

const char *const gvnc_script_asked[] = { GVNC_SCRIPT_DESK_LINES, "! encodings " GVNC_ASKED_TEXT, "< " GVNC_ASKED_SENT, NULL };

typedef struct {
  const GvncScript *script;
  gsize             step_len;    /* bytes that arrive together */
  gsize             n_left;      /* bytes until the cut */
  gboolean          cut;         /* it was reached */
  const char       *line;        /* at work, for messages */

  gint64            now_us;      /* as the session knows it */
  GvncSession      *session;
  GvncInput         input;
  GvncBatch        *batch;
  GvncWriter        out;
  GError           *error;
  GvncPicture       picture;     /* what the application would see; pixels beyond PICTURE_SIDE are not kept */
  GvncPixelFormat   format;      /* of what is drawn next */
  gboolean          drawn;       /* the desktop is small enough for the picture */
  GPtrArray        *events;      /* texts of events that no line has asked for yet */
} ScriptRun;

/* ---- bytes ---- */

GBytes *
gvnc_script_bytes (const char *text)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (; *text != '\0'; text++) {
    if (*text == '\'')
      quoted = !quoted;
    else if (quoted)
      g_string_append_printf (hex, "%02x", (guint8) *text);
    else
      g_string_append_c (hex, *text);
  }
  g_assert_false (quoted);
  return gvnc_vectors_wire (hex->str);
}

/* ---- what comes out ---- */

static void
run_draw (ScriptRun    *run,
          const GvncOp *op)
{
  GvncCanvas one = { .ops = (GvncOp *) op, .n_ops = 1 };
  GvncRect all = { 0, 0, PICTURE_SIDE, PICTURE_SIDE };

  if (run->drawn)
    gvnc_picture_apply (&run->picture, &run->format, &one, &all);
}

static void
run_event (ScriptRun       *run,
           const GvncEvent *event)
{
  if (event->kind == GVNC_EVENT_INITIALIZED || event->kind == GVNC_EVENT_DESKTOP_SIZE)
    run->drawn = event->rect.width <= PICTURE_SIDE && event->rect.height <= PICTURE_SIDE;
  if (event->kind == GVNC_EVENT_INITIALIZED || event->kind == GVNC_EVENT_FORMAT ||
      event->kind == GVNC_EVENT_FORMAT_CHANGED)
    run->format = event->format;
  g_ptr_array_add (run->events, gvnc_script_event (event));
}

static void
run_rect (ScriptRun      *run,
          const GvncRect *rect)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "rect %u,%u %ux%u", rect->x, rect->y, rect->width, rect->height);
  if (run->drawn && gvnc_rect_area (rect) <= MOST_COLOURS)
    for (gsize i = 0; i < gvnc_rect_area (rect); i++) {
      guint32 colour = run->picture.pixels[(rect->y + i / rect->width) * run->picture.width + rect->x + i % rect->width];

      if (colour == GVNC_PICTURE_UNSENT)
        g_string_append (text, " unsent");
      else if ((colour & GVNC_PICTURE_INDEX) != 0)
        g_string_append_printf (text, " #%u", colour & 0xff);
      else
        g_string_append_printf (text, " %06x", colour);
    }
  g_ptr_array_add (run->events, g_string_free (text, FALSE));
}

/* Takes the batch's contents to the list of events. */
static void
run_collect (ScriptRun *run)
{
  const GvncCanvas *canvas = &run->batch->canvas;

  for (guint i = 0; i < canvas->n_ops; i++) {
    const GvncOp *op = &canvas->ops[i];

    if (op->kind != GVNC_OP_EVENT)
      run_draw (run, op);
    else if (op->value == GVNC_MARK_RECT)
      run_rect (run, &op->rect);
    else
      run_event (run, &g_array_index (run->batch->events, GvncEvent, op->value));
  }
  gvnc_batch_free (run->batch);
  run->batch = gvnc_batch_new ();
}

/* ---- what goes in ---- */

static void
run_digest (ScriptRun *run)
{
  gsize want;

  while (run->error == NULL && (want = gvnc_session_want (run->session)) > 0 && gvnc_input_left (&run->input) >= want) {
    gsize left = gvnc_input_left (&run->input);
    GvncReader in = gvnc_reader_init (gvnc_input_peek (&run->input), left);
    GvncPhase phase = gvnc_session_phase (run->session);

    gvnc_canvas_set_input (&run->batch->canvas, run->input.block);
    if (!gvnc_session_take (run->session, &in, run->batch, &run->out, &run->error))
      g_assert_nonnull (run->error);
    g_assert_false (in.overrun);
    if (run->error == NULL)
      g_assert_true (gvnc_reader_left (&in) < left || gvnc_session_want (run->session) > want ||
                     gvnc_session_phase (run->session) != phase);
    run->input.start += left - gvnc_reader_left (&in);
    gvnc_canvas_set_input (&run->batch->canvas, NULL);
    run_collect (run);
  }
  if (run->error != NULL) {
    gvnc_session_fail (run->session, run->error, run->batch);
    run_collect (run);
  }
}

static void
run_send (ScriptRun  *run,
          const char *text)
{
  g_autoptr (GBytes) bytes = gvnc_script_bytes (text);
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  g_assert_cmpuint (len, >, 0);
  if (len > run->n_left) {
    len = run->n_left;
    run->cut = TRUE;
  }
  run->n_left -= len;
  while (len > 0 && run->error == NULL) {
    gsize room, n;
    guint8 *memory = gvnc_input_reserve (&run->input, gvnc_session_want (run->session), &room);

    n = MIN (MIN (len, run->step_len), room);
    memcpy (memory, data, n);
    run->input.end += n;
    data += n;
    len -= n;
    run_digest (run);
  }
}

/* The link is secured as a type has asked for. */
static void
run_layer (ScriptRun  *run,
           const char *kind)
{
  static const char *const kinds[] = {
    [GVNC_SECURE_TLS_ANONYMOUS] = "anonymous", [GVNC_SECURE_TLS_X509] = "x509",
    [GVNC_SECURE_SASL] = "sasl", [GVNC_SECURE_RSA_AES] = "rsa-aes",
  };
  GvncSecureRequest *request = gvnc_session_take_layer (run->session);

  g_assert_nonnull (request);
  g_assert_cmpstr (kinds[request->kind], ==, kind);
  gvnc_secure_request_free (request);
  gvnc_session_layered (run->session, TRUE, kind, run->batch, &run->out, &run->error);
}

/* It wants nothing before that. */
static gboolean
run_waits_for_layer (ScriptRun *run)
{
  GvncHandshake *handshake = gvnc_session_handshake (run->session);

  return handshake != NULL && handshake->step == GVNC_HANDSHAKE_LAYER;
}

static void
run_time (ScriptRun *run,
          int        ms)
{
  run->now_us += (gint64) ms * 1000;
  gvnc_session_set_time (run->session, run->now_us);
  gvnc_session_act (run->session, run->batch, &run->out, &run->error);
}

static void
run_command (ScriptRun  *run,
             const char *text)
{
  if (strcmp (text, "hint") == 0)
    gvnc_session_hint (run->session, &run->out);
  else if (g_str_has_prefix (text, "time "))
    run_time (run, atoi (text + strlen ("time ")));
  else if (g_str_has_prefix (text, "layer "))
    run_layer (run, text + strlen ("layer "));
  else
    gvnc_session_command (run->session, gvnc_script_command (text), run->batch, &run->out, &run->error);
  run_collect (run);
  run_digest (run);    /* what came before may be wanted now */
}

/* ---- checks ---- */

static void
run_check_sent (ScriptRun  *run,
                const char *text)
{
  g_autoptr (GBytes) bytes = gvnc_script_bytes (text);
  gsize due_len = g_bytes_get_size (bytes), len = gvnc_writer_left (&run->out);
  g_autofree char *due = gvnc_vectors_hex (g_bytes_get_data (bytes, NULL), due_len);
  g_autofree char *sent = gvnc_vectors_hex (len > 0 ? gvnc_writer_peek (&run->out) : NULL, len);

  if (run->cut)
    g_assert_true (g_str_has_prefix (due, sent));
  else
    g_assert_cmpstr (sent, ==, due);
  if (len > 0)
    gvnc_writer_consume (&run->out, len);
}

static void
run_check_event (ScriptRun  *run,
                 const char *text)
{
  if (run->events->len == 0 && run->cut)
    return;
  if (run->events->len == 0)
    g_error ("“%s” was not told", text);
  if (!g_pattern_match_simple (text, g_ptr_array_index (run->events, 0)))
    g_error ("“%s” was told in place of “%s”", (char *) g_ptr_array_index (run->events, 0), text);
  g_ptr_array_remove_index (run->events, 0);
}

static void
run_check_error (ScriptRun  *run,
                 const char *text)
{
  if (run->error == NULL && run->cut)
    return;
  if (run->error == NULL)
    g_error ("no error like “%s”", text);
  g_assert_true (run->error->domain == GVNC_ERROR);
  g_assert_true (g_utf8_validate (run->error->message, -1, NULL));
  if (!g_pattern_match_simple (text, run->error->message))
    g_error ("error “%s” in place of “%s”", run->error->message, text);
  run_check_event (run, "error *");
}

/* Nothing may have been told or sent that no line speaks of. */
static void
run_check_silence (ScriptRun *run,
                   char       next)
{
  gsize len = gvnc_writer_left (&run->out);

  if (next != '=' && next != '#' && next != '<' && run->events->len > 0)
    g_error ("“%s” was told after line “%s”", (char *) g_ptr_array_index (run->events, 0), run->line);
  if (next != '<' && next != '=' && next != '#' && len > 0) {
    g_autofree char *sent = gvnc_vectors_hex (gvnc_writer_peek (&run->out), len);

    g_error ("%s was sent after line “%s”", sent, run->line);
  }
}

/* Runs the lines; FALSE when the cut was reached. */
static gboolean
run_lines (ScriptRun         *run,
           const char *const *lines)
{
  for (; lines != NULL && *lines != NULL; lines++) {
    const char *line = *lines;
    const char *text = line + 2;

    g_assert_true (line[1] == ' ');
    if (run->cut && line[0] != '<' && line[0] != '=' && line[0] != '#')
      return FALSE;
    run_check_silence (run, line[0]);
    run->line = line;
    switch (line[0]) {
    case '>':
      g_assert_no_error (run->error);
      run_send (run, text);
      break;
    case '!':
      g_assert_no_error (run->error);
      run_command (run, text);
      break;
    case '<':
      run_check_sent (run, text);
      break;
    case '=':
      run_check_event (run, text);
      break;
    case '#':
      run_check_error (run, text);
      break;
    default:
      g_error ("line “%s”", line);
    }
  }
  return !run->cut;
}

static void
script_run_once (const GvncScript *script,
                 gsize             step_len,
                 gsize             n_bytes)
{
  ScriptRun run = {
    .script = script,
    .step_len = step_len,
    .n_left = n_bytes,
    .line = "(start)",
    .session = gvnc_session_new (FALSE, FALSE, NULL),
    .batch = gvnc_batch_new (),
    .events = g_ptr_array_new_with_free_func (g_free),
  };

  gvnc_writer_init (&run.out, GVNC_LIMIT_OUTPUT_LEN);
  gvnc_picture_init (&run.picture, PICTURE_SIDE, PICTURE_SIDE);
  if (run_lines (&run, script->before))
    run_lines (&run, script->lines);
  run_check_silence (&run, '\0');
  if (run.cut && run.error == NULL)
    g_assert_true (gvnc_session_want (run.session) > gvnc_input_left (&run.input) ||
                   gvnc_session_phase (run.session) == GVNC_PHASE_WAITING || run_waits_for_layer (&run));

  gvnc_picture_clear (&run.picture);
  g_ptr_array_unref (run.events);
  g_clear_error (&run.error);
  gvnc_writer_clear (&run.out);
  gvnc_input_clear (&run.input);
  gvnc_batch_free (run.batch);
  gvnc_session_free (run.session);
}

static gsize
script_len (const char *const *lines)
{
  gsize len = 0;

  for (; lines != NULL && *lines != NULL; lines++)
    if (**lines == '>') {
      g_autoptr (GBytes) bytes = gvnc_script_bytes (*lines + 2);

      len += g_bytes_get_size (bytes);
    }
  return len;
}

static void
script_run (gconstpointer data)
{
  const GvncScript *script = data;
  const gsize before_len = script_len (script->before);
  const gsize len = before_len + script_len (script->lines);
  const gsize cut_step = (len - before_len) / MOST_CUTS + 1;

  script_run_once (script, G_MAXSIZE, G_MAXSIZE);
  if (len < 1024 * 1024)
    script_run_once (script, 1, G_MAXSIZE);
  script_run_once (script, 4093, G_MAXSIZE);
  for (gsize cut = before_len; cut < len; cut += cut_step)
    script_run_once (script, G_MAXSIZE, cut);
}

static void
script_append (GByteArray        *seed,
               const char *const *lines)
{
  for (; lines != NULL && *lines != NULL; lines++)
    if (**lines == '>') {
      g_autoptr (GBytes) bytes = gvnc_script_bytes (*lines + 2);

      g_byte_array_append (seed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
}

/* What the fuzz target of sessions starts from; see tests/fuzz/fuzz-session.c for the layout. */
static void
script_write_seed (const char       *dir,
                   const GvncScript *script,
                   const char       *name)
{
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  g_autofree char *file = g_ascii_strdown (name + 1, -1);
  g_autofree char *path = NULL;

  if (script_len (script->before) + script_len (script->lines) > 4096)
    return;
  for (char *c = file; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      *c = '-';
  g_byte_array_append (seed, (const guint8 *) "\0\0", 2);
  script_append (seed, script->before);
  script_append (seed, script->lines);
  path = g_build_filename (dir, file, NULL);
  g_assert_true (g_file_set_contents (path, (const char *) seed->data, seed->len, NULL));
}

void
gvnc_scripts_add (const char       *path,
                  const GvncScript *scripts,
                  gsize             n)
{
  const char *seed_dir = g_getenv ("GVNC_SEED_DIR");

  for (gsize i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s/%s", path, scripts[i].name);

    g_test_add_data_func (name, &scripts[i], script_run);
    if (seed_dir != NULL)
      script_write_seed (seed_dir, &scripts[i], name);
  }
}
