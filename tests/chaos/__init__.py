"""The fault suite: a load of commands on a whole system that is hurt on purpose, then a verdict.

    load ─► journal (what was asked, what was acknowledged)      ┐
    faults ─► the running system                                 ├─► observation ─► checker
    observing ─► ledgers, topics, figures, evidence, when quiet  ┘

`lives` are what is done with cases and disputes, `deeds` how each command is asked for, `kinds`
what it has to write. `plan` draws a seed's townships and faults, `ground` is the system and how it
is reached, `faults` are the ways to hurt it, `one_seed` plays a seed, `rules` are what the checker
goes by, `three_ways` asks rebuild and verifier, `killed_import` kills an import again and again,
`page` writes docs/faults.md. `python -m tests.chaos` runs it all.
"""
