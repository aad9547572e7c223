-- Units and posts as intake publishes them: from whom a complaint about a unit is kept follows from
-- them. A row is of the ledger that tells of it, the county's; nothing here is about a person.
create table known_unit (
    division_code text collate "C" not null,
    unit_id       text collate "C" not null,
    of_division   text collate "C" not null,
    code          text collate "C" not null,
    unit_type     text collate "C" not null,
    parent        text collate "C",
    successor     text collate "C",
    seq           bigint not null,
    primary key (division_code, unit_id)
);
create table known_post (
    division_code   text collate "C" not null,
    post_id         text collate "C" not null,
    of_division     text collate "C" not null,
    code            text collate "C" not null,
    unit            text collate "C" not null,
    portfolio_units text[] collate "C" not null,
    ended_on        date,
    seq             bigint not null,
    primary key (division_code, post_id)
);
select concord_protect('known_unit', 'select, insert, update');
select concord_protect('known_post', 'select, insert, update');
