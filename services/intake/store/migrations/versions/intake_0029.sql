-- Whether the petitioner asked for a review that no authority has yet, or answered a question last, and
-- whether a review is not decided, also of a closed case. A process of the release before writes
-- neither: the rows that it writes are filled in by the next event of the case.
alter table case_board
    add column to_answer    boolean not null default false,
    add column under_review boolean not null default false;

alter table case_board no force row level security;
alter table event no force row level security;
update case_board set under_review = true
where exists (
    select from event as asked
    where asked.division_code = case_board.division_code and asked.stream_id = case_board.case_id
      and asked.kind = 'review-requested'
      and asked.version > coalesce((select max(version) from event as again
          where again.division_code = case_board.division_code
            and again.stream_id = case_board.case_id and again.kind = 'case-reopened'), 0)
      and not exists (select from event as decided
          where decided.division_code = case_board.division_code
            and decided.stream_id = case_board.case_id and decided.version > asked.version
            and decided.kind = 'review-decided'
            and decided.data::json ->> 'level' = asked.data::json ->> 'level'));
create temporary table review_sent on commit drop as
select division_code, stream_id from event as sent
where kind = 're-review-handed-over'
  and version > coalesce((select max(version) from event as again
      where again.division_code = sent.division_code and again.stream_id = sent.stream_id
        and again.kind = 'case-reopened'), 0);
update case_board set to_answer = true
where under_review and (division_code, case_id) not in (
    select division_code, stream_id from review_sent);
update case_board set waits_for = case
    when exists (select from event as asked
            where asked.division_code = case_board.division_code
              and asked.stream_id = case_board.case_id and asked.kind = 'question-asked'
              and not exists (select from event as answered
                  where answered.division_code = case_board.division_code
                    and answered.stream_id = case_board.case_id
                    and answered.kind = 'question-answered'
                    and answered.data::json ->> 'question_id' = asked.event_id)) then 'petitioner'
    end
where waits_for = 'review' and to_answer;
update case_board set to_answer = true
where exists (
    select from event as answered
    where answered.division_code = case_board.division_code
      and answered.stream_id = case_board.case_id and answered.kind = 'question-answered'
      and answered.version = (select max(version) from event as last
          where last.division_code = case_board.division_code
            and last.stream_id = case_board.case_id));
alter table case_board force row level security;
alter table event force row level security;

create index case_board_under_review on case_board (division_code, case_id) where under_review;
