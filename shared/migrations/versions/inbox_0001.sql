-- What this service has consumed: one row a ledger, moved in the transaction of the effect.
create table inbox (
    source          text collate "C" not null,
    division_code   text collate "C" not null,
    next_seq        bigint not null default 1,
    topic_id        text,
    topic_partition integer,
    last_offset     bigint,
    primary key (source, division_code)
) with (fillfactor = 50);
select concord_protect('inbox', 'select, insert, update');

-- Messages that could not be consumed, each whole, with the reason and the place it came from.
-- One that names no division of the county is kept under the county itself.
create table parked (
    division_code     text collate "C" not null,
    topic             text collate "C" not null,
    topic_id          text collate "C" not null,
    topic_partition   integer not null,
    message_offset    bigint not null,
    source            text collate "C",
    seq               bigint,
    reason            text not null,
    message_key       bytea,
    message_value     bytea,
    header_names      text[] not null,
    header_values     bytea[] not null,
    parked_at         timestamptz not null default clock_timestamp(),
    dead_lettered_at  timestamptz,
    replayed_at       timestamptz,
    primary key (division_code, topic, topic_id, topic_partition, message_offset)
);
create index parked_not_dead_lettered on parked (division_code) where dead_lettered_at is null;
select concord_protect('parked', 'select, insert, update');
