-- Entries of the vault whose words were corrected: from then on nothing reads them, and the owner's
-- daily job deletes them once the ledger names their digest and, later, the one that replaces it.
create table vault_replaced (
    division_code text collate "C" not null,
    person_ref    text collate "C" not null,
    kind          text collate "C" not null,
    digest        text collate "C" not null,
    replaced_by   text collate "C" not null,
    stream_id     text collate "C" not null,
    primary key (division_code, person_ref, kind, digest)
);
select concord_protect('vault_replaced', 'select, insert');
