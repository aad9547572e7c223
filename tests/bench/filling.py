"""Filling intake's store with cases by SQL, as if they had been filed over the years."""

from typing import LiteralString

import psycopg

from tests.bench.sample import lives
from tests.bench.stage import TOWNSHIPS
from tests.parts import FreshDatabase

# one case a minute and township, back from now
_CASES: LiteralString = """
    create temporary table filed as
    select division, n, moment, sealed,
           division || '-' || uuidv7(moment - clock_timestamp()) as case_id,
           division || '-' || uuidv7(moment - clock_timestamp()) as person_ref
    from (select division, n,
                 now() - (%(each)s - n) * interval '1 minute' as moment,
                 decode(repeat(md5(division || n), 25), 'hex') as sealed
          from unnest(%(townships)s::text[]) as division, generate_series(1, %(each)s) as n) made
"""
_TABLES: tuple[LiteralString, ...] = (
    """
    insert into event (division_code, seq, stream_id, version, event_id, kind, schema_version,
                       data, actor_ref, occurred_at, recorded_at, digest, previous_hash, hash)
    select division, n, case_id, 1, person_ref, 'case-filed', 1,
           replace(%(data)s, %(sample)s, case_id), 'post-1', moment, moment,
           substr(sealed, 1, 32), substr(sealed, 1, 32), substr(sealed, 1, 32)
    from filed order by division, n
    """,
    """
    insert into ledger (division_code, head_seq, head_recorded_at)
    select division, max(n), max(moment) from filed group by division
    """,
    """
    insert into case_board (division_code, case_id, number, state, category, channel, purpose,
                            village_code, filed_at, person_ref, version)
    select division, case_id, 'F-' || division || n,
           (array['filed', 'accepted', 'answered', 'resolved'])[1 + n %% 4],
           (array['land', 'labour', 'water', 'other'])[1 + n %% 7 %% 4], 'visit', 'request',
           division || 201 + n %% 12, moment, person_ref, 1
    from filed order by division, n
    """,
    """
    insert into vault_person (division_code, person_ref, wrapped_key)
    select division, person_ref, substr(sealed, 1, 60) from filed order by division, n
    """,
    """
    insert into vault_entry (division_code, person_ref, kind, digest, sealed)
    select division, person_ref, 'filing', md5(case_id), sealed from filed order by division, n
    """,
    """
    insert into query_code (division_code, case_id, number, code_mac)
    select division, case_id, 'F-' || division || n, substr(sealed, 1, 32)
    from filed order by division, n
    """,
    """
    insert into command_receipt (division_code, actor_ref, route, idempotency_key, request_mac,
                                 response, first_seq, last_seq, recorded_at)
    select division, 'post-1', 'POST /townships/{division}/cases', md5(case_id),
           substr(sealed, 1, 32), substr(sealed, 1, 300), n, n, moment
    from filed order by division, n
    """,
)


def fill(database: FreshDatabase, cases: int) -> None:
    """So many cases, as many in each township; settled, as after a quiet night."""
    event = lives(1)[0]
    named = {
        "each": cases // len(TOWNSHIPS),
        "townships": TOWNSHIPS,
        "data": event.data.decode(),
        "sample": event.stream_id,
    }
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute(_CASES, named)
        for table in _TABLES:
            connection.execute(table, named)
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")
