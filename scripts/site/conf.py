"""How Sphinx makes the site: scripts/docs calls it."""
import pathlib
import re

project = "Tocsin"
author = "the authors of Tocsin"
copyright = author  # noqa: A001: Sphinx's name for it
root = pathlib.Path(__file__).resolve().parents[2]
header = (root / "capi" / "include" / "tocsin.h").read_text(encoding="utf-8")
release = ".".join(re.search(rf"#define TOCSIN_VERSION_{part} (\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH"))

extensions = ["myst_parser", "sphinx_design", "sphinx_copybutton"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
highlight_language = "none"

html_theme = "furo"
html_title = f"Tocsin {release}"
html_static_path = [str(pathlib.Path(__file__).parent / "static")]
html_css_files = ["tocsin.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {"navigation_with_keys": True, "footer_icons": []}


def setup(app):
    # JSON Lines with answers between them: shown as they stand.
    from pygments.lexers.special import TextLexer

    app.add_lexer("jsonl", TextLexer)
