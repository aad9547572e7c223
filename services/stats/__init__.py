"""Stats: facts and counters folded from all ledgers, and the measures that read them."""
