"""Statutory clocks: from what the law says and when it began to when it ends, and why.

Laws are data: `policies/` has one file per jurisdiction, `calendars/` one per year of working
days. `shipped` reads both; `due.due_of` counts; `explanation.explain` says why, as data that
`sentence_zh` and `sentence_en` put into words; `mark` says when to warn, `recalculation` what a new
calendar changes. Which clock a record is under is its service's own rule.
"""
