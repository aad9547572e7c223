-- Signals and their work orders: from where, about what, where, and how far. Who called and what was
-- said is in the vault.
create table signal_board (
    division_code   text collate "C" not null,
    signal_id       text collate "C" not null,
    matter_id       text collate "C" not null,
    state           text collate "C" not null,
    source          text collate "C",
    order_source    text collate "C",
    kind            text collate "C",
    category        text collate "C" not null,
    topic           text collate "C",
    village_code    text collate "C",
    grid_code       text collate "C",
    received_at     timestamptz not null,
    number          text collate "C",
    nature          text collate "C",
    to_unit         text collate "C",
    due_on          date,
    result          text collate "C",
    report_id       text collate "C",
    case_id         text collate "C",
    linked_kind     text collate "C",
    linked_id       text collate "C",
    complained_unit text collate "C",
    version         integer not null,
    primary key (division_code, signal_id)
) with (fillfactor = 85);
create index signal_board_by_time on signal_board (division_code, received_at, signal_id);
create index signal_board_linked on signal_board (division_code, linked_id)
where linked_id is not null;
create index signal_board_open_by_due on signal_board (
    (case when due_on is null then 'infinity'::date else due_on end), signal_id, division_code
) where state = any (array['open']);
create index signal_board_open_by_township on signal_board (
    division_code, (case when due_on is null then 'infinity'::date else due_on end), signal_id
) where state = any (array['open']);

-- Of one category in one township, those that are nearest in time.
create index signal_board_by_category on signal_board (
    division_code, category, received_at, signal_id);
create index report_board_by_category on report_board (
    division_code, matter_category, submitted_at, report_id);

select concord_protect('signal_board', 'select, insert, update');

-- Cases as intake publishes them: where and about what, nothing of what they say. Written by the
-- worker, along with its place in intake's ledger.
create table followed_case (
    division_code   text collate "C" not null,
    case_id         text collate "C" not null,
    matter_id       text collate "C" not null,
    category        text collate "C" not null,
    village_code    text collate "C",
    complained_unit text collate "C",
    filed_on        date not null,
    goes_on         boolean not null,
    accusation      boolean not null,
    voided          boolean not null,
    seq             bigint not null,
    primary key (division_code, case_id)
);
create index followed_case_by_place on followed_case (
    division_code, category, village_code, filed_on, case_id);

select concord_protect('followed_case', 'select, insert, update');
