/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "transport/layer.h"

/* Both ends of a link as SASL calls them, "address;port"; NULL where it is no Internet socket. To be freed. */
char *gvnc_layer_local_address  (GvncLayer *layer);
char *gvnc_layer_remote_address (GvncLayer *layer);
/* The port of the other end; 0 where it is no Internet socket. */
guint16 gvnc_layer_remote_port  (GvncLayer *layer);
