-- Each line says which post was shown the private content of a record, by which route and for what.
-- The lines of a division are numbered without a gap and chained by their hashes; the day's seal
-- names the last one (shared/openings). Nothing of a person is in them. The service's role adds
-- lines and reads them, and can neither change nor delete any.
create table opening (
    division_code  text collate "C" not null,
    seq            bigint not null,
    record_id      text collate "C" not null,
    opened_by      text collate "C" not null,
    role           text collate "C" not null,
    route          text collate "C" not null,
    purpose        text collate "C" not null,
    correlation_id text collate "C",
    opened_at      timestamptz not null,
    previous_hash  bytea not null,
    hash           bytea not null,
    primary key (division_code, seq)
);
create index opening_of_record on opening (division_code, record_id, seq);

select concord_protect('opening', 'select, insert');
