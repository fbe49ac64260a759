"""From findings to what to do about them: `pddlint plan`.

report + the listings it names ──▶ steps, grouped by keeper or listing ──▶ text, JSON, Markdown
                                         ├──▶ request bodies for the Open Platform
                                         └──▶ edits of local catalog files, where they are certain
"""
