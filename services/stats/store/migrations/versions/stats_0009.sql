-- What cases have, for early warnings: see stats_0001 and stats_0003. None of safety is counted, so
-- none has a fact. Events of before count once the view is rebuilt (`concord rebuild grids`).
create table warning_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    warning_id    text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,   -- of occurred_at, in China
    category      text collate "C",
    village_code  text collate "C",
    rule          text collate "C",
    source_kind   text collate "C",   -- told by a post, or found by a rule
    afterwards    boolean,
    lead_days     integer,
    level         text collate "C",
    how           text collate "C",
    due_at        timestamptz,     -- by which somebody has to have acted
    due_day       date,
    primary key (division_code, source, seq, warning_id)
);
create index warning_step_of_warning on warning_step (division_code, warning_id, seq);
create index warning_step_by_day on warning_step (division_code, kind, day);
create index warning_step_by_recording on warning_step (division_code, source, recorded_at, seq);
select concord_protect('warning_step', 'select, insert');

create table warning_fact (
    division_code   text collate "C" not null,
    warning_id      text collate "C" not null,
    category        text collate "C",
    village_code    text collate "C",
    rule            text collate "C" not null,
    source_kind     text collate "C" not null,
    afterwards      boolean not null,
    lead_days       integer,
    level           text collate "C" not null,
    dispose_by      timestamptz not null,
    how             text collate "C",
    raised_at       timestamptz not null,
    raised_seq      bigint not null,
    acknowledged_at timestamptz,
    acknowledged_seq bigint,
    disposed_at     timestamptz,
    disposed_seq    bigint,
    expired_at      timestamptz,
    expired_seq     bigint,
    found_false_at  timestamptz,
    found_false_seq bigint,
    primary key (division_code, warning_id)
) with (fillfactor = 70);
-- red ones that nobody has acknowledged, by the time until which somebody has to have acted
create index warning_fact_unacknowledged on warning_fact (division_code, dispose_by)
    where level = 'red' and not afterwards and acknowledged_at is null
          and disposed_at is null and expired_at is null and found_false_at is null;
create index warning_fact_with_lead on warning_fact (division_code, raised_at)
    where lead_days is not null;
select concord_protect('warning_fact', 'select, insert, update');

create table warning_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    village_code  text collate "C" not null,
    level         text collate "C" not null,
    rule          text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, category, village_code, level, rule)
) with (fillfactor = 70);
select concord_protect('warning_day_rollup', 'select, insert, update');

create table warning_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,   -- its first day
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('warning_month_rollup', 'select, insert, update');

-- The same for entries of the list of watched matters, which are narrowed by nothing.
create table watch_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    watch_id      text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,
    due_at        timestamptz,
    due_day       date,
    primary key (division_code, source, seq, watch_id)
);
create index watch_step_of_watch on watch_step (division_code, watch_id, seq);
create index watch_step_by_day on watch_step (division_code, kind, day);
create index watch_step_by_recording on watch_step (division_code, source, recorded_at, seq);
select concord_protect('watch_step', 'select, insert');

create table watch_fact (
    division_code text collate "C" not null,
    watch_id      text collate "C" not null,
    watched_at    timestamptz not null,
    watched_seq   bigint not null,
    ended_at      timestamptz,
    ended_seq     bigint,
    unjustified_at  timestamptz,
    unjustified_seq bigint,
    primary key (division_code, watch_id)
) with (fillfactor = 70);
select concord_protect('watch_fact', 'select, insert, update');

create table watch_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day)
) with (fillfactor = 50);
select concord_protect('watch_day_rollup', 'select, insert, update');

create table watch_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('watch_month_rollup', 'select, insert, update');

-- see stats_0005
do $$
declare
    v_table text;
begin
    foreach v_table in array array['warning_step', 'watch_step'] loop
        execute format('grant update (recorded_at) on %I to %I', v_table, current_setting('concord.role'));
    end loop;
end $$;
