-- The matters of which a rule made a warning: it is kept from the unit complained of in any of them.
create table warning_matter (
    division_code text collate "C" not null,
    warning_id    text collate "C" not null,
    matter_id     text collate "C" not null,
    primary key (division_code, warning_id, matter_id)
);
select concord_protect('warning_matter', 'select, insert');
