/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session/session.h"

/* Scripted sessions: what a server says, what we must answer, what the application does and what it must be told, in
 * order. A script is a list of lines; the first character of each says what it is:
 *
 *   > bytes     the server sends them
 *   < bytes     we have sent exactly these since the last such line
 *   ! command   the application does something: see script-command.c; or `time MS`: so many milliseconds go by
 *   = event     the next event that the application gets: see script-event.c
 *   # glob      the session has ended in an error that reads like this
 *
 * Bytes are as in lib/vectors.h, and 'text' stands for itself. What an application is told by `rect` has the colours of
 * the rectangle's pixels behind it, when they are few. At a line of another kind than =, nothing else may have been told;
 * at a line of another kind than <, nothing else may have been sent: silence need not be written down.
 *
 * Each script is run whole, byte by byte, and cut short at every length; then nothing may have happened that was not
 * due, and the session must want more. */
#define GVNC_SCRIPT_MOST_LINES 48

typedef struct {
  const char *name;
  const char *const *before;                    /* a script that comes first, for example a handshake; may be NULL */
  const char *lines[GVNC_SCRIPT_MOST_LINES];
} GvncScript;

/* Adds a test for each of @n scripts as @path/name. */
void         gvnc_scripts_add     (const char       *path,
                                   const GvncScript *scripts,
                                   gsize             n);

/* The lines of a handshake with a server of a 4×2 desktop, gvnc_test_rgb32, with the name 'desk'. */
#define GVNC_SCRIPT_DESK_LINES \
  "> 'RFB 003.008\n'", "< 'RFB 003.008\n'", "> 01 01", "= auth-types 1", "! type 1", "< 01", "> 00000000", "< 00", \
  "> 0004 0002  20 18 00 01 00ff 00ff 00ff 10 08 00 000000  00000004 'desk'", \
  "= initialized 4x2 32/24 255<<16 255<<8 255<<0 'desk'"
extern const char *const gvnc_script_desk[];
/* The same, and the application has asked for the encodings that a rectangle can have. */
extern const char *const gvnc_script_asked[];

/* Parts, for other runners: */
GBytes      *gvnc_script_bytes    (const char       *text);
GvncCommand *gvnc_script_command  (const char       *text);
char        *gvnc_script_event    (const GvncEvent  *event);
