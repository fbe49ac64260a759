"""PLUG: what goes wrong inside rules themselves."""
