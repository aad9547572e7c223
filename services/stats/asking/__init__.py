"""Questions and their answers: what is asked, which rows that needs, and the counts that follow.

    question     which days of which division, as of when; the positions that this means
    applicable   which figures a question with filters can be about
    figures      the answer
    past_counts  counts as they were at past positions
    evidence     the entities that a figure counts

The SQL is the store's; the shapes on the wire are the API's.
"""
