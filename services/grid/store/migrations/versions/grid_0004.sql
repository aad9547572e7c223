-- To what a report was converted last, under which id that is found, and what became of it.
alter table report_board
    add column converted_to text collate "C",
    add column record_id    text collate "C",
    add column outcome      text collate "C";

-- Open reports once more: a converted one goes on as well. The indexes of before serve processes of
-- the release before.
create index report_board_going_on_by_due on report_board (
    (case when due_at is null then 'infinity'::timestamptz else due_at end), report_id, division_code
) where state = any (array[
    'submitted', 'validated', 'dispatched', 'returned', 'converted', 'handled', 'verified']);
create index report_board_going_on_by_township on report_board (
    division_code, (case when due_at is null then 'infinity'::timestamptz else due_at end), report_id
) where state = any (array[
    'submitted', 'validated', 'dispatched', 'returned', 'converted', 'handled', 'verified']);

-- Which post of another office read a report to take the matter up: written by the service, which
-- cannot read it.
create table report_read (
    division_code  text collate "C" not null,
    read_id        bigint generated always as identity,
    report_id      text collate "C" not null,
    actor_ref      text collate "C" not null,
    role           text collate "C" not null,
    correlation_id text collate "C",
    read_at        timestamptz not null default clock_timestamp(),
    primary key (division_code, read_id)
);

select concord_protect('report_read', 'insert');
