"""The partition of a ledger: murmur2 of its key, as in every Kafka client."""

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=4096)
def partition_of(division: str, partitions: int) -> int:
    """The partition of a division's ledger in a topic with this number of partitions."""
    return int(murmur2(division.encode()) & 0x7FFFFFFF) % partitions
