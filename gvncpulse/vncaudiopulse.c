/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "vncaudiopulse.h"

#include <glib/gi18n-lib.h>
#include <pulse/glib-mainloop.h>
#include <pulse/pulseaudio.h>
#include <string.h>

/**
 * VncAudioPulse:
 *
 * A sink for the sound of a remote desktop that plays through PulseAudio, or PipeWire in its place.
 *
 * Hand one to [method@GVnc.Connection.set_audio]. Nothing in it ever blocks: the sound server is talked to from the
 * default main context, which must be the one that the connection's signals come on. A desktop whose sound cannot be
 * played stays silent; there is no error to handle.
 *
 * At most 150 ms of sound wait to be played, so that sound and picture stay together: when the remote side sends faster
 * than sound is played, the oldest goes. When it sends too slowly there is silence.
 */

/* What may wait in all, and what of it at the sound server; the rest waits here. */
#define BUFFER_MS  150
#define SERVER_MS  100
/* After it ran empty the sound server waits for so much before it goes on, so that one late packet is one gap. */
#define PREBUF_MS  40
#define REQUEST_MS 20

/* What a server may ask for. Below, a buffer would hold next to nothing; above, sound cards end. */
#define LOWEST_RATE   1000
#define HIGHEST_RATE  192000
#define MOST_CHANNELS 8

/* A server that starts and stops all the time must not make us try a missing sound server each time. */
#define RETRY_US (1 * G_USEC_PER_SEC)

/* Of stream, queue and playing these combinations exist:
 *   playing, no stream:    the context is not ready yet and sound waits in the queue; or there is no sound server,
 *                          context is NULL too, and sound is dropped until the next start
 *   playing, stream:       what the stream does not take yet waits in the queue
 *   not playing, stream:   what is left plays; `drain` is set from when the queue is empty
 *   not playing, no stream: silence; the context is kept for the next start
 * The bytes of the queue are already as PulseAudio wants them, and begin with a whole frame. */
struct _VncAudioPulsePrivate {
  pa_glib_mainloop *loop;        /* from the first start on */
  pa_context       *context;     /* NULL: none, or it failed */
  pa_stream        *stream;
  pa_operation     *drain;
  gint64            failed_at;   /* monotonic time at which a context failed last; 0: never */

  gboolean          playing;     /* between start and stop */
  pa_sample_spec    spec;
  gboolean          flip_sign;   /* signed 8, unsigned 16 and 32 bits: PulseAudio has only the other sign */
  guint8           *queue;
  gsize             queue_len;
  gsize             queue_size;  /* BUFFER_MS of whole frames */
};

G_DEFINE_TYPE_WITH_PRIVATE (VncAudioPulse, vnc_audio_pulse, VNC_TYPE_BASE_AUDIO)

static void pulse_pump (VncAudioPulse *self);

static gsize
pulse_ms_to_bytes (VncAudioPulse *self,
                   guint          ms)
{
  return (gsize) self->priv->spec.rate * ms / 1000 * pa_frame_size (&self->priv->spec);
}

/* The callbacks are taken off first, so that nothing comes back into an object that has moved on. */
static void
pulse_drop_stream (VncAudioPulse *self)
{
  VncAudioPulsePrivate *priv = self->priv;
  pa_stream *stream = g_steal_pointer (&priv->stream);

  if (priv->drain != NULL) {
    pa_operation_cancel (priv->drain);
    g_clear_pointer (&priv->drain, pa_operation_unref);
  }
  if (stream == NULL)
    return;
  pa_stream_set_state_callback (stream, NULL, NULL);
  pa_stream_set_write_callback (stream, NULL, NULL);
  if (pa_stream_get_state (stream) != PA_STREAM_UNCONNECTED)
    pa_stream_disconnect (stream);
  pa_stream_unref (stream);
}

static void
pulse_drop_context (VncAudioPulse *self)
{
  pa_context *context = g_steal_pointer (&self->priv->context);

  pulse_drop_stream (self);
  if (context == NULL)
    return;
  pa_context_set_state_callback (context, NULL, NULL);
  pa_context_disconnect (context);
  pa_context_unref (context);
}

/* May be called from the state callbacks inside of the calls that connect. */
static void
pulse_fail (VncAudioPulse *self,
            const char    *what)
{
  VncAudioPulsePrivate *priv = self->priv;

  g_info ("No sound: %s: %s", what,
          pa_strerror (priv->context != NULL ? pa_context_errno (priv->context) : PA_ERR_INTERNAL));
  pulse_drop_context (self);
  priv->queue_len = 0;
  priv->failed_at = g_get_monotonic_time ();
}

static void
pulse_on_drained (pa_stream *stream,
                  int        success,
                  void      *user_data)
{
  VncAudioPulse *self = user_data;

  g_clear_pointer (&self->priv->drain, pa_operation_unref);
  pulse_drop_stream (self);
}

static void
pulse_on_stream_writable (pa_stream *stream,
                          size_t     n_bytes,
                          void      *user_data)
{
  pulse_pump (user_data);
}

static void
pulse_on_stream_state (pa_stream *stream,
                       void      *user_data)
{
  VncAudioPulse *self = user_data;

  switch (pa_stream_get_state (stream)) {
  case PA_STREAM_READY:
    pulse_pump (self);
    break;
  case PA_STREAM_FAILED:
  case PA_STREAM_TERMINATED:
    pulse_fail (self, "the sound server closed the stream");
    break;
  case PA_STREAM_UNCONNECTED:
  case PA_STREAM_CREATING:
    break;
  }
}

static void
pulse_open_stream (VncAudioPulse *self)
{
  VncAudioPulsePrivate *priv = self->priv;
  pa_channel_map map;
  pa_buffer_attr attr = {
    .maxlength = (guint32) pulse_ms_to_bytes (self, BUFFER_MS),
    .tlength = (guint32) pulse_ms_to_bytes (self, SERVER_MS),
    .prebuf = (guint32) pulse_ms_to_bytes (self, PREBUF_MS),
    .minreq = (guint32) pulse_ms_to_bytes (self, REQUEST_MS),
    .fragsize = (guint32) -1,
  };

  pa_channel_map_init_extend (&map, priv->spec.channels, PA_CHANNEL_MAP_DEFAULT);
  priv->stream = pa_stream_new (priv->context, _("Remote desktop"), &priv->spec, &map);
  if (priv->stream == NULL) {
    pulse_fail (self, "the sound server takes no stream");
    return;
  }
  pa_stream_set_state_callback (priv->stream, pulse_on_stream_state, self);
  pa_stream_set_write_callback (priv->stream, pulse_on_stream_writable, self);
  /* ADJUST_LATENCY: the bound counts what waits in the sound card's buffer too. */
  if (pa_stream_connect_playback (priv->stream, NULL, &attr, PA_STREAM_ADJUST_LATENCY, NULL, NULL) < 0 &&
      priv->stream != NULL)
    pulse_fail (self, "the sound server takes no stream");
}

static void
pulse_on_context_state (pa_context *context,
                        void       *user_data)
{
  VncAudioPulse *self = user_data;

  switch (pa_context_get_state (context)) {
  case PA_CONTEXT_READY:
    if (self->priv->playing || self->priv->queue_len > 0)
      pulse_open_stream (self);
    break;
  case PA_CONTEXT_FAILED:
  case PA_CONTEXT_TERMINATED:
    pulse_fail (self, "the sound server is gone");
    break;
  case PA_CONTEXT_UNCONNECTED:
  case PA_CONTEXT_CONNECTING:
  case PA_CONTEXT_AUTHORIZING:
  case PA_CONTEXT_SETTING_NAME:
    break;
  }
}

static void
pulse_open_context (VncAudioPulse *self)
{
  VncAudioPulsePrivate *priv = self->priv;
  const char *name = g_get_application_name ();

  if (priv->failed_at != 0 && g_get_monotonic_time () - priv->failed_at < RETRY_US)
    return;
  if (priv->loop == NULL)
    priv->loop = pa_glib_mainloop_new (NULL);
  priv->context = pa_context_new (pa_glib_mainloop_get_api (priv->loop), name != NULL ? name : "gtk-vnc");
  if (priv->context == NULL) {
    pulse_fail (self, "no context");
    return;
  }
  pa_context_set_state_callback (priv->context, pulse_on_context_state, self);
  /* NOAUTOSPAWN: libpulse would wait for the child that it starts. A session has its sound server, or none on purpose. */
  if (pa_context_connect (priv->context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0 && priv->context != NULL)
    pulse_fail (self, "no sound server");
}

static void
pulse_consume (VncAudioPulse *self,
               gsize          len)
{
  VncAudioPulsePrivate *priv = self->priv;

  priv->queue_len -= len;
  memmove (priv->queue, priv->queue + len, priv->queue_len);
}

/* Hands the stream what it takes; after the last byte of a stopped playback, waits until it was heard. */
static void
pulse_pump (VncAudioPulse *self)
{
  VncAudioPulsePrivate *priv = self->priv;
  gsize frame, room, len;

  if (priv->stream == NULL || pa_stream_get_state (priv->stream) != PA_STREAM_READY)
    return;
  frame = pa_frame_size (&priv->spec);
  room = pa_stream_writable_size (priv->stream);
  if (room == (gsize) -1)
    return;
  len = MIN (room, priv->queue_len);
  len -= len % frame;
  if (len > 0) {
    if (pa_stream_write (priv->stream, priv->queue, len, NULL, 0, PA_SEEK_RELATIVE) < 0) {
      pulse_fail (self, "the sound server takes no sound");
      return;
    }
    pulse_consume (self, len);
  }
  if (!priv->playing && priv->drain == NULL && priv->queue_len < frame) {
    priv->queue_len = 0;
    priv->drain = pa_stream_drain (priv->stream, pulse_on_drained, self);
    if (priv->drain == NULL)
      pulse_drop_stream (self);
  }
}

/* @format in PulseAudio's words. QEMU, whose message this is, sends the low byte first on every machine. */
static gboolean
pulse_read_format (const VncAudioFormat *format,
                   pa_sample_spec       *spec,
                   gboolean             *flip_sign)
{
  static const struct {
    pa_sample_format_t format;
    gboolean           flip_sign;
  } formats[] = {
    [VNC_AUDIO_FORMAT_RAW_U8] = { PA_SAMPLE_U8, FALSE },
    [VNC_AUDIO_FORMAT_RAW_S8] = { PA_SAMPLE_U8, TRUE },
    [VNC_AUDIO_FORMAT_RAW_U16] = { PA_SAMPLE_S16LE, TRUE },
    [VNC_AUDIO_FORMAT_RAW_S16] = { PA_SAMPLE_S16LE, FALSE },
    [VNC_AUDIO_FORMAT_RAW_U32] = { PA_SAMPLE_S32LE, TRUE },
    [VNC_AUDIO_FORMAT_RAW_S32] = { PA_SAMPLE_S32LE, FALSE },
  };

  if (format->format >= G_N_ELEMENTS (formats) ||
      format->nchannels < 1 || format->nchannels > MOST_CHANNELS ||
      format->frequency < LOWEST_RATE || format->frequency > HIGHEST_RATE)
    return FALSE;
  spec->format = formats[format->format].format;
  spec->rate = format->frequency;
  spec->channels = format->nchannels;
  *flip_sign = formats[format->format].flip_sign;
  return TRUE;
}

static gboolean
pulse_playback_start (VncBaseAudio   *audio,
                      VncAudioFormat *format)
{
  VncAudioPulse *self = VNC_AUDIO_PULSE (audio);
  VncAudioPulsePrivate *priv = self->priv;
  pa_sample_spec spec;
  gboolean flip_sign;

  if (!pulse_read_format (format, &spec, &flip_sign)) {
    g_info ("No sound: format %u with %u channels at %u Hz is not known",
            format->format, format->nchannels, format->frequency);
    pulse_drop_stream (self);
    priv->playing = FALSE;
    priv->queue_len = 0;
    return FALSE;
  }

  /* Another format ends what still plays; the same one goes on in the stream there is. */
  if (priv->queue == NULL || !pa_sample_spec_equal (&spec, &priv->spec)) {
    pulse_drop_stream (self);
    priv->spec = spec;
    priv->queue_size = pulse_ms_to_bytes (self, BUFFER_MS);
    priv->queue_len = 0;
    g_free (priv->queue);
    priv->queue = g_malloc (priv->queue_size);
  } else if (priv->drain != NULL) {
    pa_operation_cancel (priv->drain);
    g_clear_pointer (&priv->drain, pa_operation_unref);
  }
  priv->flip_sign = flip_sign;
  priv->playing = TRUE;

  if (priv->context == NULL)
    pulse_open_context (self);
  else if (priv->stream == NULL && pa_context_get_state (priv->context) == PA_CONTEXT_READY)
    pulse_open_stream (self);
  return TRUE;
}

/* Appends to the queue, dropping the oldest when all that waits would be more than the bound. */
static void
pulse_enqueue (VncAudioPulse *self,
               const guint8  *bytes,
               gsize          len)
{
  VncAudioPulsePrivate *priv = self->priv;
  gsize frame = pa_frame_size (&priv->spec);
  gsize sample_size = pa_sample_size (&priv->spec);
  gsize most = priv->queue_size;

  if (priv->stream != NULL && pa_stream_get_state (priv->stream) == PA_STREAM_READY)
    most -= pulse_ms_to_bytes (self, SERVER_MS);
  if (priv->queue_len + len > most) {
    gsize excess = priv->queue_len + len - most;
    gsize from_queue;

    /* Whole frames, so that the queue still begins with one. */
    excess += (frame - excess % frame) % frame;
    from_queue = MIN (excess, priv->queue_len);
    pulse_consume (self, from_queue);
    bytes += excess - from_queue;
    len -= excess - from_queue;
  }

  memcpy (priv->queue + priv->queue_len, bytes, len);
  if (priv->flip_sign) {
    /* The top bit lies in the last byte of each sample. */
    gsize begun = priv->queue_len % sample_size;

    for (gsize i = sample_size - 1 - begun; i < len; i += sample_size)
      priv->queue[priv->queue_len + i] ^= 0x80;
  }
  priv->queue_len += len;
}

static gboolean
pulse_playback_data (VncBaseAudio   *audio,
                     VncAudioSample *sample)
{
  VncAudioPulse *self = VNC_AUDIO_PULSE (audio);
  VncAudioPulsePrivate *priv = self->priv;

  if (!priv->playing || priv->context == NULL)
    return FALSE;
  pulse_pump (self);
  if (priv->context != NULL && sample->length > 0) {
    pulse_enqueue (self, sample->data, sample->length);
    pulse_pump (self);
  }
  return priv->context != NULL;
}

static gboolean
pulse_playback_stop (VncBaseAudio *audio)
{
  VncAudioPulse *self = VNC_AUDIO_PULSE (audio);
  gboolean was_playing = self->priv->playing;

  self->priv->playing = FALSE;
  pulse_pump (self);
  return was_playing;
}

static void
vnc_audio_pulse_finalize (GObject *object)
{
  VncAudioPulse *self = VNC_AUDIO_PULSE (object);

  pulse_drop_context (self);
  g_clear_pointer (&self->priv->loop, pa_glib_mainloop_free);
  g_free (self->priv->queue);

  G_OBJECT_CLASS (vnc_audio_pulse_parent_class)->finalize (object);
}

static void
vnc_audio_pulse_class_init (VncAudioPulseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  VncBaseAudioClass *audio_class = VNC_BASE_AUDIO_CLASS (klass);

  object_class->finalize = vnc_audio_pulse_finalize;
  audio_class->playback_start = pulse_playback_start;
  audio_class->playback_data = pulse_playback_data;
  audio_class->playback_stop = pulse_playback_stop;
}

static void
vnc_audio_pulse_init (VncAudioPulse *self)
{
  self->priv = vnc_audio_pulse_get_instance_private (self);
}

/**
 * vnc_audio_pulse_new:
 *
 * Makes a sink that plays through PulseAudio.
 *
 * The sound server is looked for when a playback starts, and again at the start after one was lost.
 *
 * Returns: (transfer full): a new sink
 */
VncAudioPulse *
vnc_audio_pulse_new (void)
{
  return g_object_new (VNC_TYPE_AUDIO_PULSE, NULL);
}
