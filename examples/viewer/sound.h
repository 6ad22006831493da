/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk-vnc.h>

/* Whether the sound of the remote desktop is played; nothing where there is no library for it. */
void gvnc_sound_play (VncDisplay *display,
                      gboolean    play);
