-- The units that see nothing of a dispute, as `<division>/<code>`: those of which its matter complains.
-- A row stays when the case is corrected, as the service's role deletes nothing.
create table mediation_kept_from (
    division_code text collate "C" not null,
    mediation_id  text collate "C" not null,
    place         text collate "C" not null,
    is_kept       boolean not null default true,
    primary key (division_code, mediation_id, place)
);

select concord_protect('mediation_kept_from', 'select, insert, update');
