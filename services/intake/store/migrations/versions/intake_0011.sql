-- How far the documents of a unit and year are numbered; the mark names the unit.
create table document_series (
    division_code text collate "C" not null,
    mark          text collate "C" not null,
    year          integer not null,
    next_serial   integer not null,
    primary key (division_code, mark, year)
) with (fillfactor = 50);

-- Numbers of documents; one that is given to a document stays its own.
create table document_number (
    division_code text collate "C" not null,
    mark          text collate "C" not null,
    year          integer not null,
    serial        integer not null,
    document_id   text collate "C" not null,
    primary key (division_code, mark, year, serial),
    unique (division_code, document_id)
);

select concord_protect('document_series', 'select, insert, update');
select concord_protect('document_number', 'select, insert');
