#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""House rules that a machine can check, as TAP: one line a rule, each breach a comment under it.

HACKING.md says what the rules are for. Each rule is a function that yields breaches as text; before it looks at the
tree it is run over SAMPLES, a small bad tree, and must find something there, so that no rule is blind.
"""

import argparse
import os
import re
import subprocess
import sys

MOST_LINES = 800
# Breaches of one rule that are printed.
SHOWN = 40
# Longer, and still one idea each.
LONG = {
    "tests/api/check-api.py": "compares every kind of interface fact in one pass",
    "tests/servers/vnc-server": "one table of server kinds",
}
# Facts and text of others, kept as they came.
FOREIGN = ("LICENSE", "tests/api/facts/", "tests/data/")

# Stand-alone tools with a layout of their own.
GUESTS = ("tests/bench/", "tests/servers/")

CODE = (".c", ".h", ".cxx", ".S", ".py", ".map", ".vala", ".js", ".pl", ".sh")
# Not code, and with room for a comment.
REMARKED = (".rst", ".toml", ".in", ".svg", ".supp", ".po", ".ini", "packages.txt")


class Tree:
    """The files of the project as a mapping from path to text, None for what is no text, and what gtk-vnc 1.3.1 exports."""

    def __init__(self, files, facts=""):
        self.files = files
        self.before = {}    # library -> names
        for library, name in re.findall(r"^(\S+)\.so/symbol/(\w+) = ", facts, re.M):
            self.before.setdefault(library, set()).add(name)

    @classmethod
    def read(cls, top):
        if os.path.exists(os.path.join(top, ".git")):
            # -c and -o: a file counts from the moment it is written, not when it is committed
            names = subprocess.run(["git", "-C", top, "ls-files", "-z", "-c", "-o", "--exclude-standard"],
                                   check=True, capture_output=True).stdout.decode().split("\0")
        else:   # unpacked from an archive
            names = []
            for folder, folders, found in os.walk(top):
                folders[:] = [f for f in folders if not f.startswith(".git")
                              and not os.path.exists(os.path.join(folder, f, "build.ninja"))]
                names += [os.path.relpath(os.path.join(folder, f), top) for f in found]
        files = {}
        for name in sorted(set(names)):
            path = os.path.join(top, name)
            if not name or name.startswith(FOREIGN) or os.path.islink(path) or not os.path.isfile(path):
                continue
            with open(path, "rb") as file:
                data = file.read()
            try:
                files[name] = None if b"\0" in data else data.decode()
            except UnicodeDecodeError:
                files[name] = None
        with open(os.path.join(top, "tests/api/facts/elf.txt"), encoding="utf-8") as file:
            return cls(files, file.read())

    def text(self, *suffixes, under=""):
        for name, text in self.files.items():
            if text is not None and name.startswith(under) and (not suffixes or name.endswith(suffixes)):
                yield name, text

    def is_code(self, name, text):
        return name.endswith(CODE) or text.startswith("#!") or os.path.basename(name) == "meson.build"


def without_comments(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.S)


def lines(text):
    return enumerate(text.split("\n"), 1)


# --- rules ---------------------------------------------------------------------------------------------------------

def licence_line(tree):
    """Every source names its licence in one of the first three lines"""
    for name, text in tree.text():
        told = tree.is_code(name, text) or name.endswith(REMARKED)
        if told and "SPDX-License-Identifier: " not in "\n".join(text.split("\n")[:3]):
            yield name


def length(tree):
    """No source is longer than 800 lines"""
    for name, text in tree.text():
        count = text.count("\n")
        if tree.is_code(name, text) and count > MOST_LINES and name not in LONG:
            yield f"{name}: {count} lines"


def nothing_left_open(tree):
    """Nothing is marked as left to do"""
    marks = re.compile(r"(?<!SKIP\|)\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")   # TAP has a word of its own for it
    for name, text in tree.text():
        for number, line in lines(text):
            if marks.search(line):
                yield f"{name}:{number}: {line.strip()}"


def no_machine_paths(tree):
    """No file names a path of one machine"""
    paths = re.compile(r"(?<![\w.$}/:-])/(?:work|root|farm|home/[a-z]\w*)(?![\w-])|(?<![\w.$}/-])/tmp/(?!\.X)[\w.]")
    for name, text in tree.text():
        for number, line in lines(text):
            if paths.search(line):
                yield f"{name}:{number}: {line.strip()}"


def white_space(tree):
    """No trailing white space, no tabs in C and Python, one newline at the end"""
    for name, text in tree.text():
        for number, line in lines(text):
            if line != line.rstrip() and not name.endswith((".patch", ".diff")):
                yield f"{name}:{number}: trailing white space"
            if "\t" in line and name.endswith((".c", ".h", ".py", "meson.build")) and not name.startswith(GUESTS):
                yield f"{name}:{number}: tab"
        if text and (not text.endswith("\n") or text.endswith("\n\n")):
            yield f"{name}: does not end in one newline"


def header_guard(tree):
    """Every header has #pragma once"""
    for name, text in tree.text(".h", ".h.in"):
        if "#pragma once" not in text and not name.startswith(GUESTS):
            yield name


def config_first(tree):
    """Every source of the libraries includes config.h first"""
    for name, text in tree.text(".c"):
        if name.startswith(("gvnc/", "gtkvnc/", "gvncpulse/")):
            includes = re.findall(r'^#\s*include\s+[<"]([^>"]+)', text, re.M)
            if includes[:1] != ["config.h"]:
                yield name


# Which places a place may include headers of, besides its own. The engine is the part of session/ that moves bytes; the
# rest of session/ is policy and knows no transport. "objects" is gvnc/ itself. A place that is not named is new: give
# it a line here.
MAY_INCLUDE = {
    "wire": set(),
    "decoders": {"wire"},
    "pixel": {"wire", "decoders"},
    "security": {"wire"},
    "transport": {"wire", "security"},  # a layer is made of what a security type has agreed on
    "session": {"wire", "decoders", "pixel", "security"},
    "engine": {"wire", "decoders", "pixel", "security", "transport", "session"},
    "objects": {"wire", "decoders", "pixel", "security", "transport", "session", "engine"},
}
ENGINE = re.compile(r"gvnc/session/(?:engine|replay)[\w-]*\.[ch]$")
LEAVES = {"gvnc/session/limits.h"}
# No GObject, I/O, clock or thread in the places that only know bytes.
BYTES_ONLY = ("wire", "decoders", "pixel", "security")


def place_of(path):
    parts = path.split("/")
    if parts[0] != "gvnc":
        return None
    if ENGINE.match(path):
        return "engine"
    return "objects" if len(parts) == 2 else parts[1]


def includes_of(name, text, files):
    for number, line in lines(text):
        found = re.match(r'#\s*include\s+[<"]([^>"]+)', line)
        if found:
            header = found.group(1)
            for base in (os.path.dirname(name), "gvnc", "gtkvnc", "gvncpulse", ""):
                path = os.path.normpath(os.path.join(base, header))
                if path in files:
                    yield number, header, path
                    break
            else:
                yield number, header, None


def lower_never_includes_higher(tree):
    """A lower place never includes a header of a higher one"""
    headers = {name for name, _ in tree.text(".h", ".h.in")}
    for name, text in tree.text(".c", ".h"):
        place = place_of(name)
        if place is None:
            continue
        if place not in MAY_INCLUDE:
            yield f"{name}: the place {place}/ has no line in MAY_INCLUDE"
            continue
        for number, header, path in includes_of(name, text, headers):
            if path is None:
                if place in BYTES_ONLY and re.match(r"gio/|glib-object\.h|gtk/|sys/socket|pthread", header):
                    yield f"{name}:{number}: {place}/ knows bytes only, but includes {header}"
                continue
            other = place_of(path)
            if path in LEAVES or other == place:
                continue
            if other is None or other not in MAY_INCLUDE[place]:
                yield f"{name}:{number}: {place} includes {path}"


def libraries_use_public_headers(tree):
    """The widget, the sound sink and the viewer use public headers of gvnc only"""
    headers = {name for name, _ in tree.text(".h", ".h.in")}
    public = set(public_headers(tree, "gvnc")) | {"gvnc/vncversion.h.in"}
    for name, text in tree.text(".c", ".h"):
        if name.startswith(("gtkvnc/", "gvncpulse/", "examples/viewer/")):
            for number, _, path in includes_of(name, text, headers):
                if path is not None and path.startswith("gvnc/") and path not in public:
                    yield f"{name}:{number}: {path} is private"


def public_headers(tree, folder):
    """The headers in the list that meson installs."""
    build = tree.files.get(f"{folder}/meson.build") or ""
    found = re.search(r"\w+_public_headers\s*=\s*files\((.*?)\)", build, re.S)
    return [f"{folder}/{name}" for name in re.findall(r"'([^']+\.h)'", found.group(1))] if found else []


def declared_functions(tree, folder):
    build = tree.files.get(f"{folder}/meson.build") or ""
    found = set()
    enum_headers = set()
    for call in re.findall(r"mkenums_simple\(.*?sources:\s*(?:files\()?([^)]*?)\)", build, re.S):
        enum_headers.update(re.findall(r"'([^']+\.h)'", call))
    for path in public_headers(tree, folder):
        text = without_comments(tree.files.get(path) or "")
        if os.path.basename(path) in enum_headers:
            for name in re.findall(r"\}\s*(Vnc\w+)\s*;", "".join(re.findall(r"typedef\s+enum.*?;", text, re.S))):
                found.add(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() + "_get_type")
        text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", " ", text, flags=re.M)
        found.update(re.findall(r"\b(vnc_\w+)\s*\(", text))
    return found


def nodes_of(text):
    """The versions of an export list with their names; one without a name is ""."""
    found = []
    for node, body in re.findall(r"([\w.]*)\s*\{([^}]*)\}", without_comments(text)):
        found += [(name, node) for name in re.findall(r"\b(vnc_\w+)\s*;", body)]
    return found


def library_of(path):
    return os.path.basename(path)[:-len(".map")]


def exports_of(tree, path, text):
    """What a library exports: name -> version. What gtk-vnc 1.3.1 has needs no line beside a version."""
    return {**dict.fromkeys(tree.before.get(library_of(path), ()), ""), **dict(nodes_of(text))}


def map_is_public_api(tree):
    """Each export list, and what gtk-vnc 1.3.1 exports, names exactly what the installed headers declare"""
    for path, text in tree.text(".map"):
        exported = set(exports_of(tree, path, text))
        declared = declared_functions(tree, os.path.dirname(path))
        for name in sorted(exported - declared):
            yield f"{path}: {name} is in no public header"
        for name in sorted(declared - exported):
            yield f"{path}: {name} is declared but not exported"


def what_was_added_has_a_version(tree):
    """What gtk-vnc 1.3.1 exports has no version, all else that of the release it came with"""
    for path, text in tree.text(".map"):
        before = tree.before.get(library_of(path), set())
        prefix = re.sub(r"-[0-9.]+$", "", library_of(path)).upper().replace("-", "_") + "_"
        since = {}
        for name, node in nodes_of(text):
            if name in since:
                yield f"{path}: {name} is there twice"
            since[name] = node
            if node and name in before:
                yield f"{path}: {name} is in gtk-vnc 1.3.1, and has no version there"
            elif name not in before and not re.fullmatch(re.escape(prefix) + r"[0-9]+\.[0-9]+", node):
                yield f"{path}: {name} is of {node or 'no version'}, not of {prefix}…"


def packages_list_the_symbols(tree):
    """debian/*.symbols lists what the libraries export, nothing newer than meson.build says"""
    told = {}    # library -> symbol and version -> release since
    for path, text in tree.text(".symbols", under="debian/"):
        for soname, body in re.findall(r"^(lib\S+)\.so\.\S+ [^\n]*\n((?:[* |][^\n]*\n)*)", text, re.M):
            told[soname] = dict(re.findall(r"^ (\S+@\S+) (\S+)$", body, re.M))
    current = re.search(r"^  version: '([0-9.]+)'", tree.files.get("meson.build") or "", re.M)
    newest = [int(number) for number in current.group(1).split(".")] if current else []
    for path, text in tree.text(".map"):
        exports = exports_of(tree, path, text)
        exported = {f"{name}@{node or 'Base'}" for name, node in exports.items()}
        exported |= {f"{node}@{node}" for node in exports.values() if node}
        listed = told.get(library_of(path), {})
        for name in sorted(exported - set(listed)):
            yield f"{path}: {name} is in no debian/*.symbols"
        for name in sorted(set(listed) - exported):
            yield f"{path}: {name} is gone, but listed in debian/*.symbols"
        for name, since in sorted(listed.items()):
            if [int(number) for number in re.findall("[0-9]+", since)] > newest:
                yield f"{path}: {name} is there since {since}, which is to come"
            node = re.search(r"@\w+_([0-9.]+)$", name)
            if node and not (since + ".").startswith(node.group(1) + "."):
                yield f"{path}: {name} is there since {since}"


def translations_are_listed(tree):
    """po/POTFILES names exactly the sources with texts for people"""
    listed = [line.strip() for line in (tree.files.get("po/POTFILES") or "").split("\n")]
    listed = {line for line in listed if line and not line.startswith("#")}
    marked = {name for name, text in tree.text(".c", ".h")
              if not name.startswith("tests/") and re.search(r"\b(?:N|C|NC|Q)?_ ?\(\s*\"", without_comments(text))}
    for name in sorted(marked - listed):
        yield f"{name} has texts and is not listed"
    for name in sorted(listed - marked):
        if name not in tree.files:
            yield f"{name} is listed and does not exist"
        elif name.endswith((".c", ".h")):
            yield f"{name} is listed and has no texts"


def ceilings_are_told(tree):
    """SECURITY.md has every ceiling of session/limits.h, and no other"""
    there = set(re.findall(r"^#define (GVNC_LIMIT_\w+)", tree.files.get("gvnc/session/limits.h") or "", re.M))
    told = set(re.findall(r"^\| `(GVNC_LIMIT_\w+)`", tree.files.get("SECURITY.md") or "", re.M))
    for name in sorted(there ^ told):
        yield f"{name} is " + ("not in SECURITY.md" if name in there else "told, but gone")


RULES = (licence_line, length, nothing_left_open, no_machine_paths, white_space, header_guard, config_first,
         lower_never_includes_higher, libraries_use_public_headers, map_is_public_api,
         what_was_added_has_a_version, packages_list_the_symbols, translations_are_listed, ceilings_are_told)

# At least one breach of each rule.
SAMPLES = Tree({
    "gvnc/meson.build": "gvnc_public_headers = files(\n  'vncthing.h',\n)\n"
                        "x = gnome.mkenums_simple('e',\n  sources: files('vncthing.h'),\n)\n",
    "gvnc/lib.map": "{ global: vnc_gone; vnc_thing_kind_get_type; };\n",
    "gvnc/vncthing.h": "typedef enum { VNC_A } VncThingKind;\nvoid vnc_thing_new (void);\n",
    "gvnc/wire/a.h": "#pragma once\n",
    "gvnc/session/limits.h": "#pragma once\n#define GVNC_LIMIT_A 1\n",
    "gvnc/session/b.h": "#pragma once\n",
    "gvnc/wire/c.c": '#include "session/limits.h"\n#include "session/b.h"\n' + "\n" * MOST_LINES,
    "gvnc/vncthing.c": 'const char *text = _("text"); /* TO' 'DO */ \n\tint tab;',
    "gtkvnc/d.c": '#include "wire/a.h"\n',
    "README.md": "see /wo" "rk/main and /t" "mp/x\n",
}, "lib.so/symbol/vnc_thing_old = FUNC unversioned\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--top", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    parser.add_argument("folder", nargs="?", help="the same as --top")
    options = parser.parse_args()
    tree = Tree.read(options.folder or options.top)
    n_failed = 0

    print(f"1..{2 * len(RULES)}")
    print(f"# {len(tree.files)} files")
    for number, rule in enumerate(RULES):
        blind = not list(rule(SAMPLES))
        print(f"{'not ok' if blind else 'ok'} {2 * number + 1} - finds the sample: {rule.__doc__}")
        breaches = list(rule(tree))
        print(f"{'not ok' if breaches or not tree.files else 'ok'} {2 * number + 2} - {rule.__doc__}")
        for breach in breaches[:SHOWN]:
            print(f"#   {breach}")
        if len(breaches) > SHOWN:
            print(f"#   and {len(breaches) - SHOWN} more")
        n_failed += blind + bool(breaches)
    sys.exit(1 if n_failed or not tree.files else 0)


main()
