/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "lib/picture.h"
#include "lib/script.h"
#include "session/output.h"

/* Events as texts: the kind in words, then what is in it. */
#define MOST_QUOTED 64

static const char *const names[] = {
  [GVNC_EVENT_CONNECTED] = "connected",
  [GVNC_EVENT_AUTH_TYPES] = "auth-types",                /* numbers */
  [GVNC_EVENT_AUTH_SUBTYPES] = "auth-subtypes",          /* numbers */
  [GVNC_EVENT_CERTIFICATE] = "certificate",              /* ask, or accepted */
  [GVNC_EVENT_WEAK] = "weak",                            /* 'clause' */
  [GVNC_EVENT_SECURED] = "secured",                      /* how */
  [GVNC_EVENT_AUTH_CREDENTIALS] = "auth-credentials",    /* numbers */
  [GVNC_EVENT_AUTH_UNSUPPORTED] = "auth-unsupported",    /* number */
  [GVNC_EVENT_AUTH_FAILURE] = "auth-failure",            /* 'reason' */
  [GVNC_EVENT_INITIALIZED] = "initialized",              /* size format 'name' */
  [GVNC_EVENT_FORMAT] = "format",                        /* format */
  [GVNC_EVENT_FORMAT_CHANGED] = "format-changed",        /* format */
  [GVNC_EVENT_COLOURS] = "colours",                      /* first: values */
  [GVNC_EVENT_UPDATE_END] = "update-end",
  [GVNC_EVENT_DESKTOP_SIZE] = "desktop-size",            /* size */
  [GVNC_EVENT_SCREENS] = "screens",                      /* reason status id:x,y+wxh/flags … */
  [GVNC_EVENT_DESKTOP_NAME] = "desktop-name",            /* 'name' */
  [GVNC_EVENT_CURSOR] = "cursor",                        /* size hot spot RGBA, or none */
  [GVNC_EVENT_CURSOR_VISIBLE] = "cursor-visible",        /* number */
  [GVNC_EVENT_CURSOR_MOVED] = "cursor-moved",            /* x,y */
  [GVNC_EVENT_POINTER_MODE] = "pointer-mode",            /* number */
  [GVNC_EVENT_EXTENDED_KEY] = "extended-key",
  [GVNC_EVENT_EXTENDED_BUTTONS] = "extended-buttons",
  [GVNC_EVENT_LED_STATE] = "led-state",                  /* number */
  [GVNC_EVENT_POWER_CONTROL] = "power-control",          /* number */
  [GVNC_EVENT_BELL] = "bell",
  [GVNC_EVENT_CUT_TEXT] = "cut-text",                    /* 'text' */
  [GVNC_EVENT_AUDIO_AVAILABLE] = "audio-available",
  [GVNC_EVENT_AUDIO_START] = "audio-start",
  [GVNC_EVENT_AUDIO_DATA] = "audio-data",                /* 'bytes' */
  [GVNC_EVENT_AUDIO_STOP] = "audio-stop",
  [GVNC_EVENT_CLIPBOARD_CAPS] = "clip-caps",             /* number */
  [GVNC_EVENT_CLIPBOARD_OFFERED] = "clip-offered",       /* number */
  [GVNC_EVENT_CLIPBOARD_REQUESTED] = "clip-requested",   /* number */
  [GVNC_EVENT_CLIPBOARD_DATA] = "clip-data",             /* format 'data' */
  [GVNC_EVENT_CLIPBOARD_REFUSED] = "clip-refused",       /* format 'sentence' */
  [GVNC_EVENT_CLIPBOARD_PROVIDED] = "clip-provided",     /* number */
  [GVNC_EVENT_FENCE] = "fence",                          /* flags payload */
  [GVNC_EVENT_LINK] = "link",                            /* nothing more */
  [GVNC_EVENT_ERROR] = "error",                          /* code 'sentence' */
  [GVNC_EVENT_CLOSED] = "closed",
};

/* Bytes as a text where that can be; long ones by their number alone. */
static void
event_quote (GString *text,
             GBytes  *data)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (data, &len);

  if (len > MOST_QUOTED) {
    g_string_append_printf (text, " %" G_GSIZE_FORMAT " bytes", len);
    return;
  }
  g_string_append (text, " '");
  for (gsize i = 0; i < len; i++) {
    if (g_ascii_isprint ((gchar) bytes[i]))
      g_string_append_c (text, (gchar) bytes[i]);
    else
      g_string_append_printf (text, "\\x%02x", bytes[i]);
  }
  g_string_append_c (text, '\'');
}

static void
event_format (GString               *text,
              const GvncPixelFormat *format)
{
  g_string_append_printf (text, " %u/%u", format->bits_per_pixel, format->depth);
  if (format->true_colour)
    g_string_append_printf (text, "%s %u<<%u %u<<%u %u<<%u", format->big_endian ? " big" : "",
                            format->red_max, format->red_shift, format->green_max, format->green_shift,
                            format->blue_max, format->blue_shift);
  else
    g_string_append (text, " map");
}

static void
event_cursor (GString         *text,
              const GvncEvent *event)
{
  gsize len;
  const guint8 *rgba;

  if (event->data == NULL) {
    g_string_append (text, " none");
    return;
  }
  rgba = g_bytes_get_data (event->data, &len);
  g_assert_cmpuint (len, ==, gvnc_rect_area (&event->rect) * 4);
  g_string_append_printf (text, " %ux%u %u,%u", event->rect.width, event->rect.height, event->rect.x, event->rect.y);
  if (len > MOST_QUOTED)
    g_string_append_printf (text, " %" G_GSIZE_FORMAT " bytes", len);
  else
    for (gsize i = 0; i < len; i++)
      g_string_append_printf (text, "%s%02x", i % 4 == 0 ? " " : "", rgba[i]);
}

static void
event_screens (GString         *text,
               const GvncEvent *event)
{
  gsize len = 0;
  const GvncScreen *screens = event->data != NULL ? g_bytes_get_data (event->data, &len) : NULL;

  g_string_append_printf (text, " %u %u", GVNC_SCREENS_REASON (event->number), GVNC_SCREENS_STATUS (event->number));
  if (event->data == NULL)
    g_string_append (text, " refused");
  for (gsize i = 0; i < len / sizeof *screens; i++)
    g_string_append_printf (text, " %u:%u,%u+%ux%u/%u", screens[i].id, screens[i].rect.x, screens[i].rect.y,
                            screens[i].rect.width, screens[i].rect.height, screens[i].flags);
}

char *
gvnc_script_event (const GvncEvent *event)
{
  GString *text = g_string_new (event->kind < G_N_ELEMENTS (names) ? names[event->kind] : "unknown");
  gsize len;
  const guint16 *values;

  switch (event->kind) {
  case GVNC_EVENT_AUTH_TYPES:
  case GVNC_EVENT_AUTH_SUBTYPES:
  case GVNC_EVENT_AUTH_CREDENTIALS:
    for (guint i = 0; i < event->numbers->len; i++)
      g_string_append_printf (text, " %u", g_array_index (event->numbers, guint32, i));
    break;
  case GVNC_EVENT_CERTIFICATE:
    g_string_append (text, event->number != 0 ? " ask" : " accepted");
    break;
  case GVNC_EVENT_AUTH_UNSUPPORTED:
  case GVNC_EVENT_CURSOR_VISIBLE:
  case GVNC_EVENT_POINTER_MODE:
  case GVNC_EVENT_LED_STATE:
  case GVNC_EVENT_POWER_CONTROL:
  case GVNC_EVENT_CLIPBOARD_CAPS:
  case GVNC_EVENT_CLIPBOARD_OFFERED:
  case GVNC_EVENT_CLIPBOARD_REQUESTED:
  case GVNC_EVENT_CLIPBOARD_PROVIDED:
    g_string_append_printf (text, " %u", event->number);
    break;
  case GVNC_EVENT_ERROR:
  case GVNC_EVENT_FENCE:
  case GVNC_EVENT_CLIPBOARD_DATA:
  case GVNC_EVENT_CLIPBOARD_REFUSED:
    g_string_append_printf (text, " %u", event->number);
    event_quote (text, event->data);
    break;
  case GVNC_EVENT_WEAK:
  case GVNC_EVENT_AUTH_FAILURE:
  case GVNC_EVENT_SECURED:
  case GVNC_EVENT_DESKTOP_NAME:
  case GVNC_EVENT_CUT_TEXT:
  case GVNC_EVENT_AUDIO_DATA:
    event_quote (text, event->data);
    break;
  case GVNC_EVENT_INITIALIZED:
    g_string_append_printf (text, " %ux%u", event->rect.width, event->rect.height);
    event_format (text, &event->format);
    event_quote (text, event->data);
    break;
  case GVNC_EVENT_FORMAT:
  case GVNC_EVENT_FORMAT_CHANGED:
    event_format (text, &event->format);
    break;
  case GVNC_EVENT_COLOURS:
    values = g_bytes_get_data (event->data, &len);
    g_string_append_printf (text, " %u:", event->number);
    if (len > MOST_QUOTED)
      g_string_append_printf (text, " %" G_GSIZE_FORMAT " entries", len / 6);
    else
      for (gsize i = 0; i < len / 2; i++)
        g_string_append_printf (text, "%s%04x", i % 3 == 0 ? " " : "", values[i]);
    break;
  case GVNC_EVENT_DESKTOP_SIZE:
    g_string_append_printf (text, " %ux%u", event->rect.width, event->rect.height);
    break;
  case GVNC_EVENT_SCREENS:
    event_screens (text, event);
    break;
  case GVNC_EVENT_CURSOR_MOVED:
    g_string_append_printf (text, " %u,%u", event->rect.x, event->rect.y);
    break;
  case GVNC_EVENT_CURSOR:
    event_cursor (text, event);
    break;
  default:
    break;
  }
  return g_string_free (text, FALSE);
}
