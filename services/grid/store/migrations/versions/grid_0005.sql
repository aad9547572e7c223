-- From whom a report is kept: the units that it may be about, as `<division>/<code>`, and
-- `grid-workers` where it is about one. No report before this one says so.
alter table report_board add column kept_from text[] collate "C" not null default '{}';
