"""How often residents may try from a network, and fail there with a number; of all processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from fastapi import Request
from limits import RateLimitItem, parse

from services.intake.store.attempt_counts import (
    PER_NETWORK,
    PER_NUMBER,
    AttemptCounts,
    parts_of,
    seconds_to_wait,
)
from shared.keys import Keys
from shared.refusals import Refusal

_DIGITS = 5
"""Hexadecimal digits of a counter: a million of each kind, so that no attack fills the disk. Two that
share one are limited together for an hour, and nobody can tell which do.
"""
_PREFIX = {4: 24, 6: 56}
"""What counts as one network: about what one line or one office is given."""


class TooManyAttempts(Refusal):
    """So many attempts were made from this network, or failed with this number; ask again later."""

    status = 429
    title = "Too many attempts"

    def __init__(self, seconds: int) -> None:
        """`seconds` are what is left of the window."""
        super().__init__(retry_after=seconds, zh="尝试次数过多，请稍后再试。")
        self.headers = {"Retry-After": str(seconds)}


@dataclass(frozen=True, kw_only=True)
class ResidentLimits:
    """The limits, and the keyed digests under which numbers and networks are counted."""

    counts: AttemptCounts
    keys: Keys
    per_number: RateLimitItem
    per_network: RateLimitItem
    proxies: Sequence[str] = ()
    """Networks of the proxies in front of the service, whose `X-Forwarded-For` is believed."""

    @classmethod
    def of(
        cls,
        counts: AttemptCounts,
        keys: Keys,
        *,
        per_number: str = PER_NUMBER,
        per_network: str = PER_NETWORK,
        proxies: str = "",
    ) -> "ResidentLimits":
        """The limits as settings write them."""
        return cls(
            counts=counts,
            keys=keys,
            per_number=parse(per_number),
            per_network=parse(per_network),
            proxies=parts_of(proxies),
        )

    async def count(self, request: Request) -> None:
        """Count an attempt, whatever comes of it; raises TooManyAttempts."""
        await self._count(self.per_network, "network", network_of(request, self.proxies))

    async def count_failure(self, request: Request, number: str) -> None:
        """Count a failure with this number from this network; raises TooManyAttempts.

        Nothing is counted for a number alone: numbers are serial, and anybody could shut out whoever
        has the code.
        """
        network = network_of(request, self.proxies)
        await self._count(self.per_number, "number", f"{number}/{network}")

    async def _count(self, limit: RateLimitItem, what: str, counted: str) -> None:
        digest = self.keys.for_purpose("resident-attempt").mac(f"{what}/{counted}".encode())
        seconds = await seconds_to_wait(self.counts, limit, what, digest.hex()[:_DIGITS])
        if seconds is not None:
            raise TooManyAttempts(seconds)


def network_of(request: Request, proxies: Sequence[str] = ()) -> str:
    """The network from which a request comes: the last address that no proxy of ours has."""
    peer = request.client.host if request.client else ""
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    address = _address(peer)
    for each in reversed(parts_of(forwarded)):
        if address is None or not any(address in ip_network(proxy) for proxy in proxies):
            break
        address = _address(each)
    if address is None:
        return "local"
    return str(ip_network(f"{address}/{_PREFIX[address.version]}", strict=False))


def _address(written: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(written)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
