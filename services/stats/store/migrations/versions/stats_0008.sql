-- What cases have, for grids as they have to be patrolled: see stats_0001 and stats_0003.
create table covered_grid_step (
    division_code   text collate "C" not null,
    source          text collate "C" not null,
    seq             bigint not null,
    covered_grid_id text collate "C" not null,
    kind            text collate "C" not null,
    event_id        text collate "C" not null,
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    day             date not null,   -- of occurred_at, in China
    village_code    text collate "C",
    grid_kind       text collate "C",
    assignment_id   text collate "C",
    first_day       date,
    last_day        date,
    due_at          timestamptz,
    due_day         date,            -- the grid's first day
    primary key (division_code, source, seq, covered_grid_id)
);
create index covered_grid_step_of_grid on covered_grid_step (division_code, covered_grid_id, seq);
create index covered_grid_step_by_due_day on covered_grid_step (division_code, kind, due_day)
    where due_day is not null;
create index covered_grid_step_by_recording
    on covered_grid_step (division_code, source, recorded_at, seq);
select concord_protect('covered_grid_step', 'select, insert');

-- One row a grid: its kind, its days, and the times in which somebody serves it. Its days are counted
-- from here, by a scan of the division: there are hundreds of grids in a township at the most.
create table covered_grid_fact (
    division_code   text collate "C" not null,
    covered_grid_id text collate "C" not null,
    village_code    text collate "C" not null,
    grid_kind       text collate "C" not null,
    first_day       date not null,
    last_day        date,
    served          jsonb not null,
    defined_at      timestamptz not null,
    defined_seq     bigint not null,
    primary key (division_code, covered_grid_id)
) with (fillfactor = 70);
select concord_protect('covered_grid_fact', 'select, insert, update');

-- As every subject has them; days on end are in no rollup.
create table covered_grid_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    village_code  text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, village_code)
);
select concord_protect('covered_grid_day_rollup', 'select, insert, update');

create table covered_grid_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
);
select concord_protect('covered_grid_month_rollup', 'select, insert, update');

create table patrol_month_step (
    division_code   text collate "C" not null,
    source          text collate "C" not null,
    seq             bigint not null,
    patrol_month_id text collate "C" not null,
    kind            text collate "C" not null,
    event_id        text collate "C" not null,
    occurred_at     timestamptz not null,
    recorded_at     timestamptz not null,
    day             date not null,
    village_code    text collate "C",
    on_day          date,            -- of the patrol
    patrol_id       text collate "C",
    grid_kind       text collate "C",
    first_day       date,            -- of the grid, where it was corrected
    last_day        date,            -- of the grid, where it was dissolved
    due_at          timestamptz,
    due_day         date,
    primary key (division_code, source, seq, patrol_month_id)
);
create index patrol_month_step_of_month on patrol_month_step (division_code, patrol_month_id, seq);
create index patrol_month_step_by_day on patrol_month_step (division_code, kind, day);
create index patrol_month_step_by_recording
    on patrol_month_step (division_code, source, recorded_at, seq);
select concord_protect('patrol_month_step', 'select, insert');

-- One row a grid and month: its patrols that were not voided, in the order in which they were recorded.
create table patrol_month_fact (
    division_code   text collate "C" not null,
    patrol_month_id text collate "C" not null,
    village_code    text collate "C" not null,
    grid_kind       text collate "C",   -- as it was corrected to
    first_day       date,
    last_day        date,
    patrols         jsonb not null,
    primary key (division_code, patrol_month_id)
) with (fillfactor = 50);
select concord_protect('patrol_month_fact', 'select, insert, update');

create table patrol_month_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    village_code  text collate "C" not null,
    counts        integer[] not null,
    primary key (division_code, anchor, day, village_code)
) with (fillfactor = 70);
select concord_protect('patrol_month_day_rollup', 'select, insert, update');

create table patrol_month_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('patrol_month_month_rollup', 'select, insert, update');

-- A ledger's clock that ran ahead is corrected in the steps too, as in stats_0005.
do $$
declare v_table text;
begin
    foreach v_table in array array['covered_grid_step', 'patrol_month_step'] loop
        execute format('grant update (recorded_at) on %I to %I', v_table, current_setting('concord.role'));
    end loop;
end $$;
