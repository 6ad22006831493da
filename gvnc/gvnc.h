/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <vncbaseframebuffer.h>
#include <vnccertificate.h>
#include <vncclipboard.h>
#include <vnccolormap.h>
#include <vncconnection.h>
#include <vncconnectionenums.h>
#include <vnccredentialrequest.h>
#include <vnccursor.h>
#include <vncerror.h>
#include <vncframebuffer.h>
#include <vncpixelformat.h>
#include <vncscreen.h>
#include <vncuri.h>
#include <vncutil.h>
#include <vncversion.h>
