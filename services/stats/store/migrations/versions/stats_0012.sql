-- What leaders and units did (receptions, visits, conferences), as cases have it: see stats_0001 and
-- stats_0003. Each counts on its stated day. Events of before count once the view is rebuilt
-- (`concord rebuild cases`).
create table duty_step (
    division_code text collate "C" not null,
    source        text collate "C" not null,
    seq           bigint not null,
    duty_id       text collate "C" not null,
    kind          text collate "C" not null,
    event_id      text collate "C" not null,
    occurred_at   timestamptz not null,
    recorded_at   timestamptz not null,
    day           date not null,   -- of occurred_at, in China
    category      text collate "C",
    counts        text collate "C",   -- as what it counts and how often: `reception_person_times=3`
    due_at        timestamptz,
    due_day       date,            -- the day on which it was done
    primary key (division_code, source, seq, duty_id)
);
create index duty_step_of_duty on duty_step (division_code, duty_id, seq);
create index duty_step_by_due_day on duty_step (division_code, kind, due_day);
create index duty_step_by_recording on duty_step (division_code, source, recorded_at, seq);
select concord_protect('duty_step', 'select, insert');

create table duty_fact (
    division_code text collate "C" not null,
    duty_id       text collate "C" not null,
    category      text collate "C",
    acts          jsonb not null,
    primary key (division_code, duty_id)
) with (fillfactor = 70);
select concord_protect('duty_fact', 'select, insert, update');

create table duty_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, category)
) with (fillfactor = 70);
select concord_protect('duty_day_rollup', 'select, insert, update');

create table duty_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,   -- its first day
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('duty_month_rollup', 'select, insert, update');

-- see stats_0005
do $$
begin
    execute format('grant update (recorded_at) on duty_step to %I', current_setting('concord.role'));
end $$;
