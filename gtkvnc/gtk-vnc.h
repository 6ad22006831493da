/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The header that applications with a VNC widget include. The Vala package says that all is in it. */

#include <vnccairoframebuffer.h>
#include <vncdisplay.h>
#include <vncdisplayenums.h>
#include <vncgrabsequence.h>
