#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares an installed build of the three VNC libraries with the interface facts.

  check-api.py --prefix DIR            DIR as given to `meson setup --prefix`, after install
or the folders one by one (each may be given several times):
  check-api.py --libdir D --includedir D --girdir D --typelibdir D --vapidir D --pkgconfigdir D

Options:
  --only a,b     of: elf consumers pc headers gtypes gir typelib vapi        (default: all)
  --facts DIR    folder of the facts files                         (default: facts/ beside this file)
  --dump DIR     write the facts of the given build instead of comparing
  --quiet-added  do not list what the build has beyond the facts

One line per difference:  FAIL group key: wanted ..., got ...   (missing or changed)
                          added group key = value               (allowed)
The closing line is `N passed, N failed`; exit status 1 when something failed.
Needs: python3, python3-gi, gcc, pkg-config, the GLib/GTK 3 development files. No other VNC library.
"""
import argparse, glob, json, os, re, struct, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

LIBS = [  # pkg-config name, library stem, header folder, umbrella header, GIR namespace
    ("gvnc-1.0", "libgvnc-1.0.so", "gvnc-1.0", "gvnc.h", "GVnc-1.0"),
    ("gvncpulse-1.0", "libgvncpulse-1.0.so", "gvncpulse-1.0", "gvncpulse.h", "GVncPulse-1.0"),
    ("gtk-vnc-2.0", "libgtk-vnc-2.0.so", "gtk-vnc-2.0", "gtk-vnc.h", "GtkVnc-2.0"),
]
GROUPS = ["elf", "consumers", "pc", "headers", "gtypes", "gir", "typelib", "vapi"]
HERE = os.path.dirname(os.path.abspath(__file__))


def run(cmd, env=None, **kw):
    e = dict(os.environ)
    e.update(env or {})
    return subprocess.run(cmd, env=e, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True, **kw)


# ---------------------------------------------------------------- facts files
def read_facts(path):
    facts = {}
    if not os.path.exists(path): return facts
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            key, _, value = line.partition(" = ")
            facts[key.rstrip()] = value
    return facts


def write_facts(path, facts, head):
    with open(path, "w", encoding="utf-8") as f:
        for h in head:
            f.write("# " + h + "\n")
        for k in sorted(facts):
            f.write("%s = %s\n" % (k, facts[k]))


# ---------------------------------------------------------------- elf
def elf_read(path):
    """Returns soname, needed[], {symbol: 'TYPE version'} of an ELF shared object."""
    d = open(path, "rb").read()
    if d[:4] != b"\x7fELF":
        raise ValueError("not ELF: " + path)
    is64, end = d[4] == 2, "<" if d[5] == 1 else ">"
    u = lambda fmt, off: struct.unpack_from(end + fmt, d, off)
    if is64:
        shoff, = u("Q", 40); shentsize, shnum, _ = u("HHH", 58)
    else:
        shoff, = u("I", 32); shentsize, shnum, _ = u("HHH", 46)
    secs = []
    for i in range(shnum):
        o = shoff + i * shentsize
        if is64:
            n, t, fl, ad, off, sz, link, info, al, es = u("IIQQQQIIQQ", o)
        else:
            n, t, fl, ad, off, sz, link, info, al, es = u("IIIIIIIIII", o)
        secs.append((t, off, sz, link, info, es))
    def cstr(off):
        return d[off:d.index(b"\0", off)].decode()
    soname, needed, syms, ver, vernames = None, [], {}, None, {}
    for t, off, sz, link, info, es in secs:
        stroff = secs[link][1] if link < len(secs) else 0
        if t == 6:                                         # SHT_DYNAMIC
            step = 16 if is64 else 8
            for p in range(off, off + sz, step):
                tag, val = u("qQ" if is64 else "iI", p)
                if tag == 1: needed.append(cstr(stroff + val))
                if tag == 14: soname = cstr(stroff + val)
        elif t == 0x6fffffff:                              # .gnu.version
            ver = off
        elif t == 0x6ffffffd:                              # .gnu.version_d
            p = off
            for _ in range(info):
                _v, flags, ndx, cnt, _h, aux, nxt = u("HHHHIII", p)
                vernames[ndx] = (cstr(stroff + u("I", p + aux)[0]), flags & 1)
                if not nxt: break
                p += nxt
    for t, off, sz, link, info, es in secs:
        if t != 11: continue                               # SHT_DYNSYM
        stroff = secs[link][1]
        for i in range(sz // es):
            o = off + i * es
            if is64: n, inf, oth, shndx, val, size = u("IBBHQQ", o)
            else: n, val, size, inf, oth, shndx = u("IIIBBH", o)
            if shndx == 0 or (inf >> 4) not in (1, 2) or not n or (oth & 3) not in (0, 3): continue
            typ = {1: "OBJECT", 2: "FUNC", 10: "IFUNC"}.get(inf & 15, str(inf & 15))
            node = "unversioned"
            if ver is not None:
                idx = u("H", ver + 2 * i)[0] & 0x7fff
                if idx in vernames and not vernames[idx][1]: node = vernames[idx][0]
            if typ in ("FUNC", "OBJECT", "IFUNC") and cstr(stroff + n) not in ("_init", "_fini"):
                if (inf & 15) == 1 and shndx == 0xfff1: continue   # version node name itself
                syms[cstr(stroff + n)] = typ + " " + node
    return soname, needed, syms


def find_lib(a, stem):
    for d in a.libdir:
        for n in (stem + ".0", stem):
            p = os.path.join(d, n)
            if os.path.exists(p): return p
    return None


def get_elf(a):
    out = {}
    for pc, stem, inc, umb, ns in LIBS:
        p = find_lib(a, stem)
        if not p: continue
        soname, needed, syms = elf_read(p)
        real = os.path.basename(os.path.realpath(p))
        out["%s/soname" % stem] = soname
        out["%s/file" % stem] = real
        out["%s/devlink" % stem] = "present" if any(
            os.path.exists(os.path.join(d, stem)) for d in a.libdir) else "absent"
        for n in needed: out["%s/needed/%s" % (stem, n)] = "info"
        for s in syms: out["%s/symbol/%s" % (stem, s)] = syms[s]
    return out


def cmp_elf(want, got, r):
    for k, v in want.items():
        if "/needed/" in k:
            continue                                        # how it is built is free
        if k.endswith("/file"):                             # same ABI number; later minor numbers allowed
            m = re.match(r"(.*\.so\.\d+)", v)
            r.test(k, m.group(1) + ".*", got.get(k, "").startswith(m.group(1)), got.get(k))
        elif "/symbol/" in k:
            g = got.get(k)
            # an unversioned reference resolves against a versioned definition, so a node may be added
            r.test(k, v, g is not None and g.split()[0] in (v.split()[0], "IFUNC"), g)
        else:
            r.test(k, v, got.get(k) == v, got.get(k))
    for k in sorted(set(got) - set(want)):
        if "/symbol/" in k: r.added(k, got[k])


# ---------------------------------------------------------------- pkg-config
def get_pc(a):
    out = {}
    env = {"PKG_CONFIG_PATH": ":".join(a.pkgconfigdir)}
    for pc, stem, inc, umb, ns in LIBS:
        p = next((os.path.join(d, pc + ".pc") for d in a.pkgconfigdir
                  if os.path.exists(os.path.join(d, pc + ".pc"))), None)
        if not p: continue
        var, fld = {}, {}
        for line in open(p, encoding="utf-8"):
            m = re.match(r"\s*([A-Za-z0-9_.]+)\s*=\s*(.*?)\s*$", line)
            if m: var[m.group(1)] = m.group(2); continue
            m = re.match(r"\s*([A-Za-z0-9_.]+)\s*:\s*(.*?)\s*$", line)
            if m: fld[m.group(1)] = m.group(2)
        k = pc + "/"
        out[k + "name"] = fld.get("Name", "")
        out[k + "version"] = fld.get("Version", "")
        out[k + "variables"] = " ".join(sorted(set(var) & {"prefix", "exec_prefix", "includedir", "libdir"} - {"exec_prefix"}))
        for f in ("Requires", "Requires.private"):
            for m in re.finditer(r"([A-Za-z0-9_.+-]+)(?:\s*(>=|=|<=|>|<)\s*([\w.]+))?\s*,?", fld.get(f, "")):
                out[k + f + "/" + m.group(1)] = ((m.group(2) or "") + " " + (m.group(3) or "")).strip() or "any"
        out[k + "libs"] = " ".join(x for x in fld.get("Libs", "").split() if x.startswith("-l"))
        out[k + "include-folder"] = " ".join(os.path.basename(x[2:]) for x in fld.get("Cflags", "").split() if x.startswith("-I"))
        c = run(["pkg-config", "--cflags", pc], env)
        out[k + "pkg-config-cflags-works"] = "yes" if c.returncode == 0 else "no"
    return out


def vtuple(s):
    return [int(x) for x in re.findall(r"\d+", s or "")]


def cmp_pc(want, got, r):
    for k, v in want.items():
        g = got.get(k)
        if "Requires.private" in k: continue
        if k.endswith("/version"): r.test(k, ">= " + v, vtuple(g) >= vtuple(v), g)
        elif "/Requires/" in k: r.test(k, "required", g is not None, g)
        elif k.endswith(("/libs", "/include-folder", "/variables")):
            r.test(k, v, g is not None and set(v.split()) <= set(g.split()), g)
        else: r.test(k, v, g == v, g)


# ---------------------------------------------------------------- headers
def hdr_text(path):
    r = run(["gcc", "-fpreprocessed", "-dD", "-E", "-P", "-x", "c", path])
    return r.stdout


def norm_type(t):
    t = re.sub(r"\s+", " ", t.strip())
    t = re.sub(r"\s*\*\s*", " *", t)
    t = re.sub(r"\* \*", "**", t)
    return t.strip()


def split_args(s):
    out = []
    for a in [x.strip() for x in s.split(",")]:
        if a in ("void", ""): continue
        if a == "...": out.append(("...", "")); continue
        m = re.match(r"^(.*?[\s*])(\w+)$", a, re.S)
        out.append((norm_type(m.group(1)), m.group(2)) if m else (norm_type(a), ""))
    return out


def sig(ret, args):
    return "%s (%s)" % (norm_type(ret), ", ".join((t + " " + n).replace("* ", "*").strip() for t, n in args) or "void")


def parse_sig(s):
    """'gboolean (VncConnection *conn, int fd)' -> ('gboolean', [types])"""
    m = re.match(r"^(.*?) \((.*)\)$", s)
    args = [] if m.group(2) == "void" else [t for t, n in split_args(m.group(2))]
    return m.group(1), args


def get_headers(a):
    """Reads the declarations of every header of the given build; used to write the facts."""
    out = {}
    for pc, stem, inc, umb, ns in LIBS:
        d = next((os.path.join(i, inc) for i in a.includedir if os.path.isdir(os.path.join(i, inc))), None)
        if not d: continue
        for path in sorted(glob.glob(d + "/*.h")):
            h = inc + "/" + os.path.basename(path)
            text = hdr_text(path)
            text = text.replace("\\\n", " ")
            for m in re.finditer(r"^#include\s+<(\w[\w-]*\.h)>", text, re.M):
                if m.group(1).startswith(("vnc", "gvnc")): out["%s/include/%s" % (h, m.group(1))] = "yes"
            out["%s/present" % h] = "yes"
            for m in re.finditer(r"^#define\s+(\w+)(\([^)]*\))?[ \t]*(.*?)[ \t]*$", text, re.M):
                name, args, body = m.groups()
                if name.endswith("_H"): continue
                v = body.strip("() ")
                if args: val = "function-like" + args.replace(" ", "")
                elif re.match(r"^[\d\s<()]+$", body): val = "int %d" % eval(body)
                elif "get_type" in body: val = "GType of " + re.match(r"(\w+)", v).group(1)
                else: val = "other"
                out["%s/macro/%s" % (h, name)] = val
            body = re.sub(r"^#.*$", "", text, flags=re.M)
            body = re.sub(r"G_(BEGIN|END)_DECLS", "", body)
            for m in re.finditer(r"typedef\s+enum\s*\w*\s*\{(.*?)\}\s*(\w+)\s*;", body, re.S):
                cur = -1
                for item in [x.strip() for x in m.group(1).split(",") if x.strip()]:
                    n, _, v = item.partition("=")
                    cur = eval(v) if v else cur + 1
                    out["%s/enum/%s/%s" % (h, m.group(2), n.strip())] = str(cur)
            body = re.sub(r"typedef\s+enum\s*\w*\s*\{.*?\}\s*\w+\s*;", "", body, flags=re.S)
            for m in re.finditer(r"struct\s+_(\w+)\s*\{(.*?)\}\s*;", body, re.S):
                st, i = m.group(1), 0
                for item in [x.strip() for x in m.group(2).split(";") if x.strip()]:
                    f = re.match(r"^(.*?)\(\s*\*\s*(\w+)\s*\)\s*\((.*)\)$", item, re.S)
                    g = re.match(r"^(.*?[\s*])(\w+)\s*(\[.*\])?$", item, re.S)
                    if f: n, t = f.group(2), "vfunc " + sig(f.group(1), split_args(f.group(3)))
                    else: n, t = g.group(2), norm_type(g.group(1)) + (" []" if g.group(3) else "")
                    out["%s/struct/%s/%02d/%s" % (h, st, i, n)] = t
                    i += 1
            for m in re.finditer(r"typedef\s+struct\s+_(\w+)\s+(\w+)\s*;", body):
                out["%s/typedef/%s" % (h, m.group(2))] = "struct"
            body = re.sub(r"struct\s+_\w+\s*\{.*?\}\s*;", "", body, flags=re.S)
            body = re.sub(r"typedef[^;]*;", "", body)
            for st in body.split(";"):
                m = re.match(r"^\s*(.*?)\b(\w+)\s*\((.*)\)\s*(?:G_GNUC_\w+)?\s*$", st, re.S)
                if m: out["%s/function/%s" % (h, m.group(2))] = sig(m.group(1), split_args(m.group(3)))
    # layouts, from the compiler
    probe, ks = ["#include <stdio.h>", "#include <stddef.h>"], []
    seen = []
    for k in out:
        m = re.match(r"([^/]+)/([^/]+)/struct/(\w+)/", k)
        if m and "%s" % m.group(2) not in seen:
            seen.append(m.group(2)); probe.append("#include <%s>" % m.group(2))
    probe.append("int main(void){")
    done = set()
    for k in sorted(out):
        m = re.match(r"([^/]+/[^/]+)/struct/(\w+)/(\d\d)/(\w+)$", k)
        if not m: continue
        if m.group(2) not in done:
            done.add(m.group(2))
            probe.append('printf("%s/layout/%s/size = %%zu\\n", sizeof(%s));' % (m.group(1), m.group(2), m.group(2)))
        probe.append('printf("%s/layout/%s/offset/%s = %%zu\\n", offsetof(%s,%s));' % (
            m.group(1), m.group(2), m.group(4), m.group(2), m.group(4)))
    probe.append("return 0;}")
    with tempfile.TemporaryDirectory() as t:
        c = os.path.join(t, "p.c")
        open(c, "w").write("\n".join(probe))
        r = run(["gcc", "-w", c, "-o", t + "/p"] + cflags(a))
        if r.returncode: sys.exit(r.stderr)
        for line in run([t + "/p"]).stdout.splitlines():
            k, _, v = line.partition(" = ")
            out[k] = v
    return out


def cflags(a):
    fl = []
    for i in a.includedir:
        fl += ["-I" + os.path.join(i, inc) for _, _, inc, _, _ in LIBS]
    r = run(["pkg-config", "--cflags", "gtk+-3.0", "gio-2.0", "gobject-2.0"])
    return fl + r.stdout.split()


def cmp_headers(a, want, r):
    """Every header is compiled alone with one assertion per fact."""
    byh = {}
    for k, v in want.items():
        m = re.match(r"([^/]+/[^/]+)/(.*)$", k)
        byh.setdefault(m.group(1), []).append((k, m.group(2), v))
    lp64 = struct.calcsize("P") == 8
    fl = cflags(a)
    for h in sorted(byh):
        pcdir, name = h.split("/")
        path = next((os.path.join(i, h) for i in a.includedir if os.path.exists(os.path.join(i, h))), None)
        if not path:
            for k, rest, v in byh[h]: r.test(k, v, False, "header missing")
            continue
        src = ["#include <stddef.h>", "#include <%s>" % name]
        # no helper macros: the compiler would report their line instead of the fact's
        TC = lambda x, y: "_Static_assert(__builtin_types_compatible_p(%s, %s), \"other type\");" % (x, y)
        EQ = lambda x, y: "_Static_assert((long long)(%s) == (long long)(%s), \"other value\");" % (x, y)
        at = {}
        def emit(k, v, code):
            src.append(code); at[len(src)] = (k, v)
        passed = []
        for k, rest, v in sorted(byh[h]):
            p = rest.split("/")
            if p[0] in ("present",): passed.append((k, v)); continue
            if p[0] == "include":
                emit(k, v, "#include <%s>" % p[1])
            elif p[0] == "macro":
                n = p[1]
                if v.startswith("int "): emit(k, v, EQ(n, v[4:]))
                elif v.startswith("GType of "):
                    emit(k, v, TC("__typeof__(%s)" % n, "GType") + " static __attribute__((unused)) GType t_%s(void){return %s;}" % (n, n))
                elif n in ("VNC_DEBUG",): emit(k, v, "static void d_%s(void){VNC_DEBUG(\"%%d\", 1);}" % n)
                elif n == "VNC_CHECK_VERSION":
                    emit(k, v, "_Static_assert(VNC_CHECK_VERSION(1,3,1) && VNC_CHECK_VERSION(0,9,9) && !VNC_CHECK_VERSION(99,0,0), \"v\");")
                else:
                    emit(k, v, "static __attribute__((unused)) void *c_%s(gpointer o){return (void*)(gsize)%s(o);}" % (n, n))
            elif p[0] == "enum": emit(k, v, EQ("(unsigned)(%s)" % p[2], "(unsigned)%sLL" % v) + " static __attribute__((unused)) %s e_%s;" % (p[1], p[2]))
            elif p[0] == "typedef": emit(k, v, "static __attribute__((unused)) %s *y_%s;" % (p[1], p[1]))
            elif p[0] == "struct":
                st, n = p[1], p[3]
                if n == "_vnc_reserved": passed.append((k, v)); continue     # checked by the total size
                if v.startswith("vfunc "):
                    ret, args = parse_sig(v[6:])
                    emit(k, v, TC("__typeof__(((%s*)0)->%s)" % (st, n), "%s (*)(%s)" % (ret, ", ".join(args) or "void")))
                else: emit(k, v, TC("__typeof__(((%s*)0)->%s)" % (st, n), v))
            elif p[0] == "layout":
                if not lp64 or (len(p) > 3 and p[3] == "_vnc_reserved"): passed.append((k, v)); continue
                if p[2] == "size": emit(k, v, EQ("sizeof(%s)" % p[1], v))
                else: emit(k, v, EQ("offsetof(%s, %s)" % (p[1], p[3]), v))
            elif p[0] == "function":
                ret, args = parse_sig(v)
                # used first (declared at all?), then declared again with the wanted type
                emit(k, v, "static __attribute__((unused)) void *u_%s(void){return (void*)&%s;} %s %s(%s);" % (
                    p[1], p[1], ret, p[1], ", ".join(args) or "void"))
        # version numbers may grow
        for ln in list(at):
            k, v = at[ln]
            if re.search(r"/macro/VNC_(MAJOR|MINOR|MICRO)_VERSION$", k):
                n = k.rsplit("/", 1)[1]
                src[ln - 1] = "_Static_assert(%s >= 0, \"v\");" % n
        with tempfile.TemporaryDirectory() as t:
            c = os.path.join(t, "probe.c")
            open(c, "w").write("\n".join(src) + "\n")
            x = run(["gcc", "-std=gnu11", "-fsyntax-only", "-fmax-errors=0", "-w", "-Werror=implicit-function-declaration", c] + fl,
                    {"LC_ALL": "C"})
        bad, other = {}, []
        for line in x.stderr.splitlines():
            m = re.match(r".*?probe\.c:(\d+):\d+: (?:fatal )?error: (.*)", line)
            if m:
                bad.setdefault(int(m.group(1)), m.group(2))
            elif " error: " in line: other.append(line)
        for line in other: r.test(h + "/compiles", "no error", False, line)
        if 2 in bad: other.append(bad[2])
        for k, v in passed: r.test(k, v, True, v)
        for ln, (k, v) in at.items():
            r.test(k, v, ln not in bad and not other, bad.get(ln) or "header does not compile alone")
    # umbrella headers together, and C++
    for lang, std in (("c", "-std=gnu11"), ("c++", None)):
        with tempfile.TemporaryDirectory() as t:
            c = os.path.join(t, "all." + ("c" if lang == "c" else "cc"))
            open(c, "w").write("".join("#include <%s>\n" % l[3] for l in LIBS) + "int main(void){return 0;}\n")
            x = run(["gcc", "-x", lang] + ([std] if std else []) + ["-fsyntax-only", c] + fl, {"LC_ALL": "C"})
            if lang == "c++" and "cc1plus" in x.stderr: continue
            r.test("umbrella headers as " + lang, "compile", x.returncode == 0, (x.stderr.splitlines() or [""])[0])
    # declared beyond the facts
    try:
        got = get_headers(a)
    except (SystemExit, Exception) as e:      # only feeds the 'added' list
        print("note: header reader:", str(e).splitlines()[0] if str(e) else type(e).__name__)
        got = {}
    have = {k.split("/", 2)[2] for k in want}
    for k in sorted(got):
        rest = k.split("/", 2)[2]
        if rest.split("/")[0] in ("function", "enum", "macro", "present") and rest not in have and not k.endswith("/present"):
            r.added(k, got[k])


# ---------------------------------------------------------------- GTypes at run time
GT_C = r'''
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <glib-object.h>
static void flags(GString *s, GParamFlags f){
  struct{guint v;const char*n;}t[]={{G_PARAM_READABLE,"readable"},{G_PARAM_WRITABLE,"writable"},{G_PARAM_CONSTRUCT,"construct"},
   {G_PARAM_CONSTRUCT_ONLY,"construct-only"},{G_PARAM_EXPLICIT_NOTIFY,"explicit-notify"},{G_PARAM_DEPRECATED,"deprecated"}};
  for(guint i=0;i<G_N_ELEMENTS(t);i++) if(f&t[i].v) g_string_append_printf(s,"%s%s",s->len?",":"",t[i].n);
}
static void val(GParamSpec*p,GString*s){
  g_string_append_printf(s,"%s %s",G_PARAM_SPEC_TYPE_NAME(p),g_type_name(p->value_type));
  GString*f=g_string_new(""); flags(f,p->flags); g_string_append_printf(s," flags=%s",f->str);
  if(G_IS_PARAM_SPEC_BOOLEAN(p)) g_string_append_printf(s," default=%s",G_PARAM_SPEC_BOOLEAN(p)->default_value?"true":"false");
  else if(G_IS_PARAM_SPEC_INT(p)) g_string_append_printf(s," default=%d min=%d max=%d",G_PARAM_SPEC_INT(p)->default_value,G_PARAM_SPEC_INT(p)->minimum,G_PARAM_SPEC_INT(p)->maximum);
  else if(G_IS_PARAM_SPEC_UINT(p)) g_string_append_printf(s," default=%u min=%u max=%u",G_PARAM_SPEC_UINT(p)->default_value,G_PARAM_SPEC_UINT(p)->minimum,G_PARAM_SPEC_UINT(p)->maximum);
  else if(G_IS_PARAM_SPEC_ENUM(p)) g_string_append_printf(s," default=%d",G_PARAM_SPEC_ENUM(p)->default_value);
  else if(G_IS_PARAM_SPEC_STRING(p)) g_string_append_printf(s," default=%s",G_PARAM_SPEC_STRING(p)->default_value?G_PARAM_SPEC_STRING(p)->default_value:"null");
}
typedef struct{const char*long_name;char short_name;int flags;int arg;gpointer data;const char*d;const char*ad;} Opt;
int main(int c,char**v){
  for(int i=1;i<c;i++) if(strchr(v[i],'/')) if(!dlopen(v[i],RTLD_NOW|RTLD_GLOBAL)) fprintf(stderr,"dlopen %s\n",dlerror());
  for(int i=1;i<c;i++){ if(strchr(v[i],'/')) continue;
    GType (*f)(void)=(GType(*)(void))dlsym(RTLD_DEFAULT,v[i]); if(!f) continue;
    GType t=f(); const char*n=g_type_name(t); if(!n){continue;}
    printf("%s/get-type = %s\n",n,v[i]);
    printf("%s/fundamental = %s\n",n,g_type_name(g_type_fundamental(t)));
    GString*a=g_string_new(""); for(GType p=g_type_parent(t);p;p=g_type_parent(p)) g_string_append_printf(a,"%s%s",a->len?" ":"",g_type_name(p));
    if(a->len) printf("%s/ancestors = %s\n",n,a->str);
    guint k; GType*ifs=g_type_interfaces(t,&k); for(guint j=0;j<k;j++) printf("%s/interface/%s = yes\n",n,g_type_name(ifs[j]));
    if(G_TYPE_IS_INTERFACE(t)){ guint np; GType*pr=g_type_interface_prerequisites(t,&np); for(guint j=0;j<np;j++) printf("%s/prerequisite/%s = yes\n",n,g_type_name(pr[j])); }
    printf("%s/abstract = %s\n",n,G_TYPE_IS_ABSTRACT(t)?"yes":"no");
    if(G_TYPE_IS_CLASSED(t)){ GTypeQuery q; g_type_query(t,&q); if(g_type_fundamental(t)==G_TYPE_OBJECT) printf("%s/class-size = %u\n%s/instance-size = %u\n",n,q.class_size,n,q.instance_size); }
    if(G_TYPE_IS_ENUM(t)){ GEnumClass*e=g_type_class_ref(t); for(guint j=0;j<e->n_values;j++) printf("%s/value/%s = %d nick=%s\n",n,e->values[j].value_name,e->values[j].value,e->values[j].value_nick); continue; }
    if(G_TYPE_IS_FLAGS(t)){ GFlagsClass*e=g_type_class_ref(t); for(guint j=0;j<e->n_values;j++) printf("%s/value/%s = %u nick=%s\n",n,e->values[j].value_name,e->values[j].value,e->values[j].value_nick); continue; }
    if(g_type_fundamental(t)==G_TYPE_OBJECT){ GObjectClass*o=g_type_class_ref(t); guint np; GParamSpec**ps=g_object_class_list_properties(o,&np);
      for(guint j=0;j<np;j++) if(ps[j]->owner_type==t){ GString*s=g_string_new(""); val(ps[j],s); printf("%s/property/%s = %s\n",n,ps[j]->name,s->str);} }
    if(G_TYPE_IS_INTERFACE(t)) g_type_default_interface_ref(t);
    if(g_type_fundamental(t)==G_TYPE_OBJECT||G_TYPE_IS_INTERFACE(t)){
      guint ns; guint*ids=g_signal_list_ids(t,&ns);
      for(guint j=0;j<ns;j++){ GSignalQuery q; g_signal_query(ids[j],&q); GString*s=g_string_new("");
        struct{guint v;const char*n;}fl[]={{G_SIGNAL_RUN_FIRST,"run-first"},{G_SIGNAL_RUN_LAST,"run-last"},{G_SIGNAL_RUN_CLEANUP,"run-cleanup"},{G_SIGNAL_NO_RECURSE,"no-recurse"},{G_SIGNAL_DETAILED,"detailed"},{G_SIGNAL_ACTION,"action"},{G_SIGNAL_NO_HOOKS,"no-hooks"},{G_SIGNAL_MUST_COLLECT,"must-collect"},{G_SIGNAL_DEPRECATED,"deprecated"}};
        for(guint z=0;z<G_N_ELEMENTS(fl);z++) if(q.signal_flags&fl[z].v) g_string_append_printf(s,"%s%s",s->len?",":"",fl[z].n);
        printf("%s/signal/%s = %s (",n,q.signal_name,g_type_name(q.return_type&~G_SIGNAL_TYPE_STATIC_SCOPE));
        for(guint z=0;z<q.n_params;z++) printf("%s%s",z?", ":"",g_type_name(q.param_types[z]&~G_SIGNAL_TYPE_STATIC_SCOPE));
        printf(") flags=%s\n",s->str); } }
  }
  Opt*(*fo)(void)=(Opt*(*)(void))dlsym(RTLD_DEFAULT,"vnc_display_get_option_entries");
  if(fo){ const char*ar[]={"none","string","int","callback","filename","string-array","filename-array","double","int64"};
    int i=0; for(Opt*o=fo();o&&o->long_name;o++,i++) printf("option-entry/%02d/%s = short=%c flags=%d arg=%s description=%s arg-description=%s\n",i,o->long_name,o->short_name?o->short_name:'-',o->flags,ar[o->arg],o->d?"set":"null",o->ad?"set":"null"); }
  const char*(*vs)(void)=(const char*(*)(void))dlsym(RTLD_DEFAULT,"vnc_util_get_version_string");
  int(*vi)(void)=(int(*)(void))dlsym(RTLD_DEFAULT,"vnc_util_get_version");
  int(*vc)(int,int,int)=(int(*)(int,int,int))dlsym(RTLD_DEFAULT,"vnc_util_check_version");
  if(vs) printf("util/version-string = %s\n",vs());
  if(vi) printf("util/version-int = 0x%x\n",vi());
  if(vc) printf("util/check-version = 0.0.0:%d 1.0.0:%d 1.3.0:%d 1.3.1:%d 99.0.0:%d\n",!!vc(0,0,0),!!vc(1,0,0),!!vc(1,3,0),!!vc(1,3,1),!!vc(99,0,0));
  return 0;
}
'''


def lib_env(a):
    return {"LD_LIBRARY_PATH": ":".join(a.libdir + [os.environ.get("LD_LIBRARY_PATH", "")]).strip(":")}


def get_gtypes(a, facts=None):
    paths, funcs = [], set()
    for pc, stem, inc, umb, ns in LIBS:
        p = find_lib(a, stem)
        if p:
            paths.append(os.path.abspath(p))
            funcs |= {s for s in elf_read(p)[2] if s.endswith("_get_type")}
    if not paths: return {}
    with tempfile.TemporaryDirectory() as t:
        open(t + "/g.c", "w").write(GT_C)
        r = run(["gcc", "-w", t + "/g.c", "-o", t + "/g", "-ldl"] +
                run(["pkg-config", "--cflags", "--libs", "gobject-2.0"]).stdout.split())
        if r.returncode: sys.exit("gcc: " + r.stderr)
        x = run([t + "/g"] + paths + sorted(funcs), lib_env(a))
    if x.returncode: print("note: type probe ended with", x.returncode, x.stderr.strip()[-300:])
    out = {}
    for line in x.stdout.splitlines():
        k, _, v = line.partition(" = ")
        out[k] = v
    return out


def cmp_gtypes(want, got, r):
    for k, v in want.items():
        g = got.get(k)
        if k in ("util/version-string", "util/version-int"):
            r.test(k, "set", bool(g), g)
        elif "/interface/" in k and g is None: r.test(k, v, False, g)
        elif "/property/" in k and g is not None:
            strip = lambda s: re.sub(r"(,explicit-notify|explicit-notify,?)", "", s)
            r.test(k, v, strip(g) == strip(v), g)
        elif k.startswith("option-entry/"):
            n = k.split("/")[2]
            g = next((got[x] for x in got if x.startswith("option-entry/") and x.split("/")[2] == n), None)
            r.test(k, v, g == v, g)
        else: r.test(k, v, g == v, g)
    for k in sorted(set(got) - set(want)):
        if not k.startswith("option-entry/") or k.split("/")[2] not in {x.split("/")[2] for x in want if x.startswith("option-entry/")}:
            r.added(k, got[k])


# ---------------------------------------------------------------- GIR
C = "{http://www.gtk.org/introspection/core/1.0}"
CC = "{http://www.gtk.org/introspection/c/1.0}"
GL = "{http://www.gtk.org/introspection/glib/1.0}"


def gir_type(e):
    for c in e:
        if c.tag == C + "type":
            sub = [gir_type(x) for x in c if x.tag in (C + "type", C + "array")]
            inner = gir_type(c)
            return "%s[%s]%s" % (c.get("name"), c.get(CC + "type") or "", "<%s>" % inner if inner else "")
        if c.tag == C + "array":
            at = " ".join("%s=%s" % (x, c.get(x)) for x in ("length", "zero-terminated", "fixed-size") if c.get(x))
            return "array(%s)[%s]<%s>" % (at, c.get(CC + "type") or "", gir_type(c))
        if c.tag == C + "varargs": return "varargs"
        if c.tag == C + "callback": return "callback " + c.get("name", "")
    return ""


def gir_attrs(e, names):
    return " ".join("%s=%s" % (n.split("}")[-1], e.get(n)) for n in names if e.get(n) is not None)


def gir_callable(e, key, out):
    head = gir_attrs(e, [CC + "identifier", "introspectable", "throws", "shadows", "shadowed-by", "moved-to", "invoker", "when", "deprecated"])
    out[key] = (e.tag.split("}")[-1] + " " + head).strip()
    for c in e:
        if c.tag == C + "return-value":
            out[key + "/return"] = (gir_type(c) + " " + gir_attrs(c, ["transfer-ownership", "nullable"])).strip()
        elif c.tag == C + "parameters":
            i = 0
            for p in c:
                if p.tag == C + "parameter":
                    out["%s/param/%02d" % (key, i)] = ("%s %s %s" % (p.get("name"), gir_type(p), gir_attrs(
                        p, ["direction", "caller-allocates", "transfer-ownership", "nullable", "optional", "scope", "closure", "destroy"]))).strip()
                    i += 1
                else:
                    out[key + "/self"] = (gir_type(p) + " " + gir_attrs(p, ["transfer-ownership"])).strip()


def get_gir(a):
    out = {}
    for pc, stem, inc, umb, ns in LIBS:
        p = next((os.path.join(d, ns + ".gir") for d in a.girdir if os.path.exists(os.path.join(d, ns + ".gir"))), None)
        if not p: continue
        root = ET.parse(p).getroot()
        k0 = ns
        for e in root:
            if e.tag == C + "include": out["%s/include/%s" % (k0, e.get("name"))] = e.get("version")
            elif e.tag == C + "package": out["%s/package/%s" % (k0, e.get("name"))] = "yes"
            elif e.tag == CC + "include": out["%s/c-include/%s" % (k0, e.get("name"))] = "yes"
            elif e.tag == C + "namespace":
                out[k0 + "/namespace"] = "%s %s" % (e.get("name"), e.get("version"))
                out[k0 + "/shared-library"] = e.get("shared-library")
                out[k0 + "/prefixes"] = gir_attrs(e, [CC + "identifier-prefixes", CC + "symbol-prefixes"])
                for t in e: gir_item(t, k0, out)
    return out


def gir_item(t, k0, out):
    kind = t.tag.split("}")[-1]
    name = t.get("name") or t.get(CC + "identifier") or t.get(GL + "name")
    if kind in ("doc", "docsection", "source-position", "annotation"): return
    k = "%s/%s/%s" % (k0, kind, name)
    if kind in ("function", "method", "constructor", "virtual-method", "callback", "function-macro", "function-inline"):
        if kind.startswith("function-"):
            out[k] = gir_attrs(t, [CC + "identifier", "introspectable"])
            return
        gir_callable(t, k, out)
        return
    if kind == "signal":
        gir_callable(t, "%s/%s/%s" % (k0, kind, t.get("name")), out)
        return
    if kind == "property":
        out[k] = (gir_type(t) + " " + gir_attrs(t, ["readable", "writable", "construct", "construct-only", "transfer-ownership", "introspectable", "getter", "setter"])).strip()
        return
    if kind == "field":
        cb = next((c for c in t if c.tag == C + "callback"), None)
        out[k] = (("callback" if cb is not None else gir_type(t)) + " " + gir_attrs(t, ["readable", "writable", "private", "bits", "introspectable"])).strip()
        if cb is not None: gir_callable(cb, k + "/callback", out)
        return
    if kind == "member":
        out[k] = gir_attrs(t, ["value", CC + "identifier", GL + "nick"])
        return
    if kind in ("implements", "prerequisite"):
        out[k] = "yes"
        return
    if kind == "constant":
        out[k] = gir_attrs(t, ["value", CC + "type"]) + " " + gir_type(t)
        return
    out[k] = gir_attrs(t, [CC + "type", "parent", "abstract", GL + "type-name", GL + "get-type", GL + "type-struct",
                           GL + "is-gtype-struct-for", CC + "symbol-prefix", "disguised", "opaque", "introspectable"])
    for c in t: gir_item(c, k, out)


def mod32(text, pat):
    """-6 and 4294967290 are the same enum value: GEnumValue holds 32 bits."""
    return re.sub(pat, lambda m: m.group(0).replace(m.group(1), str(int(m.group(1)) % 2**32)), text)


def loosened(want, got, mark):
    """Saying in addition that something may be NULL breaks no caller."""
    return got is not None and got.count(mark) > want.count(mark) and got.replace(mark, "") == want.replace(mark, "")


def cmp_gir(want, got, r):
    for k, v in want.items():
        g = got.get(k)
        if re.search(r"/constant/(MAJOR|MINOR|MICRO)_VERSION", k): r.test(k, v, g is not None, g)
        elif k.endswith("/shared-library"):
            r.test(k, v, g is not None and [os.path.basename(x) for x in g.split(",")] == v.split(","), g)
        elif "_vnc_reserved" in k: r.test(k, v, True, g)
        elif "/include/" in k: r.test(k, v, g == v, g)
        elif "/function-macro/" in k or "/package/" in k or "/c-include/" in k: r.test(k, v, g is not None, g)
        elif "/field/" in k and k.endswith("priv"): r.test(k, v, g is not None, g)
        elif "/member/" in k and g is not None: r.test(k, v, mod32(g, r"value=(-?\d+)") == mod32(v, r"value=(-?\d+)"), g)
        else: r.test(k, v, g == v or loosened(v, g, " nullable=1"), g)
    for k in sorted(set(got) - set(want)):
        if "/param/" in k or k.endswith(("/return", "/self")): continue
        r.added(k, got[k])
    for k in sorted(set(got) - set(want)):               # an extra parameter of a known callable is a change
        if "/param/" in k and k.split("/param/")[0] in want: r.test(k, "no such parameter", False, got[k])


# ---------------------------------------------------------------- typelib
TL_PY = r'''
import sys, gi
gi.require_version("GIRepository", "2.0")
from gi.repository import GIRepository as G
rep = G.Repository.get_default()
def call(key, f):
    args = []
    for i in range(G.callable_info_get_n_args(f)):
        x = G.callable_info_get_arg(f, i)
        args.append("%s:%s:%s:%s%s" % (x.get_name(), G.type_tag_to_string(G.type_info_get_tag(G.arg_info_get_type(x))), ["in","out","inout"][int(G.arg_info_get_direction(x))], ["none","container","full"][int(G.arg_info_get_ownership_transfer(x))], ":nullable" if G.arg_info_may_be_null(x) else ""))
    print("%s = (%s) return=%s:%s%s" % (key, " ".join(args), G.type_tag_to_string(G.type_info_get_tag(G.callable_info_get_return_type(f))), ["none","container","full"][int(G.callable_info_get_caller_owns(f))], ":nullable" if G.callable_info_may_return_null(f) else ""))
for ns, v in [x.rsplit("-", 1) for x in sys.argv[1:]]:
    try: rep.require(ns, v, 0)
    except Exception as e:
        print("%s-%s/error = %s" % (ns, v, str(e).replace("\n", " "))); continue
    k0 = ns + "-" + v
    print("%s/typelib-path = %s" % (k0, rep.get_typelib_path(ns)))
    print("%s/shared-library = %s" % (k0, rep.get_shared_library(ns)))
    print("%s/c-prefix = %s" % (k0, rep.get_c_prefix(ns)))
    for d in rep.get_immediate_dependencies(ns) if hasattr(rep, "get_immediate_dependencies") else []: print("%s/depends/%s = yes" % (k0, d))
    for i in range(rep.get_n_infos(ns)):
        b = rep.get_info(ns, i); t = b.get_type(); k = "%s/%s" % (k0, b.get_name())
        kind = G.info_type_to_string(t)
        print("%s = %s" % (k, kind))
        if t == G.InfoType.FUNCTION: call(k + "()", b); continue
        def many(n, g): return [g(b, j) for j in range(n(b))]
        M = []
        if t == G.InfoType.OBJECT:
            M = many(G.object_info_get_n_methods, G.object_info_get_method)
            for p in many(G.object_info_get_n_properties, G.object_info_get_property): print("%s/property/%s = flags %d" % (k, p.get_name(), int(G.property_info_get_flags(p)) & 15))
            for s in many(G.object_info_get_n_signals, G.object_info_get_signal): call("%s/signal/%s" % (k, s.get_name()), s)
            for s in many(G.object_info_get_n_vfuncs, G.object_info_get_vfunc): call("%s/vfunc/%s" % (k, s.get_name()), s)
            for s in many(G.object_info_get_n_interfaces, G.object_info_get_interface): print("%s/interface/%s = yes" % (k, s.get_name()))
        elif t == G.InfoType.INTERFACE:
            M = many(G.interface_info_get_n_methods, G.interface_info_get_method)
            for s in many(G.interface_info_get_n_vfuncs, G.interface_info_get_vfunc): call("%s/vfunc/%s" % (k, s.get_name()), s)
        elif t in (G.InfoType.STRUCT, G.InfoType.BOXED):
            M = many(G.struct_info_get_n_methods, G.struct_info_get_method)
            for f in many(G.struct_info_get_n_fields, G.struct_info_get_field):
                if f.get_name() != "_vnc_reserved": print("%s/field/%s = offset %d" % (k, f.get_name(), G.field_info_get_offset(f)))
        elif t in (G.InfoType.ENUM, G.InfoType.FLAGS):
            for x in many(G.enum_info_get_n_values, G.enum_info_get_value): print("%s/value/%s = %d" % (k, x.get_name(), G.value_info_get_value(x)))
        for m in M:
            print("%s/method/%s = %s" % (k, m.get_name(), G.function_info_get_symbol(m))); call("%s/method/%s()" % (k, m.get_name()), m)
'''
IMPORT_PY = r'''
import sys, gi
gi.require_version("GVnc", "1.0"); gi.require_version("GVncPulse", "1.0"); gi.require_version("Gtk", "3.0"); gi.require_version("GtkVnc", "2.0")
from gi.repository import GVnc, GVncPulse, GtkVnc
c = GVnc.Connection.new(); assert not c.is_open(); GVncPulse.AudioPulse; GtkVnc.Display; assert GVnc.PixelFormat().copy() is not None
'''


def get_typelib(a):
    env = lib_env(a)
    env["GI_TYPELIB_PATH"] = ":".join(a.typelibdir)
    env["GI_TYPELIB_PATH"] = env["GI_TYPELIB_PATH"].strip(":")
    x = run([sys.executable, "-W", "ignore", "-c", TL_PY] + [l[4] for l in LIBS], env)
    out, foreign = {}, True
    for line in x.stdout.splitlines():
        k, _, v = line.partition(" = ")
        if k.endswith("/typelib-path"):      # an installed copy elsewhere must not answer for a missing one
            foreign = not any(os.path.realpath(v).startswith(os.path.realpath(d) + "/") for d in a.typelibdir)
            continue
        if not foreign: out[k] = v
    if x.returncode: print("note: typelib reader:", x.stderr.strip()[-300:])
    if not any("/shared-library" in k for k in out):
        return out
    y = run([sys.executable, "-W", "ignore", "-c", IMPORT_PY], env)
    out["python-import"] = "works" if y.returncode == 0 else "fails: " + (y.stderr.strip().splitlines() or ["?"])[-1]
    return out


def cmp_typelib(want, got, r):
    for k, v in want.items():
        g = got.get(k)
        if k.endswith("/shared-library"):
            r.test(k, v, g is not None and [os.path.basename(x) for x in g.split(",")] == v.split(","), g)
        elif "/value/" in k and g is not None: r.test(k, v, mod32(g, r"^(-?\d+)$") == mod32(v, r"^(-?\d+)$"), g)
        else: r.test(k, v, g == v or loosened(v, g, ":nullable"), g)
    for k in sorted(set(got) - set(want)):
        if not k.endswith("()"): r.added(k, got[k])


# ---------------------------------------------------------------- VAPI
def get_vapi(a):
    out = {}
    for pc, stem, inc, umb, ns in LIBS:
        for d in a.vapidir:
            dep = os.path.join(d, pc + ".deps")
            if os.path.exists(dep):
                for x in open(dep).read().split(): out["%s/deps/%s" % (pc, x)] = "yes"
            p = os.path.join(d, pc + ".vapi")
            if not os.path.exists(p): continue
            stack, attrs = [], []
            for line in open(p, encoding="utf-8"):
                s = line.strip()
                if not s or s.startswith(("/*", "//")): continue
                if s.startswith("[") and s.endswith("]"):
                    attrs.append(s); continue
                if s == "}":
                    stack.pop(); continue
                opens = s.endswith("{")
                decl = s.rstrip("{; ,").strip()
                if "{ get" in s or "{ owned get" in s: opens, decl = False, s
                m = re.search(r"(?:namespace|class|struct|interface|enum)\s+([\w.]+)", decl) if opens else None
                key = (pc + "/" + "/".join(stack + [decl])).replace(" = ", "=")
                out[key] = " ".join(attrs) or "-"
                attrs = []
                if opens: stack.append(m.group(1) if m else decl)
    return out


def cmp_vapi(want, got, r):
    loose = {k.replace("?", ""): k for k in got}
    used = set()
    for k, v in want.items():
        g = k if k in got else loose.get(k.replace("?", ""))
        if g is not None and g != k and g.count("?") <= k.count("?"): g = None
        used.add(g)
        r.test(k, v, g is not None and got[g] == v, None if g is None else got[g])
    for k in sorted(set(got) - used): r.added(k, got[k])


# ---------------------------------------------------------------- main
class Report:
    def __init__(self, quiet): self.p = self.f = self.n = 0; self.group = ""; self.quiet = quiet
    def test(self, key, want, ok, got):
        if ok: self.p += 1
        else:
            self.f += 1
            print("FAIL %s %s: wanted %s, got %s" % (self.group, key, want, "nothing" if got is None else got))
    def added(self, key, val):
        self.n += 1
        if not self.quiet: print("added %s %s = %s" % (self.group, key, val))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--prefix")
    for n in ("libdir", "includedir", "girdir", "typelibdir", "vapidir", "pkgconfigdir"):
        ap.add_argument("--" + n, action="append", default=[])
    ap.add_argument("--facts", default=os.path.join(HERE, "facts"))
    ap.add_argument("--only", default=",".join(GROUPS))
    ap.add_argument("--dump")
    ap.add_argument("--quiet-added", action="store_true")
    a = ap.parse_args()
    if a.prefix:
        libs = [d for d in [a.prefix + "/lib"] + sorted(glob.glob(a.prefix + "/lib/*-linux-gnu*")) + [a.prefix + "/lib64"] if os.path.isdir(d)]
        a.libdir = a.libdir or [d for d in libs if glob.glob(d + "/libgvnc*") or glob.glob(d + "/libgtk-vnc*")] or libs
        a.includedir = a.includedir or [a.prefix + "/include"]
        a.girdir = a.girdir or [a.prefix + "/share/gir-1.0"]
        a.typelibdir = a.typelibdir or [d + "/girepository-1.0" for d in libs]
        a.vapidir = a.vapidir or [a.prefix + "/share/vala/vapi"]
        a.pkgconfigdir = a.pkgconfigdir or [d + "/pkgconfig" for d in libs] + [a.prefix + "/share/pkgconfig"]
    only = [g for g in a.only.split(",") if g]
    if set(only) - set(GROUPS): ap.error("--only takes: " + " ".join(GROUPS))
    get = {"elf": get_elf, "pc": get_pc, "headers": get_headers, "gtypes": get_gtypes, "gir": get_gir,
           "typelib": get_typelib, "vapi": get_vapi}
    if a.dump:
        os.makedirs(a.dump, exist_ok=True)
        for g in [x for x in only if x in get]:
            f = get[g](a)
            write_facts(os.path.join(a.dump, g + ".txt"), f, HEADS[g])
            print("%s: %d facts" % (g, len(f)))
        return 0
    r = Report(a.quiet_added)
    for g in only:
        r.group = g
        want = read_facts(os.path.join(a.facts, g + ".txt"))
        if not want:
            r.test("facts", "facts in " + g + ".txt", False, None); continue
        if g == "headers": cmp_headers(a, want, r); continue
        if g == "consumers":
            have = {stem: elf_read(find_lib(a, stem))[2] for _, stem, _, _, _ in LIBS if find_lib(a, stem)}
            for k, v in want.items():          # app/symbol = library
                sym = k.split("/")[1]
                r.test(k, v, sym in have.get(v, {}), None)
            continue
        got = get[g](a)
        {"elf": cmp_elf, "pc": cmp_pc, "gtypes": cmp_gtypes, "gir": cmp_gir, "typelib": cmp_typelib, "vapi": cmp_vapi}[g](want, got, r)
    print("added: %d" % r.n)
    print("%d passed, %d failed" % (r.p, r.f))
    return 1 if r.f or not r.p else 0


HEADS = {
    "elf": ["Shared libraries: soname, real file name, dynamic symbols (type, version node). needed/* is information only."],
    "pc": ["pkg-config files. Requires.private is information only; version: this or later."],
    "headers": ["C headers, folder/header/...: functions with signature, macros, enum members, struct members in order,",
                "and layout/* = sizeof and offsetof in bytes on a 64-bit (LP64) system. _vnc_reserved may be used up, the total size may not change."],
    "gtypes": ["Run-time type system: get-type function, ancestors, interfaces, properties, signals, enum values with nicks, option entries."],
    "gir": ["GIR files without documentation: namespaces, types, callables and annotations."],
    "typelib": ["Typelibs as a GObject-introspection binding sees them."],
    "vapi": ["Vala bindings: context/declaration = attributes."],
}

if __name__ == "__main__":
    sys.exit(main())
