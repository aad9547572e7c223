-- The state before a closing, every state that was reached, whether the matter came back, for whom
-- the office waits, and when the row was written last. A process of the release before writes none
-- of them: the rows that it writes are filled in by the defaults, and by the next event of the case.
alter table case_board
    add column came_to    text collate "C" not null default 'filed',
    add column reached    text[] collate "C" not null default array['filed'],
    add column returned   boolean not null default false,
    add column waits_for  text collate "C",
    add column changed_at timestamptz not null default now();

create function row_changed_v1() returns trigger
language plpgsql as $$
begin
    new.changed_at := now();
    return new;
end $$;
revoke all on function row_changed_v1() from public;

alter table case_board no force row level security;
alter table event no force row level security;
update case_board set (came_to, reached) = (
    select case when case_board.state <> 'closed' then case_board.state else
               (array_agg(known.reached order by known.rank desc)
                    filter (where known.reached <> 'closed' and known.is_valid))[1] end,
           coalesce(array_agg(known.reached order by known.rank)
                    filter (where known.reached <> 'forwarded'
                            and (known.is_valid or known.reached = 'answered')), array['filed'])
    from (
        select stages.reached, stages.rank, bool_or(stages.rank <= 2 or event.version > coalesce((
                   select max(version) from event as again
                   where again.division_code = case_board.division_code
                     and again.stream_id = case_board.case_id
                     and again.kind = 'case-reopened'), 0)) as is_valid
        from event
        join (values ('case-filed', 'filed', 0), ('case-forwarded', 'forwarded', 1),
                     ('case-accepted', 'accepted', 2),
                     ('case-replied', 'answered', 3), ('opinion-served', 'answered', 3),
                     ('case-resolved', 'resolved', 4), ('case-withdrawn', 'withdrawn', 5),
                     ('case-diverted', 'diverted', 5), ('case-linked', 'linked', 5),
                     ('case-declined', 'declined', 5), ('case-closed', 'closed', 6)
             ) as stages (kind, reached, rank) using (kind)
        where event.division_code = case_board.division_code
          and event.stream_id = case_board.case_id
        group by stages.reached, stages.rank
    ) as known);
update case_board set reached = array[state]
where state = any (array['voided', 'returned', 'transferred-out']);
update case_board set returned = exists (
    select from event
    where event.division_code = case_board.division_code and event.stream_id = case_board.case_id
      and (event.kind = 'case-reopened' or event.kind = 'transfer-noted' and not on_its_way
           and state <> 'transferred-out' and event.data::json ->> 'step' = 'returned'
           and event.data::json ->> 'to_division' = case_board.division_code));
update case_board set waits_for = case
    when exists (select from event where event.division_code = case_board.division_code
            and event.stream_id = case_board.case_id and event.kind = 'remit-objected')
        and not exists (select from event where event.division_code = case_board.division_code
            and event.stream_id = case_board.case_id
            and event.kind = any (array['remit-taken', 'case-returned'])) then 'sender'
    when exists (select from event as asked where asked.division_code = case_board.division_code
            and asked.stream_id = case_board.case_id and asked.kind = 'case-referred-to-mediation'
            and not exists (select from event as noted
                where noted.division_code = case_board.division_code
                  and noted.stream_id = case_board.case_id and noted.version > asked.version
                  and noted.kind = 'mediation-outcome-noted'
                  and noted.data::json ->> 'committee_id' = asked.data::json ->> 'committee_id'
                  and noted.data::json ->> 'outcome' = any (array['not-taken-up', 'refused',
                      'failed', 'terminated', 'performed', 'breached']))) then 'committee'
    when exists (select from event as asked where asked.division_code = case_board.division_code
            and asked.stream_id = case_board.case_id and asked.kind = 'review-requested'
            and asked.version > coalesce((select max(version) from event as again
                where again.division_code = case_board.division_code
                  and again.stream_id = case_board.case_id and again.kind = 'case-reopened'), 0)
            and not exists (select from event as decided
                where decided.division_code = case_board.division_code
                  and decided.stream_id = case_board.case_id and decided.version > asked.version
                  and decided.kind = 'review-decided'
                  and decided.data::json ->> 'level' = asked.data::json ->> 'level')) then 'review'
    end;
alter table case_board force row level security;
alter table event force row level security;

create trigger row_changed before update on case_board
    for each row execute function row_changed_v1();
-- an ended case is found by how it ended, whether or not it was closed since
create index case_board_by_end on case_board (division_code, came_to, filed_at, case_id)
    where came_to = any (array['resolved', 'withdrawn', 'diverted', 'linked', 'declined']);
create index case_board_by_village on case_board (division_code, village_code, filed_at, case_id)
    where village_code is not null;
create index case_board_by_handler on case_board (division_code, handler, filed_at, case_id)
    where handler is not null;
create index case_board_by_unit on case_board (division_code, responsible_unit, filed_at, case_id)
    where responsible_unit is not null;
create index case_board_by_urgency on case_board (division_code, urgent, filed_at, case_id)
    where urgent is not null;
