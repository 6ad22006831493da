/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "menus.h"

#include <glib/gi18n.h>

typedef struct {
  const char *label;
  const char *action;
} MenuItem;

static void
menus_append_section (GMenu          *menu,
                      const MenuItem *items,
                      gsize           n_items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (gsize i = 0; i < n_items; i++)
    g_menu_append (section, _(items[i].label), items[i].action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

#define MENUS_SECTION(menu, items) menus_append_section (menu, items, G_N_ELEMENTS (items))

/* One of several. */
typedef struct {
  const char *label;
  const char *value;
} MenuChoice;

static void
menus_append_choices (GMenu            *menu,
                      const char       *label,
                      const char       *action,
                      const MenuChoice *choices,
                      gsize             n_choices)
{
  g_autoptr (GMenu) submenu = g_menu_new ();

  for (gsize i = 0; i < n_choices; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_(choices[i].label), NULL);

    g_menu_item_set_action_and_target (item, action, "s", choices[i].value);
    g_menu_append_item (submenu, item);
  }
  g_menu_append_submenu (menu, label, G_MENU_MODEL (submenu));
}

#define MENUS_CHOICES(menu, label, action, choices) \
  menus_append_choices (menu, label, action, choices, G_N_ELEMENTS (choices))

/* The target is what gtk_accelerator_parse () reads. */
static void
menus_append_keys (GMenu      *menu,
                   const char *label,
                   const char *keys)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.send-keys", "s", keys);
  g_menu_append_item (menu, item);
}

static GtkWidget *
menus_button (const char *label,
              const char *icon_name,
              const char *tooltip,
              GMenu      *menu)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *content;

  if (icon_name != NULL) {
    content = gtk_image_new_from_icon_name (icon_name, GTK_ICON_SIZE_BUTTON);
    gtk_container_add (GTK_CONTAINER (button), content);
  } else {
    gtk_button_set_label (GTK_BUTTON (button), label);
    gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  }
  gtk_widget_set_tooltip_text (button, tooltip);
  atk_object_set_name (gtk_widget_get_accessible (button), tooltip);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_show_all (button);
  return button;
}

GtkWidget *
gvnc_menus_new_send_keys (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) usual = g_menu_new ();
  g_autoptr (GMenu) consoles = g_menu_new ();
  g_autoptr (GMenu) single = g_menu_new ();

  menus_append_keys (usual, _("Ctrl+Alt+_Del"), "<Control><Alt>Delete");
  menus_append_keys (usual, _("Ctrl+Alt+_Backspace"), "<Control><Alt>BackSpace");
  menus_append_keys (usual, _("Ctrl+_Esc"), "<Control>Escape");
  menus_append_keys (usual, _("Ctrl+_Shift+Esc"), "<Control><Shift>Escape");
  menus_append_keys (usual, _("Alt+_Tab"), "<Alt>Tab");
  menus_append_keys (usual, _("Alt+F_4"), "<Alt>F4");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (usual));

  for (int i = 1; i <= 12; i++) {
    g_autofree char *label = g_strdup_printf (_("Ctrl+Alt+F%d"), i);
    g_autofree char *keys = g_strdup_printf ("<Control><Alt>F%d", i);

    menus_append_keys (consoles, label, keys);
  }
  g_menu_append_submenu (menu, _("_Consoles"), G_MENU_MODEL (consoles));

  menus_append_keys (single, _("_Print"), "Print");
  menus_append_keys (single, _("F_11"), "F11");
  menus_append_keys (single, _("S_uper"), "Super_L");
  menus_append_keys (single, _("_Menu"), "Menu");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (single));
  return menus_button (_("Send _Keys"), NULL, _("Send keys to the remote desktop"), menu);
}

GtkWidget *
gvnc_menus_new_view (void)
{
  static const MenuItem size[] = {
    { N_("_Full Screen"), "win.full-screen" },
    { N_("Full Screen on _All Monitors"), "win.all-monitors" },
    { N_("_Scale to Window"), "win.scale" },
    { N_("_Keep Aspect Ratio"), "win.keep-aspect" },
    { N_("S_mooth Scaling"), "win.smooth" },
    { N_("_Resize Remote Desktop to Window"), "win.resize-remote" },
  };
  static const MenuItem zoom[] = {
    { N_("Zoom _In"), "win.zoom-in" },
    { N_("Zoom _Out"), "win.zoom-out" },
    { N_("_Normal Size"), "win.zoom-normal" },
  };
  static const MenuItem input[] = {
    { N_("_Watch Only"), "win.read-only" },
    { N_("Show Remote _Pointer"), "win.remote-pointer" },
    { N_("Re_fresh"), "win.refresh" },
  };
  static const MenuItem screens[] = {
    { N_("Remote S_creens…"), "win.screens" },
  };
  static const MenuChoice rotations[] = {
    { N_("_Not Turned"), "0" },
    { N_("By 90° to the _Right"), "90" },
    { N_("_Upside Down"), "180" },
    { N_("By 90° to the _Left"), "270" },
  };
  static const MenuChoice qualities[] = {
    { N_("_As the Link Allows"), "automatic" },
    { N_("_Exact"), "lossless" },
    { N_("_Compressed with Losses"), "lossy" },
  };
  static const MenuChoice depths[] = {
    { N_("As the _Server Has Them"), "default" },
    { N_("_Full (24 Bits)"), "full" },
    { N_("_Medium (15 Bits)"), "medium" },
    { N_("_Low (8 Bits)"), "low" },
    { N_("_Ultra-Low (3 Bits)"), "ultra-low" },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) picture = g_menu_new ();

  MENUS_SECTION (menu, size);
  MENUS_SECTION (menu, zoom);
  MENUS_CHOICES (picture, _("R_otation"), "win.rotation", rotations);
  MENUS_CHOICES (picture, _("_Quality"), "win.quality", qualities);
  MENUS_CHOICES (picture, _("_Colours"), "win.depth", depths);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (picture));
  MENUS_SECTION (menu, screens);
  MENUS_SECTION (menu, input);
  return menus_button (_("_View"), NULL, _("How the remote desktop is shown"), menu);
}

GtkWidget *
gvnc_menus_new_main (void)
{
  static const MenuItem session[] = {
    { N_("_New Connection…"), "win.connect" },
    { N_("_Reconnect"), "win.reconnect" },
    { N_("_Disconnect"), "win.cancel" },
  };
  static const MenuItem picture[] = {
    { N_("Save _Screenshot…"), "win.screenshot" },
    { N_("S_tatistics"), "win.statistics" },
  };
  static const MenuItem options[] = {
    { N_("Capture _Keyboard"), "win.capture-keyboard" },
    { N_("S_hare With Other Viewers"), "win.shared" },
    { N_("Share _Clipboard"), "win.clipboard" },
    { N_("_Reconnect Automatically"), "win.auto-reconnect" },
#ifdef HAVE_GVNCPULSE
    { N_("Play S_ound"), "win.sound" },
#endif
  };
  static const MenuItem power[] = {
    { N_("Shut _Down"), "win.power-shutdown" },
    { N_("Re_boot"), "win.power-reboot" },
    { N_("R_eset"), "win.power-reset" },
  };
  static const MenuItem program[] = {
    { N_("_About"), "win.about" },
    { N_("_Close"), "win.close" },
  };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) options_menu = g_menu_new ();
  g_autoptr (GMenu) power_menu = g_menu_new ();
  g_autoptr (GMenuItem) power_item = NULL;

  MENUS_SECTION (menu, session);
  MENUS_SECTION (menu, picture);
  MENUS_SECTION (options_menu, options);
  g_menu_append_submenu (menu, _("_Options"), G_MENU_MODEL (options_menu));

  MENUS_SECTION (power_menu, power);
  power_item = g_menu_item_new_submenu (_("_Power"), G_MENU_MODEL (power_menu));
  g_menu_item_set_attribute (power_item, "action", "s", "win.power");
  g_menu_item_set_attribute (power_item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, power_item);

  MENUS_SECTION (menu, program);
  return menus_button (NULL, "open-menu-symbolic", _("Menu"), menu);
}

/* They work while the focus is not in the remote desktop; there, every key but F11 goes to it. */
void
gvnc_menus_add_accelerators (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "win.connect", { "<Control>n" } },
    { "win.reconnect", { "<Control>r" } },
    { "win.close", { "<Control>w", "<Control>q" } },
    { "win.full-screen", { "F11" } },
    { "win.zoom-in", { "<Control>plus", "<Control>equal" } },
    { "win.zoom-out", { "<Control>minus" } },
    { "win.zoom-normal", { "<Control>0" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action, accelerators[i].keys);
}
