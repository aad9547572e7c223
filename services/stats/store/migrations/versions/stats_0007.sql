-- What cases have, for grid reports: see stats_0001 and stats_0003.
create table report_step (
    division_code   text collate "C" not null,
    source          text collate "C" not null,
    seq             bigint not null,
    report_id       text collate "C" not null,
    kind            text collate "C" not null,
    event_id        text collate "C" not null,
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    day             date not null,   -- of occurred_at, in China
    category        text collate "C",   -- of a case about the same matter
    village_code    text collate "C",
    report_category text collate "C",   -- of the reports' own tree
    urgency         text collate "C",
    report_source   text collate "C",
    due_at          timestamptz,
    due_day         date,
    primary key (division_code, source, seq, report_id)
);
create index report_step_of_report on report_step (division_code, report_id, seq);
create index report_step_by_day on report_step (division_code, kind, day);
create index report_step_by_recording on report_step (division_code, source, recorded_at, seq);
select concord_protect('report_step', 'select, insert');

create table report_fact (
    division_code   text collate "C" not null,
    report_id       text collate "C" not null,
    category        text collate "C" not null,
    village_code    text collate "C" not null,
    report_category text collate "C" not null,
    urgency         text collate "C" not null,
    report_source   text collate "C" not null,
    submitted_at    timestamptz not null,
    submitted_seq   bigint not null,
    validated_at    timestamptz,
    validated_seq   bigint,
    rejected_at     timestamptz,
    rejected_seq    bigint,
    primary key (division_code, report_id)
) with (fillfactor = 70);
-- how long the oldest of a township waits to be checked
create index report_fact_unchecked on report_fact (division_code, submitted_at)
    where validated_at is null and rejected_at is null;
select concord_protect('report_fact', 'select, insert, update');

create table report_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    village_code  text collate "C" not null,
    urgency       text collate "C" not null,
    report_source text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, category, village_code, urgency, report_source)
) with (fillfactor = 70);
select concord_protect('report_day_rollup', 'select, insert, update');

create table report_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,   -- its first day
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('report_month_rollup', 'select, insert, update');

-- Villages, grids and workers have the same columns: as what an entry is listed, and the end of the
-- day that its event states. `stays` has what it was listed as, then time and place of the events
-- with which that began and ended.
create table village_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    village_id    text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,
    village_code  text collate "C",
    listed_as     text collate "C",
    due_at        timestamptz,
    due_day       date,   -- that the event states
    primary key (division_code, source, seq, village_id)
);
create index village_step_of_village on village_step (division_code, village_id, seq);
create index village_step_by_due_day on village_step (division_code, kind, due_day);
create index village_step_by_recording on village_step (division_code, source, recorded_at, seq);
select concord_protect('village_step', 'select, insert');

create table village_fact (
    division_code text collate "C" not null,
    village_id    text collate "C" not null,
    village_code  text collate "C",
    stays         jsonb not null,
    primary key (division_code, village_id)
) with (fillfactor = 70);
select concord_protect('village_fact', 'select, insert, update');

create table village_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    village_code  text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, village_code)
) with (fillfactor = 50);
select concord_protect('village_day_rollup', 'select, insert, update');

create table village_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('village_month_rollup', 'select, insert, update');

create table grid_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    grid_id       text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,
    village_code  text collate "C",
    listed_as     text collate "C",
    due_at        timestamptz,
    due_day       date,   -- that the event states
    primary key (division_code, source, seq, grid_id)
);
create index grid_step_of_grid on grid_step (division_code, grid_id, seq);
create index grid_step_by_due_day on grid_step (division_code, kind, due_day);
create index grid_step_by_recording on grid_step (division_code, source, recorded_at, seq);
select concord_protect('grid_step', 'select, insert');

create table grid_fact (
    division_code text collate "C" not null,
    grid_id       text collate "C" not null,
    village_code  text collate "C",
    stays         jsonb not null,
    primary key (division_code, grid_id)
) with (fillfactor = 70);
select concord_protect('grid_fact', 'select, insert, update');

create table grid_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    village_code  text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, village_code)
) with (fillfactor = 50);
select concord_protect('grid_day_rollup', 'select, insert, update');

create table grid_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('grid_month_rollup', 'select, insert, update');

create table worker_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    worker_id     text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,
    village_code  text collate "C",
    listed_as     text collate "C",
    due_at        timestamptz,
    due_day       date,   -- that the event states
    primary key (division_code, source, seq, worker_id)
);
create index worker_step_of_worker on worker_step (division_code, worker_id, seq);
create index worker_step_by_due_day on worker_step (division_code, kind, due_day);
create index worker_step_by_recording on worker_step (division_code, source, recorded_at, seq);
select concord_protect('worker_step', 'select, insert');

create table worker_fact (
    division_code text collate "C" not null,
    worker_id     text collate "C" not null,
    village_code  text collate "C",
    stays         jsonb not null,
    primary key (division_code, worker_id)
) with (fillfactor = 70);
select concord_protect('worker_fact', 'select, insert, update');

create table worker_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day)
) with (fillfactor = 50);
select concord_protect('worker_day_rollup', 'select, insert, update');

create table worker_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('worker_month_rollup', 'select, insert, update');

-- see stats_0005
do $$
declare
    v_table text;
begin
    foreach v_table in array array['report_step', 'village_step', 'grid_step', 'worker_step'] loop
        execute format('grant update (recorded_at) on %I to %I', v_table, current_setting('concord.role'));
    end loop;
end $$;
