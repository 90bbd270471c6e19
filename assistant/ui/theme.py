"""Gradio's theme in the desk's colours; everything else about the look stands in `web/base.css`."""

from __future__ import annotations

import gradio as gr

_SANS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Plain font names only: Gradio's own fonts would be fetched from elsewhere."""
    made = gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_sm,
        font=list(_SANS),
        font_mono=list(_MONO),
    )
    colours: dict[str, str] = {
        "body_background_fill": "#f5f6f8",
        "body_text_color": "#1f2329",
        "block_background_fill": "#ffffff",
        "button_primary_background_fill": "#1456a0",
        "button_primary_background_fill_hover": "#0f437d",
        "button_primary_text_color": "#ffffff",
        "color_accent": "#1456a0",
        "link_text_color": "#1456a0",
    }
    dark = {f"{name}_dark": value for name, value in colours.items() if name != "color_accent"}
    return made.set(**colours, **dark)
