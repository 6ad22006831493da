// SPDX-License-Identifier: LGPL-2.1-or-later
// KIND PORT ENCODING,… PIXELS: writes what a framebuffer in JavaScript was called for, or what it holds, as JSON.
// Once it has the whole desktop it writes "complete" and asks for changes; it closes after so many pixels.
imports.gi.versions.GVnc = '1.0';
const {GLib, GObject, GVnc} = imports.gi;

const [kind, port, encodings, pixels] = ARGV;
const calls = [];
let colours = [];
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const note = (name, x, y, width, height, pixel = []) => calls.push([name, x, y, width, height, hex(pixel)]);

// What both classes do. GJS itself ends the process when it is called outside of the main thread.
const drawn = {
    vfunc_set_pixel_at(src, x, y) {
        note('set_pixel_at', x, y, 1, 1, src);
    },

    vfunc_fill(src, x, y, width, height) {
        note('fill', x, y, width, height, src);
    },

    vfunc_copyrect(srcX, srcY, x, y, width, height) {
        note('copyrect', x, y, width, height, [srcX, srcY]);
    },

    vfunc_blt(_src, rowstride, x, y, width, height) {
        note('blt', x, y, width, height);
    },

    vfunc_rgb24_blt(src, rowstride, x, y, width, height) {
        note('rgb24_blt', x, y, width, height, src);
    },

    vfunc_set_color_map(map) {
        note('set_color_map', 0, 0, 0, 0);
        colours = Array.from({length: map.size}, (_, i) => map.lookup(i).slice(1));
    },
};

// GJS takes the virtual functions that are in the class itself when it is registered.
function register(name, Class) {
    Object.assign(Class.prototype, drawn);
    return GObject.registerClass({GTypeName: name, Implements: [GVnc.Framebuffer]}, Class);
}

const Implements = register('Implements', class extends GObject.Object {
    take(width, height, format) {
        Object.assign(this, {_width: width, _height: height, _format: format});
        return this;
    }

    vfunc_get_width() {
        return this._width;
    }

    vfunc_get_height() {
        return this._height;
    }

    vfunc_get_rowstride() {
        return 4 * this._width;
    }

    vfunc_get_buffer() {
        return 0;
    }

    vfunc_get_local_format() {
        return this._format;
    }

    vfunc_get_remote_format() {
        return this._format;
    }

    vfunc_perfect_format_match() {
        return true;
    }
});

const Overrides = register('Overrides', class extends GVnc.BaseFramebuffer {});

const Subclass = GObject.registerClass(class Subclass extends GVnc.BaseFramebuffer {});

function make(width, height, format) {
    if (kind === 'implements')
        return new Implements().take(width, height, format);
    const Class = {overrides: Overrides, subclass: Subclass, plain: GVnc.BaseFramebuffer}[kind];
    return new Class({width, height, local_format: format, remote_format: format});
}

const loop = GLib.MainLoop.new(null, false);
const connection = new GVnc.Connection();
let covered = 0;
let framebuffer = null;

connection.connect('vnc-auth-choose-type', () => connection.set_auth_type(GVnc.ConnectionAuth.NONE));
connection.connect('vnc-initialized', () => {
    const [width, height] = [connection.get_width(), connection.get_height()];
    framebuffer = make(width, height, connection.get_pixel_format());
    connection.set_framebuffer(framebuffer);
    connection.set_encodings(encodings.split(',').map(Number));
    connection.framebuffer_update_request(false, 0, 0, width, height);
});
connection.connect('vnc-framebuffer-update', (_connection, _x, _y, width, height) => {
    covered += width * height;
    const [desktopWidth, desktopHeight] = [connection.get_width(), connection.get_height()];
    if (covered === Number(pixels)) {
        connection.shutdown();
    } else if (covered === desktopWidth * desktopHeight) {
        print('complete');
        connection.framebuffer_update_request(true, 0, 0, desktopWidth, desktopHeight);
    }
});
connection.connect('vnc-disconnected', () => loop.quit());
connection.open_host('127.0.0.1', port);
loop.run();
if (kind === 'implements' || kind === 'overrides') {
    print(JSON.stringify({calls, colours, elsewhere: 0}));
} else {
    print(JSON.stringify({
        width: framebuffer.get_width(),
        height: framebuffer.get_height(),
        rowstride: framebuffer.get_rowstride(),
        bytes: hex(framebuffer.dup_bytes().toArray()),
    }));
}
