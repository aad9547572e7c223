"""The relay: carries every event of a service's ledgers to Kafka, in order, at least once.

`relay` is the loop, `leadership` sees to it that one process does it, `outbox` reads what has
not been sent, `sending` sends it, `positions` remembers how far each ledger has got.

It never waits for an append and no append waits for it. A kill between sending and remembering
sends some events twice: consumers skip them by their sequence.
"""

from shared.relay.positions import resend
from shared.relay.relay import Relay

__all__ = ["Relay", "resend"]
