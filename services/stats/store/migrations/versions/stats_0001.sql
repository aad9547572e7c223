-- Every event about a case, as far as figures need it: figures of the past and evidence are
-- folded from these rows again, so nothing here is ever changed.
create table case_step (
    division_code   text collate "C" not null,
    source          text collate "C" not null,
    seq             bigint not null,
    case_id         text collate "C" not null,
    kind            text collate "C" not null,
    event_id        text collate "C" not null,
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    day             date not null,   -- of occurred_at, in China
    category        text collate "C",
    village_code    text collate "C",
    channel         text collate "C",
    first_or_repeat text collate "C",
    headcount       integer,
    imported        boolean,
    due_at          timestamptz,
    due_day         date,            -- the last day of the term that ends at due_at, in China
    primary key (division_code, source, seq, case_id)
);
create index case_step_of_case on case_step (division_code, case_id, seq);
create index case_step_by_day on case_step (division_code, kind, day);
create index case_step_by_due_day on case_step (division_code, kind, due_day)
    where due_day is not null;
create index case_step_by_recording on case_step (division_code, source, recorded_at, seq);
select concord_protect('case_step', 'select, insert');

-- One row a case, as it stands; each *_seq is the place of the event that made what it stands by.
create table case_fact (
    division_code   text collate "C" not null,
    case_id         text collate "C" not null,
    category        text collate "C" not null,
    village_code    text collate "C",
    channel         text collate "C" not null,
    first_or_repeat text collate "C" not null,
    headcount       integer,
    imported        boolean not null,
    due_at          timestamptz,
    filed_at        timestamptz not null,
    filed_seq       bigint not null,
    accepted_at     timestamptz,
    accepted_seq    bigint,
    answered_at     timestamptz,
    answered_seq    bigint,
    resolved_at     timestamptz,
    resolved_seq    bigint,
    withdrawn_at    timestamptz,
    withdrawn_seq   bigint,
    diverted_at     timestamptz,
    diverted_seq    bigint,
    linked_at       timestamptz,
    linked_seq      bigint,
    closed_at       timestamptz,
    closed_seq      bigint,
    reopened_at     timestamptz,
    reopened_seq    bigint,
    repeated_at     timestamptz,
    repeated_seq    bigint,
    primary key (division_code, case_id)
) with (fillfactor = 70);
select concord_protect('case_fact', 'select, insert, update');

-- Counters: what the facts add up to, moved in the transaction that changes the facts.
create table case_rollup (
    division_code text collate "C" not null,
    counter       text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    village_code  text collate "C" not null,   -- empty where no village is stated
    value         bigint not null,
    primary key (division_code, counter, day, category, village_code)
) with (fillfactor = 70);
select concord_protect('case_rollup', 'select, insert, update');

-- The same counters by whole months, for questions about every case: a year is twelve rows,
-- however many cells its days have.
create table case_rollup_month (
    division_code text collate "C" not null,
    counter       text collate "C" not null,
    month         date not null,   -- its first day
    value         bigint not null,
    primary key (division_code, counter, month)
) with (fillfactor = 50);
select concord_protect('case_rollup_month', 'select, insert, update');
