-- Early warnings: about a matter, a place and an issue, a term, a failed service or acute safety.
create table warning_board (
    division_code       text collate "C" not null,
    warning_id          text collate "C" not null,
    level               text collate "C" not null,
    urgency             integer not null,
    state               text collate "C" not null,
    subject_kind        text collate "C" not null,
    subject             text collate "C" not null,
    rule                text collate "C" not null,
    rule_version        integer not null,
    source              text collate "C" not null,
    matter_id           text collate "C",
    unit                text collate "C",
    category            text collate "C",
    village_code        text collate "C",
    episode             integer not null,
    recorded_afterwards boolean not null,
    raised_at           timestamptz not null,
    dispose_by          timestamptz not null,
    ended_at            timestamptz,
    version             integer not null,
    primary key (division_code, warning_id)
) with (fillfactor = 85);
create index warning_board_by_time on warning_board (division_code, raised_at, warning_id);
create index warning_board_by_subject on warning_board (division_code, rule, subject, episode);
create index warning_board_open_by_urgency on warning_board (
    urgency, dispose_by, warning_id, division_code
) where state = any (array['raised', 'acknowledged']);
create index warning_board_open_by_township on warning_board (
    division_code, urgency, dispose_by, warning_id
) where state = any (array['raised', 'acknowledged']);

-- How often what an open warning is about came again; a warning without a row was raised once.
create table warning_repeats (
    division_code text collate "C" not null,
    warning_id    text collate "C" not null,
    counted       integer not null,
    because       text[] not null,
    primary key (division_code, warning_id)
) with (fillfactor = 85);

-- Which unit and which post raised a warning: a safety warning is shown to them and to leaders alone.
create table warning_raiser (
    division_code text collate "C" not null,
    warning_id    text collate "C" not null,
    raised_by     text collate "C" not null,
    primary key (division_code, warning_id, raised_by)
);

-- Watched matters: by which unit, and until when. The plan is in the vault.
create table watch_board (
    division_code text collate "C" not null,
    watch_id      text collate "C" not null,
    matter_id     text collate "C" not null,
    state         text collate "C" not null,
    owner_unit    text collate "C" not null,
    warning_id    text collate "C",
    watched_at    timestamptz not null,
    review_by     date not null,
    expires_on    date not null,
    why_ended     text collate "C",
    version       integer not null,
    primary key (division_code, watch_id)
) with (fillfactor = 85);
create index watch_board_by_time on watch_board (division_code, watched_at, watch_id);
create index watch_board_open_by_review on watch_board (review_by, watch_id, division_code)
where state = any (array['watched']);
create index watch_board_open_by_township on watch_board (division_code, review_by, watch_id)
where state = any (array['watched']);

-- What grid knows of a matter, by which it is kept from the unit complained of.
create index report_board_by_matter on report_board (division_code, matter_id);
create index signal_board_by_matter on signal_board (division_code, matter_id);
create index followed_case_by_matter on followed_case (division_code, matter_id);

select concord_protect('warning_board', 'select, insert, update');
select concord_protect('warning_repeats', 'select, insert, update');
select concord_protect('warning_raiser', 'select, insert');
select concord_protect('watch_board', 'select, insert, update');
