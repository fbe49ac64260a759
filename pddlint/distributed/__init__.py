"""A run on a distributed engine: reading and judging are a map, comparing is a group by merchant.

    files → portions → [map: listings, per-listing rules, fingerprints] → [shuffle by merchant] → [map: matching,
    per-merchant rules] → findings

The engine only moves bytes. What happens inside a partition is the code that runs on one machine; what comes out is put
back into reading order, so that a run here and a plain run find the same.
"""
