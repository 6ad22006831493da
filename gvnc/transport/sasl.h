/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"

/* What a SASL mechanism has negotiated, on top of @lower; @conn is a sasl_conn_t. Takes both over. @received is read
 * before anything of @lower. */
GvncLayer *gvnc_sasl_layer_new (gpointer   conn,
                                GvncLayer *lower,
                                GBytes    *received);
