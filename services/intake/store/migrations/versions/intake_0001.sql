-- The vault. One data key a person, wrapped by the key-encryption key: without its row nothing
-- of that person can be read again, and no digest in the ledger be traced to them.
create table vault_person (
    division_code text collate "C" not null,
    person_ref    text collate "C" not null,
    wrapped_key   bytea not null,
    primary key (division_code, person_ref)
);
create table vault_entry (
    division_code text collate "C" not null,
    person_ref    text collate "C" not null,
    kind          text collate "C" not null,
    digest        text collate "C" not null,
    sealed        bytea not null,
    primary key (division_code, person_ref, kind, digest)
);

-- The list of cases; every filter is a plain typed column, so that row-level security lets the
-- indexes work. The three orders that lists are read in:
create table case_board (
    division_code    text collate "C" not null,
    case_id          text collate "C" not null,
    number           text collate "C" not null,
    state            text collate "C" not null,
    category         text collate "C" not null,
    channel          text collate "C" not null,
    purpose          text collate "C" not null,
    village_code     text collate "C",
    urgent           boolean,
    filed_at         timestamptz not null,
    due_at           timestamptz,
    handler          text collate "C",
    responsible_unit text collate "C",
    person_ref       text collate "C",
    version          integer not null,
    primary key (division_code, case_id)
) with (fillfactor = 85);
create index case_board_by_filing on case_board (division_code, filed_at, case_id);
create index case_board_by_state on case_board (division_code, state, filed_at, case_id);
create index case_board_by_category on case_board (division_code, category, filed_at, case_id);

-- How far the serial numbers of a county, year and channel are given out; keyed by the county.
create table case_number_block (
    division_code text collate "C" not null,
    year          integer not null,
    channel       text collate "C" not null,
    next_serial   bigint not null,
    primary key (division_code, year, channel)
) with (fillfactor = 50);

-- What a petitioner shows to see their own case: its number and a code that only they know.
create table query_code (
    division_code text collate "C" not null,
    case_id       text collate "C" not null,
    number        text collate "C" not null unique,
    code_mac      bytea not null,
    primary key (division_code, case_id)
);

-- Under which number an older register keeps a case: once in the whole county, so that a
-- corrected division files no row twice.
create table external_reference (
    county_code     text collate "C" not null,
    source          text collate "C" not null,
    external_number text collate "C" not null,
    division_code   text collate "C" not null,
    case_id         text collate "C" not null,
    primary key (county_code, source, external_number)
);

select concord_protect('vault_person', 'select, insert');
select concord_protect('vault_entry', 'select, insert');
select concord_protect('case_board', 'select, insert, update');
select concord_protect('case_number_block', 'select, insert, update');
select concord_protect('query_code', 'select, insert');
select concord_protect('external_reference', 'select, insert');
