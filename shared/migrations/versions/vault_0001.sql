-- One data key a person or a file, wrapped by the key-encryption key: without its row nothing of
-- it can be read again, and no digest in the ledger be traced. Intake's own first revision made
-- these tables before there was a second service that keeps persons.
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

select concord_protect('vault_person', 'select, insert');
select concord_protect('vault_entry', 'select, insert');
