"""What a petitioner is told of their own case: hops, the next step, and which rights are open.

In Chinese and English, by units and days, without a person's name. A pure function of the events
of the matter, the registry and the day.
"""
