-- The unit that a case complains of, by its code: events have its mark alone. Of older cases their events
-- have the code, and there is no row. A row without a code: the case complains of nobody any more.
create table complained_unit (
    division_code text collate "C" not null,
    case_id       text collate "C" not null,
    code          text collate "C",
    of_division   text collate "C",
    primary key (division_code, case_id)
);
select concord_protect('complained_unit', 'select, insert, update');
