-- The units that a report may be about, as `<division>/<code>`, and whether it is about a worker:
-- it is kept from both. No report before this one says so.
alter table report_board add column about_units text[] collate "C" not null default '{}';
alter table report_board add column about_a_worker boolean not null default false;
