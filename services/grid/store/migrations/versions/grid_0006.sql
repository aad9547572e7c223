-- What villages and grids are called by correction: the boards have the digest of the name that holds,
-- none while the first one does.
create table corrected_place_name (
    division_code text collate "C" not null,
    code          text collate "C" not null,
    digest        text collate "C" not null,
    salt          text collate "C" not null,
    name          text collate "C" not null,
    primary key (division_code, code, digest)
);
alter table village_board add column title_digest text collate "C";
alter table grid_board add column title_digest text collate "C";

select concord_protect('corrected_place_name', 'select, insert');
