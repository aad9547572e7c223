-- Whom a dispute complains of, as mediation says it: what is about its matter is kept from that unit. Of
-- disputes that were read before this release none are known.
create table followed_dispute (
    division_code   text collate "C" not null,
    mediation_id    text collate "C" not null,
    matter_id       text collate "C" not null,
    complained_unit text collate "C" not null,
    primary key (division_code, mediation_id)
);
create index followed_dispute_by_matter on followed_dispute (division_code, matter_id);
select concord_protect('followed_dispute', 'select, insert');
