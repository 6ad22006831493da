/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "wire/error.h"

/* What both sides of GVNC_SECURE_SASL use: the handler gives its sasl_conn_t away, the layer passes data through it. */
struct sasl_conn;

/* A text of the server or of the library that says what went wrong, fit for people. */
char *gvnc_sasl_text (struct sasl_conn *conn,
                      int               status);
void  gvnc_sasl_free (gpointer          conn);
