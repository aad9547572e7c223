-- How often residents have asked about a number, and from a network, within the running window.
-- Numbers and networks are keyed digests. No county has these rows: an attempt is counted before it is
-- known whether its number is one. Digests have 20 bits, so there are never more than two million rows,
-- and none has to be deleted.
create table resident_attempt (
    division_code text collate "C" not null,
    counter       text collate "C" not null,
    attempts      integer not null,
    ends_at       timestamptz not null,
    primary key (division_code, counter)
);

select concord_protect('resident_attempt', 'select, insert, update');
