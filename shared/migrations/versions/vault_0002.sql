-- The files that a leader erased: from then on nothing reads them, and the owner's daily job deletes
-- their keys and entries. The service's role neither changes nor deletes a file.
create table vault_erased (
    division_code text collate "C" not null,
    person_ref    text collate "C" not null,
    primary key (division_code, person_ref)
);
select concord_protect('vault_erased', 'select, insert');
