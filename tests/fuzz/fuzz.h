/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A target is a function of bytes that must neither crash nor hang. libFuzzer calls it with bytes of its own
 * (-Dfuzz=enabled, clang); driver.c calls it with each file of seeds/ in every test run. */
int  LLVMFuzzerTestOneInput (const guint8 *data,
                             gsize         size);

/* The ceiling of a picture's sides while fuzzing, so that time goes into the bytes and not into pixels. */
extern guint gvnc_fuzz_side_px;

/* Feeds @data to the decoder of @encoding, and reads all pixels that its operations point at.
 *
 *   U8 pixel format, an index of gvnc_test_formats; beyond them: JPEG quality, one more for each round
 *   U8 how many bytes arrive at a time; 0: all
 *   U8 width − 1, U8 height − 1 (with the ceiling, modulo)
 *   then rectangles of that size, one after another, as on the wire
 */
void gvnc_fuzz_decoder      (gint32        encoding,
                             const guint8 *data,
                             gsize         size);
