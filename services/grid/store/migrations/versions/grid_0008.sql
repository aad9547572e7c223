-- Weekly reports that were filed or missed; the numbers are in the events.
create table weekly_report_board (
    division_code    text collate "C" not null,
    weekly_report_id text collate "C" not null,
    week             text collate "C" not null,
    filed_at         timestamptz,
    missed           boolean not null,
    version          integer not null,
    primary key (division_code, weekly_report_id)
);
create index weekly_report_board_by_week
    on weekly_report_board (division_code, week, weekly_report_id);

-- Months that were assessed, or of which the assessment was missed.
create table assessment_board (
    division_code text collate "C" not null,
    assessment_id text collate "C" not null,
    month         text collate "C" not null,
    held          integer not null,
    last_on       date,
    missed        boolean not null,
    version       integer not null,
    primary key (division_code, assessment_id)
);
create index assessment_board_by_month on assessment_board (division_code, month, assessment_id);

select concord_protect('weekly_report_board', 'select, insert, update');
select concord_protect('assessment_board', 'select, insert, update');
