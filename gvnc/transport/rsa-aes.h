/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"

/* Frames of RSA-AES on top of @lower; @keys is a GvncRsaAesKeys. Takes both over. @received is read before anything of
 * @lower. */
GvncLayer *gvnc_rsa_aes_layer_new (gpointer   keys,
                                   GvncLayer *lower,
                                   GBytes    *received);
