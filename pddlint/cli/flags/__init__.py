"""The flags of the commands, one module a command with `add(parser, say)`. Light: every start imports them."""
