#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Turns a page of the source tree into one for gi-docgen: page.py IN.md OUT.md PAGES

The heading becomes the title. Links to other pages, whose names are PAGES with commas between them, lead to what becomes of them.
"""

import re
import sys

source, target, pages = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    text = file.read()
heading, text = text.split("\n", 1)
text = re.sub(r"\]\((?:\.\./|docs/)*(%s)\.md\)" % "|".join(pages.split(",")), r"](\1.html)", text)
# What has no page of its own stays a name.
text = re.sub(r"\[([^]]+)\]\((?!https?:|[\w]+\.html)[^)]*\)", r"\1", text)
with open(target, "w", encoding="utf-8") as file:
    file.write(f"Title: {heading.lstrip('# ')}\n\n{text}")
