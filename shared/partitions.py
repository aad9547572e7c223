"""Which partition a ledger lives in: murmur2 of its key, as every Kafka client has it."""

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=4096)
def partition_of(division: str, partitions: int) -> int:
    """The partition of a division's ledger in a topic with so many partitions."""
    return int(murmur2(division.encode()) & 0x7FFFFFFF) % partitions
