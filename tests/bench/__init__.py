"""Benchmarks: each of our paths against the barest thing that could do its work.

`make bench`, or `python -m tests.bench [NAME ...] [--quick]`. Ours and the floor alternate in one
run on the same parts, with fsync on; what is told is the median.
"""
