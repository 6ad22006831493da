#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""installed.py SOURCE BUILD: whether what is installed belongs together, as TAP.

Each program has its manual page with all of its options; desktop file, metainfo, icon and Flatpak manifest speak of the same
program; the packages of debian/ take all that is installed.
"""
import fnmatch
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree

SOURCE, BUILD = sys.argv[1:3]
ID = 'org.gnome.gvncviewer'
# A hole in the sandbox needs its reason here.
HOLES = {
    '--share=ipc': 'pictures for X11 in shared memory',
    '--share=network': 'servers',
    '--socket=fallback-x11': 'the window',
    '--socket=wayland': 'the window',
    '--socket=pulseaudio': 'sound',
    '--device=dri': 'drawing with the graphics card',
}


def introspect():
    """The installed files, as they lie below the prefix."""
    text = subprocess.run(['meson', 'introspect', '--installed', '--buildoptions', BUILD], check=True, stdout=subprocess.PIPE).stdout
    told = json.loads(text)
    options = {option['name']: option['value'] for option in told['buildoptions']}
    paths = [os.path.relpath(path, options['prefix']) for path in told['installed'].values()]
    return sorted(paths), options


def read(*names):
    with open(os.path.join(SOURCE, *names), encoding='utf-8') as f:
        return f.read()


def desktop_entry():
    return dict(line.split('=', 1) for line in read('examples', 'viewer', ID + '.desktop.in').splitlines() if '=' in line)


def programs(installed):
    return [os.path.basename(path) for path in installed if path.startswith('bin/')]


def manual_pages(installed):
    """Each program has a manual page"""
    if not programs(installed):
        yield 'no program is installed'
    for name in programs(installed):
        if not os.path.exists(os.path.join(SOURCE, 'docs', name + '.1.rst')):
            yield 'docs/%s.1.rst does not exist' % name
        elif any('/man1/' in path for path in installed) and not any(path.endswith('/man1/%s.1' % name) for path in installed):
            yield '%s.1 is not installed' % name


def options_are_told(installed):
    """Each option of a program is in its manual page"""
    for name in programs(installed):
        env = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')
        said = subprocess.run([os.path.join(BUILD, 'examples', 'viewer', name), '--help'], env=env, stdout=subprocess.PIPE,
                              universal_newlines=True).stdout
        options = set(re.findall(r'^ .*?(--[a-z][a-z-]*)', said, re.M)) - {'--help', '--help-all', '--display'}
        if '--version' not in options:
            yield '%s --help lists no --version: %r' % (name, said)
        options = {option for option in options if not option.startswith('--help-')}
        page = read('docs', name + '.1.rst')
        for option in sorted(options):
            if not re.search(r'(?<![\w-])%s(?![\w-])' % option, page):
                yield '%s: %s' % (name, option)


def desktop_files(installed):
    """Desktop file, metainfo and icon belong to the viewer"""
    entry = desktop_entry()
    if entry['Exec'].split()[0] not in programs(installed):
        yield 'Exec=%s' % entry['Exec']
    for path in ('share/applications/%s.desktop' % ID, 'share/metainfo/%s.metainfo.xml' % ID,
                 'share/icons/hicolor/scalable/apps/%s.svg' % entry['Icon']):
        if path not in installed:
            yield '%s is not installed' % path
    info = xml.etree.ElementTree.fromstring(read('examples', 'viewer', ID + '.metainfo.xml.in').split('?>', 1)[1])
    if info.findtext('id') != ID or info.findtext('launchable') != ID + '.desktop' or info.findtext('summary') != entry['Comment']:
        yield 'the metainfo is about something else'
    kinds = {element.text for element in info.findall('provides/mediatype')}
    if kinds != set(entry['MimeType'].strip(';').split(';')):
        yield 'the metainfo provides %s' % sorted(kinds)
    version = re.search(r"version: '([^']+)'", read('meson.build')).group(1)
    if info.find('releases/release').get('version') != version:
        yield 'the metainfo does not begin with release %s' % version
    xml.etree.ElementTree.fromstring(read('examples', 'viewer', ID + '.svg').split('?>', 1)[1])


def flatpak(installed):
    """The Flatpak manifest is the viewer's and opens no more than it needs"""
    manifest = json.loads(read('flatpak', ID + '.json'))
    if manifest['id'] != ID or manifest['command'] != desktop_entry()['Exec'].split()[0]:
        yield '%s runs %s' % (manifest['id'], manifest['command'])
    for hole in manifest['finish-args']:
        if hole not in HOLES:
            yield hole
    known = re.findall(r"^option\('(\w+)'", read('meson_options.txt'), re.M)
    for option in manifest['modules'][-1]['config-opts']:
        if option[2:].split('=')[0] not in known:
            yield 'there is no option %s' % option


def debian(installed, options):
    """The packages of debian/ take all that is installed, and each takes something"""
    everything = []
    for folder, _, names in os.walk(os.path.join(SOURCE, 'debian')):
        everything += [os.path.join(folder, name) for name in names if name.endswith('.install')]
    patterns = {}
    for path in everything:
        for line in read(path).split('\n'):
            if line:
                patterns[line.split()[0]] = os.path.basename(path)
    library = options['libdir'].rstrip('/') + '/'
    paths = ['usr/lib/any/' + path[len(library):] if path.startswith(library) else 'usr/' + path for path in installed]
    for path in paths:
        if not any(fnmatch.fnmatch(path, pattern) or fnmatch.fnmatch(path, pattern + '/*') for pattern in patterns):
            yield 'no package has %s' % path
    version = re.match(r'gtk-vnc \(([^)-]+)', read('debian', 'changelog')).group(1)
    if version != re.search(r"version: '([^']+)'", read('meson.build')).group(1):
        yield 'debian/changelog begins with %s' % version
    if not patterns:
        yield 'debian/ has no packages'


def main():
    installed, options = introspect()
    failed = 0
    rules = (manual_pages, options_are_told, desktop_files, flatpak, debian)
    print('1..%d' % len(rules))
    for number, rule in enumerate(rules, 1):
        breaches = list(rule(installed, options) if rule is debian else rule(installed))
        for breach in breaches:
            print('#   ' + breach)
        failed += bool(breaches)
        print('%s %d - %s' % ('not ok' if breaches else 'ok', number, rule.__doc__))
    return 1 if failed else 0


sys.exit(main())
