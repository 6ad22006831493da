#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""PORT TYPE: logs in with the request for credentials, answered from the main loop, and tells what the request said, as JSON."""
import json
import sys
import gi
gi.require_version('GVnc', '1.0')
from gi.repository import Gio, GLib, GVnc  # noqa: E402

port, auth_type = sys.argv[1], int(sys.argv[2])
loop = GLib.MainLoop()
conn = GVnc.Connection()
told = {'old': 0}


def answer(request):
    try:
        request.complete()
    except GLib.Error as error:
        told['incomplete'] = error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.INVALID_ARGUMENT)
    request.set(GVnc.ConnectionCredential.USERNAME, 'tester')
    request.set(GVnc.ConnectionCredential.PASSWORD, 'sesame')
    told['completed'] = request.complete()
    told['cancelled'] = request.get_cancellable().is_cancelled()
    return GLib.SOURCE_REMOVE


def requested(_conn, request):
    told.update(host=request.get_host(), type=request.get_auth_type(), subtype=request.get_auth_subtype(),
                encrypted=request.get_encrypted(), verified=request.get_verified(),
                wants=[request.wants(GVnc.ConnectionCredential(number)) for number in range(3)])
    GLib.idle_add(answer, request)
    return True


def verify(_conn, _certificate):
    conn.accept_certificate(GVnc.CertificateDecision.ACCEPT)
    return True


def opened(_conn, result):
    try:
        told['session'] = conn.open_host_finish(result)
    except GLib.Error as error:
        told['error'] = error.message
    loop.quit()


def old(*_args):
    told['old'] += 1


conn.connect('vnc-credentials-requested', requested)
conn.connect('vnc-verify-certificate', verify)
conn.connect('vnc-auth-credential', old)
conn.set_auth_order([99, auth_type])
told['order'] = conn.get_auth_order()
conn.open_host_async('127.0.0.1', port, None, opened)
GLib.timeout_add_seconds(30, loop.quit)
loop.run()
conn.shutdown()
print(json.dumps(told))
