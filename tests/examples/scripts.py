# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs programs in several languages on the libraries of the build directory, not on installed ones."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(os.path.dirname(HERE), 'interop'), os.path.join(os.path.dirname(HERE), 'demo')]
from interop import Skip  # noqa: E402

BUILD = os.environ.get('GVNC_BUILD', 'build')
SOURCE = os.environ.get('GVNC_SOURCE', os.path.dirname(os.path.dirname(HERE)))
PATIENCE = 60
PYTHON = '/usr/bin/python3' if os.path.exists('/usr/bin/python3') else sys.executable


def environment():
    env = dict(os.environ)
    libraries = [os.path.join(BUILD, name) for name in ('gvnc', 'gtkvnc', 'gvncpulse')]
    # The typelib that is installed comes before the one beside the library.
    typelibs = [os.path.join(BUILD, 'gvnc', 'typelib')] + libraries
    env['LD_LIBRARY_PATH'] = ':'.join(libraries + [env.get('LD_LIBRARY_PATH', '')]).rstrip(':')
    env['GI_TYPELIB_PATH'] = ':'.join(typelibs + [env.get('GI_TYPELIB_PATH', '')]).rstrip(':')
    return env


def quiet(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def interpreter(language):
    """The command that runs a script of a language; Skip when something is missing."""
    if language == 'python':
        if not quiet([PYTHON, '-c', 'import gi; gi.require_foreign("cairo")']):
            raise Skip('PyGObject with cairo is not installed (package python3-gi-cairo)')
        return [PYTHON]
    if language == 'js':
        if shutil.which('gjs') is None:
            raise Skip('gjs is not installed')
        return ['gjs']
    if language == 'perl':
        if shutil.which('perl') is None or not quiet(['perl', '-MGlib::Object::Introspection', '-MGtk3', '-e', '1']):
            raise Skip('Gtk3 for Perl is not installed (package libgtk3-perl)')
        return ['perl']
    return []
