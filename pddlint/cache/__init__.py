"""What was worked out before and need not be worked out again, keyed by content and by the version of what computed it.

    store      a file of checksummed values that several runs may share, and that may fail at any time
    folder     where it lies, how it is recognised and how it is cleaned away
    versions   digests of the code, word lists and plugins that a value depends on
    records    what reading and judging a record gave
    matches    what comparing a merchant's listings gave
    pairs      how alike two pictures are by local features

A run never depends on it: whatever is missing, unreadable, out of date or false is worked out again.
"""
