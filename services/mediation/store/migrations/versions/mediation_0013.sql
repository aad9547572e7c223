-- The unit that a dispute complains of, by its code, where it was stated here: events have its mark alone.
create table complained_unit (
    division_code text collate "C" not null,
    mediation_id  text collate "C" not null,
    code          text collate "C",
    primary key (division_code, mediation_id)
);
select concord_protect('complained_unit', 'select, insert, update');
