"""The relay: carries every event of a service's ledgers to Kafka, in order, at least once.

`relay` is the loop, `leadership` the lock that lets one process run it, `leader` what that process
does. `outbox` reads the unsent events, `sending` sends them without a retry in the client
(`no_retry`), `positions` stores how far each ledger was sent, `topic_ends` compares the topic with
the ledgers before the first send, `lag` sets the gauges, `announcing` tells a relay of what other
processes append.

The relay never waits for an append and no append waits for it. A kill between sending and saving
the positions sends some events twice: consumers skip them by their sequence.
"""

from shared.relay.announcing import Announcer
from shared.relay.positions import resend
from shared.relay.relay import Relay

__all__ = ["Announcer", "Relay", "resend"]
