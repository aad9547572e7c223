-- What the figures follow of a case's legal acts. Steps of before lack it until the view is rebuilt
-- (`concord rebuild cases`).
alter table case_step
    add column purpose           text collate "C",
    add column anonymous         boolean,
    add column contact_unclear   boolean,
    add column received_on       date,
    add column names_first       boolean,   -- a repeat names the case that it repeats
    add column petitioner_due_at timestamptz,
    add column detail            text collate "C";   -- by kind, see domain/case_step.py

alter table case_fact
    add column purpose           text collate "C",
    add column anonymous         boolean,
    add column contact_unclear   boolean,
    add column received_on       date,
    add column names_first       boolean,
    add column petitioner_due_at timestamptz,
    add column grounded          boolean,   -- the resolution names the events that it rests on
    add column seldom            jsonb,     -- null where a case has nothing of it
    add column notified_at           timestamptz,
    add column notified_seq          bigint,
    alter column filed_at drop not null,    -- null of a voided case
    alter column filed_seq drop not null;

-- The repeats of a case are in `seldom` now, one by one; the columns of before move no longer.
alter table case_fact no force row level security;
update case_fact set seldom = jsonb_build_object('repeats', jsonb_build_array(jsonb_build_array(
    '', jsonb_build_array(
        to_char(repeated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), repeated_seq))))
where repeated_at is not null;
alter table case_fact force row level security;
