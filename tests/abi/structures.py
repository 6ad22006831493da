#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes a source with a pointer to each public structure: structures.py OUT.c HEADER…"""
import os
import re
import sys

headers = sys.argv[2:]
with open(sys.argv[1], 'w') as out:
    for header in headers:
        out.write('#include <%s>\n' % os.path.basename(header))
    for header in headers:
        with open(header) as f:
            for name in re.findall(r'^struct _(\w+)\s*\{', f.read(), re.M):
                out.write('extern struct _%s *abi_%s;\nstruct _%s *abi_%s;\n' % ((name,) * 4))
