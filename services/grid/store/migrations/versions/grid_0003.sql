-- Reports: where, about what, how urgent, and how far they are. What was said is in the vault.
create table report_board (
    division_code   text collate "C" not null,
    report_id       text collate "C" not null,
    matter_id       text collate "C" not null,
    state           text collate "C" not null,
    level           text collate "C" not null,
    category        text collate "C" not null,
    topic           text collate "C" not null,
    matter_category text collate "C" not null,
    urgency         text collate "C" not null,
    source          text collate "C" not null,
    grid_code       text collate "C" not null,
    village_code    text collate "C" not null,
    submitted_at    timestamptz not null,
    to_unit         text collate "C",
    on_site         boolean,
    result          text collate "C",
    due_at          timestamptz,
    missed          integer not null,
    version         integer not null,
    primary key (division_code, report_id)
) with (fillfactor = 85);
create index report_board_by_time on report_board (division_code, submitted_at, report_id);
create index report_board_by_grid on report_board (division_code, grid_code, submitted_at);

-- Open reports, the soonest due first and those without a term last: of a township, and of a whole
-- county. `coalesce` would say the same, but row-level security takes it for leaky and searches no
-- index by it.
create index report_board_open_by_due on report_board (
    (case when due_at is null then 'infinity'::timestamptz else due_at end), report_id, division_code
) where state = any (array['submitted', 'validated', 'dispatched', 'returned', 'handled', 'verified']);
create index report_board_open_by_township on report_board (
    division_code, (case when due_at is null then 'infinity'::timestamptz else due_at end), report_id
) where state = any (array['submitted', 'validated', 'dispatched', 'returned', 'handled', 'verified']);

select concord_protect('report_board', 'select, insert, update');
