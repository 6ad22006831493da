/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A PulseAudio of our own whose only sink is a null sink, as a test's fixture. What is played there comes out of the
 * sink's monitor. */

#include <gio/gio.h>

#define NULL_SINK_RATE 48000

typedef struct {
  char        *dir;      /* home of everything: runtime dir, socket */
  char        *socket;
  GSubprocess *server;   /* NULL: not running */
} NullSink;

/* Points the environment to a sound server that is not there yet. */
void         null_sink_set_up    (NullSink      *sink,
                                  gconstpointer  unused);
void         null_sink_tear_down (NullSink      *sink,
                                  gconstpointer  unused);

/* FALSE, and the test marked as skipped, where there is no PulseAudio to run. */
gboolean     null_sink_start     (NullSink *sink);
void         null_sink_stop      (NullSink *sink);

/* (transfer full): a program that writes what is played as 16-bit samples of one channel at NULL_SINK_RATE. */
GSubprocess *null_sink_record    (void);
