-- What cases have, for mediations and for mediators: see stats_0001 and stats_0003.
create table mediation_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    mediation_id  text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,   -- of occurred_at, in China
    category      text collate "C",
    village_code  text collate "C",
    committee_id  text collate "C",
    dispute_kind  text collate "C",
    session_id    text collate "C",
    session_mode  text collate "C",
    due_at        timestamptz,
    due_day       date,            -- the last day of the term that ends at due_at, in China
    primary key (division_code, source, seq, mediation_id)
);
create index mediation_step_of_mediation on mediation_step (division_code, mediation_id, seq);
create index mediation_step_by_day on mediation_step (division_code, kind, day);
create index mediation_step_by_due_day on mediation_step (division_code, kind, due_day)
    where due_day is not null;
create index mediation_step_by_recording
    on mediation_step (division_code, source, recorded_at, seq);
select concord_protect('mediation_step', 'select, insert');

-- One row a dispute; its sessions in the order in which they were told: id, mode, time and place
-- of the event. Nothing is searched by them here: steps are.
create table mediation_fact (
    division_code text collate "C" not null,
    mediation_id  text collate "C" not null,
    category      text collate "C" not null,
    village_code  text collate "C",
    committee_id  text collate "C" not null,
    dispute_kind  text collate "C" not null,
    sessions      jsonb not null,
    outcome       text collate "C",
    due_at        timestamptz,
    applied_at    timestamptz not null,
    applied_seq   bigint not null,
    ended_at      timestamptz,
    ended_seq     bigint,
    performed_at  timestamptz,
    performed_seq bigint,
    breached_at   timestamptz,
    breached_seq  bigint,
    primary key (division_code, mediation_id)
) with (fillfactor = 70);
select concord_protect('mediation_fact', 'select, insert, update');

create table mediation_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    village_code  text collate "C" not null,   -- empty where no village is stated
    committee_id  text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, category, village_code, committee_id)
) with (fillfactor = 70);
select concord_protect('mediation_day_rollup', 'select, insert, update');

create table mediation_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,   -- its first day
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('mediation_month_rollup', 'select, insert, update');

create table mediator_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    mediator_id   text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,
    kinds         text collate "C",   -- of mediators, parted by spaces
    due_at        timestamptz,
    due_day       date,
    primary key (division_code, source, seq, mediator_id)
);
create index mediator_step_of_mediator on mediator_step (division_code, mediator_id, seq);
create index mediator_step_by_day on mediator_step (division_code, kind, day);
create index mediator_step_by_recording
    on mediator_step (division_code, source, recorded_at, seq);
select concord_protect('mediator_step', 'select, insert');

-- When each mediator was on the roster, and as what: kind, then time and place of the events.
create table mediator_fact (
    division_code text collate "C" not null,
    mediator_id   text collate "C" not null,
    stays         jsonb not null,
    primary key (division_code, mediator_id)
) with (fillfactor = 70);
select concord_protect('mediator_fact', 'select, insert, update');

create table mediator_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day)
) with (fillfactor = 50);
select concord_protect('mediator_day_rollup', 'select, insert, update');

create table mediator_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('mediator_month_rollup', 'select, insert, update');
