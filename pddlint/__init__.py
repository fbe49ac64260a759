"""pddlint: the linter for Pinduoduo (拼多多) product catalogs."""

__version__ = "0.1.0"
