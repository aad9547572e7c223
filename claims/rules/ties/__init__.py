"""One file a kind of tie; each reads a `Reading` and yields findings."""
