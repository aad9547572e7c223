-- Counters again, with one row for all counters of an anchor (the day in a case's life on which
-- they count it) in place of one row each: half as many rows to move for every event. A counter's
-- place in `counts` is the one that domain/counters gives it.
create table case_day_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    day           date not null,
    category      text collate "C" not null,
    village_code  text collate "C" not null,   -- empty where no village is stated
    counts        integer[] not null,
    primary key (division_code, anchor, day, category, village_code)
) with (fillfactor = 70);
select concord_protect('case_day_rollup', 'select, insert, update');

create table case_month_rollup (
    division_code text collate "C" not null,
    anchor        text collate "C" not null,
    month         date not null,   -- its first day
    counts        integer[] not null,
    primary key (division_code, anchor, month)
) with (fillfactor = 50);
select concord_protect('case_month_rollup', 'select, insert, update');

-- What was counted before is brought over. The owner is held to the policies like everyone else;
-- only here not.
alter table case_rollup no force row level security;
alter table case_rollup_month no force row level security;
alter table case_day_rollup no force row level security;
alter table case_month_rollup no force row level security;
create temporary table place (counter text, anchor text, number integer) on commit drop;
insert into place values
    ('filed', 'filed', 1), ('filed_repeat', 'filed', 2), ('filed_history_stated', 'filed', 3),
    ('filed_history_not_stated', 'filed', 4), ('group_visits', 'filed', 5),
    ('visits_of_unknown_size', 'filed', 6), ('answered_within_15', 'filed', 7),
    ('answered_within_30', 'filed', 8), ('answered_within_60', 'filed', 9),
    ('acceptance_due', 'acceptance_due', 1), ('accepted_in_time', 'acceptance_due', 2),
    ('acceptance_not_stated', 'acceptance_due', 3),
    ('withdrawn_unaccepted', 'acceptance_due', 4), ('diverted_unaccepted', 'acceptance_due', 5),
    ('linked_unaccepted', 'acceptance_due', 6), ('accepted', 'accepted', 1),
    ('accepted_resolved', 'accepted', 2), ('accepted_withdrawn', 'accepted', 3),
    ('accepted_diverted', 'accepted', 4), ('accepted_linked', 'accepted', 5),
    ('reply_due', 'reply_due', 1), ('replied_on_time', 'reply_due', 2),
    ('withdrawn_unanswered', 'reply_due', 3), ('diverted_unanswered', 'reply_due', 4),
    ('linked_unanswered', 'reply_due', 5), ('answered', 'answered', 1),
    ('resolved', 'resolved', 1), ('withdrawn', 'withdrawn', 1), ('diverted', 'diverted', 1),
    ('linked', 'linked', 1), ('closed', 'closed', 1), ('first_closed', 'closed', 2),
    ('first_closed_not_repeated', 'closed', 3);
insert into case_day_rollup
select division_code, anchor, day, category, village_code,
       array_agg(coalesce(value, 0)::integer order by number)
from (select distinct division_code, day, category, village_code, anchor
      from case_rollup join place using (counter)) cell
join place using (anchor)
left join case_rollup using (division_code, counter, day, category, village_code)
group by division_code, anchor, day, category, village_code;
insert into case_month_rollup
select division_code, anchor, month, array_agg(coalesce(value, 0)::integer order by number)
from (select distinct division_code, month, anchor
      from case_rollup_month join place using (counter)) cell
join place using (anchor)
left join case_rollup_month using (division_code, counter, month)
group by division_code, anchor, month;
alter table case_rollup force row level security;
alter table case_rollup_month force row level security;
alter table case_day_rollup force row level security;
alter table case_month_rollup force row level security;

-- The tables of before move no longer. A process of the release before is refused them: its worker
-- waits, its server says so, and neither goes on with figures that stand still. A later release
-- drops them.
do $$ begin
    execute format('revoke all on case_rollup, case_rollup_month from %I',
                   current_setting('concord.role'));
end $$;
