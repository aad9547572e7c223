"""Making a view anew beside the live one, then changing places without a gap.

`rebuild` folds a topic from its first event into tables of a schema of their own (`schema`), read by
a reader without a group (`topic_reader`) and written by the very consumer that the worker uses
(`building`). When they are up with the live ones, one short transaction (`swap`) exchanges them.
Whoever reads figures sees all of the old or all of the new; whatever goes wrong before the commit
leaves the live view as it was (`refusals`).
"""
