"""What a consumer asks of the transport when the ground shifts under it."""

from faust.types.tuples import TP

from shared.postgres import new_pool
from shared.streaming.consumer import Consumer
from shared.streaming.parking import Parking
from shared.streaming.transport import Chunk
from tests.shared.ledgers import COUNTY
from tests.shared.streams import SOURCE, StrictFold

TOPIC = "concord.trial"
PLACES = [TP(TOPIC, 0), TP(TOPIC, 7)]


class NotedReader:
    """Notes the wishes and does nothing."""

    def __init__(self) -> None:
        self.seeks: list[tuple[TP, int]] = []

    def is_current(self, _: Chunk) -> bool:
        return True

    def request_seek(self, tp: TP, offset: int) -> None:
        self.seeks.append((tp, offset))

    def done(self, tp: TP, next_offset: int) -> None:
        raise AssertionError("nothing was consumed")

    def began_at(self, _: TP) -> int | None:
        return 0

    def ends(self) -> dict[TP, int]:
        return {}


async def test_another_topic_of_the_same_name_is_read_from_0_in_every_partition() -> None:
    pool = new_pool("postgresql://nobody@127.0.0.1:1/none", name="unused")
    parking = Parking(pool, bootstrap="", topic=TOPIC, source=SOURCE, county=COUNTY)
    consumer = Consumer(
        pool, topic=TOPIC, fold=StrictFold(), parking=parking, county=COUNTY, service="trial"
    )
    reader = NotedReader()
    consumer.topic_id = "old"
    consumer.topic_replaced("new", PLACES, reader)
    assert consumer.topic_id == "new"
    assert reader.seeks == [(place, 0) for place in PLACES]
