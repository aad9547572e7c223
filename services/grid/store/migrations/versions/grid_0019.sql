-- The unit that a signal complains of, by its code: events have its mark alone. Of older signals their events
-- have the code, and there is no row. A row without a code: the signal complains of nobody any more.
create table complained_unit (
    division_code text collate "C" not null,
    signal_id     text collate "C" not null,
    code          text collate "C",
    primary key (division_code, signal_id)
);
select concord_protect('complained_unit', 'select, insert, update');
