/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vncbaseaudio.h>

G_BEGIN_DECLS

#define VNC_TYPE_AUDIO_PULSE            (vnc_audio_pulse_get_type ())
#define VNC_AUDIO_PULSE(obj)            (G_TYPE_CHECK_INSTANCE_CAST ((obj), VNC_TYPE_AUDIO_PULSE, VncAudioPulse))
#define VNC_AUDIO_PULSE_CLASS(klass)    (G_TYPE_CHECK_CLASS_CAST ((klass), VNC_TYPE_AUDIO_PULSE, VncAudioPulseClass))
#define VNC_IS_AUDIO_PULSE(obj)         (G_TYPE_CHECK_INSTANCE_TYPE ((obj), VNC_TYPE_AUDIO_PULSE))
#define VNC_IS_AUDIO_PULSE_CLASS(klass) (G_TYPE_CHECK_CLASS_TYPE ((klass), VNC_TYPE_AUDIO_PULSE))
#define VNC_AUDIO_PULSE_GET_CLASS(obj)  (G_TYPE_INSTANCE_GET_CLASS ((obj), VNC_TYPE_AUDIO_PULSE, VncAudioPulseClass))

typedef struct _VncAudioPulse        VncAudioPulse;
typedef struct _VncAudioPulseClass   VncAudioPulseClass;
typedef struct _VncAudioPulsePrivate VncAudioPulsePrivate;

struct _VncAudioPulse {
  VncBaseAudio parent;

  VncAudioPulsePrivate *priv;
};

struct _VncAudioPulseClass {
  VncBaseAudioClass parent_class;

  /* No reserved slots: the size is ABI. */
};

GType          vnc_audio_pulse_get_type (void) G_GNUC_CONST;
VncAudioPulse *vnc_audio_pulse_new      (void);

G_END_DECLS
