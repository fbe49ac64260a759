"""`--format html`: one file that needs nothing else: pictures, style and script are inside, and nothing is fetched.

Whatever a listing holds is data: it stands in a JSON block, and the page's script puts it on the page as text. A
Content-Security-Policy lets only this very script and style run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files
from typing import Any

from pddlint.report import Report
from pddlint.reports import Layout
from pddlint.reports.html_data import page_data
from pddlint.reports.html_pictures import Thumbnails
from pddlint.reports.json import encode

_SCRIPTS = ("dom.js", "cards.js", "report.js")


def render(report: Report, layout: Layout) -> str:
    style = _asset("report.css")
    script = "\n".join(["'use strict';", "(() => {", *map(_asset, _SCRIPTS), "})();"])
    data = page_data(report, Thumbnails())
    data["ui"] = json.loads(_asset("words.json"))
    zh = report.lang == "zh"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    without = "这份报告要用 JavaScript 显示。" if zh else "This report needs JavaScript to be shown."
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if zh else "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>pddlint</title>
<style>{style}</style>
</head>
<body>
<noscript>{without}</noscript>
<div id="app"></div>
<script type="application/json" id="data">{inert(data)}</script>
<script>{script}</script>
</body>
</html>
"""


def inert(data: Any) -> str:
    """JSON that can stand in a script element whatever text it holds."""
    text = encode(data).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _asset(name: str) -> str:
    return files("pddlint.reports").joinpath("assets", name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    """The source as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
