#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts what of the interface is documented: coverage.py GIR…

A symbol is a type, function, method, virtual method, property, signal, field, member, constant, and each parameter and result of what
can be called. Left out is what is never written about: class structures and private ones, what every class has in its structure, casts
and type checks. A virtual method is documented where the signal or the method of its name is, or its place in the class structure.
Fails when something is not.
"""
import sys
import xml.etree.ElementTree as ET

CORE = '{http://www.gtk.org/introspection/core/1.0}'
GLIB = '{http://www.gtk.org/introspection/glib/1.0}'
CALLABLE = ('function', 'method', 'constructor', 'callback', GLIB + 'signal')
NAMED = CALLABLE + ('class', 'interface', 'record', 'union', 'enumeration', 'bitfield', 'alias', 'constant', 'property', 'field', 'member',
                    'virtual-method')


def is_documented(element):
    return element.find(CORE + 'doc') is not None


def left_out(element, kind):
    name = element.get('name') or ''
    if kind == 'record':
        return element.get(GLIB + 'is-gtype-struct-for') is not None or name.endswith('Private')
    if kind == 'field':
        return name in ('parent', 'parent_instance', 'priv') or name.startswith('_')
    return False


def class_structure(namespace, element):
    name = element.get(GLIB + 'type-struct')
    return namespace.find("%srecord[@name='%s']" % (CORE, name)) if name else None


def visit(namespace, element, path, told):
    for child in element:
        kind = child.tag.replace(CORE, '')
        if kind not in NAMED or left_out(child, kind):
            continue
        name = child.get('name') or child.get(GLIB + 'name')
        where = '%s.%s' % (path, name)
        if kind == 'virtual-method':
            structure = class_structure(namespace, element)
            elsewhere = [*element, *(structure if structure is not None else [])]
            told.append((where + ' (virtual)', any(is_documented(other) for other in elsewhere if other.get('name') in (
                name, name.replace('_', '-')))))
            continue
        told.append((where, is_documented(child)))
        if kind in CALLABLE:
            for parameter in child.iterfind('%sparameters/%sparameter' % (CORE, CORE)):
                told.append(('%s(%s)' % (where, parameter.get('name')), is_documented(parameter)))
            result = child.find(CORE + 'return-value')
            if result is not None and result.find(CORE + "type[@name='none']") is None:
                told.append((where + '() result', is_documented(result)))
        visit(namespace, child, where, told)


def main(paths):
    missing = []
    total = 0
    for path in paths:
        namespace = ET.parse(path).getroot().find(CORE + 'namespace')
        told = []
        visit(namespace, namespace, namespace.get('name'), told)
        gone = [name for name, documented in told if not documented]
        print('# %s-%s: %d of %d documented' % (namespace.get('name'), namespace.get('version'), len(told) - len(gone), len(told)))
        missing += gone
        total += len(told)
    for name in missing:
        print('# not documented: %s' % name)
    print('%s 1 - %d of %d public symbols are documented' % ('not ok' if missing or not total else 'ok', total - len(missing), total))
    print('1..1')
    return 1 if missing or not total else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
