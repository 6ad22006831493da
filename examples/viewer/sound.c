/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "sound.h"

#ifdef HAVE_GVNCPULSE
#include <gvncpulse.h>

void
gvnc_sound_play (VncDisplay *display,
                 gboolean    play)
{
  VncConnection *connection = vnc_display_get_connection (display);

  if (play) {
    VncAudioPulse *sink = vnc_audio_pulse_new ();

    vnc_connection_set_audio (connection, VNC_AUDIO (sink));
    vnc_connection_audio_enable (connection);
    g_object_unref (sink);
  } else {
    vnc_connection_audio_disable (connection);
  }
}

#else

void
gvnc_sound_play (VncDisplay *display,
                 gboolean    play)
{
}

#endif
